"""How a column of a printed table comes about."""

from decimal import Decimal

from knowledge.model import Row, Table, WeightedScore
from tools.scores import ScoreResult, weighted_score


def explain_row(table: Table, row: Row, rule: WeightedScore) -> ScoreResult:
    """The score that a row's other columns give; ValueError for a table that no score explains."""
    if table.total is None or not table.components:
        raise ValueError(f"table {table.id} names no columns for a score")
    changes = {field: Decimal(row.values[column]) for column, field in table.components.items()}
    return weighted_score(rule, changes)
