"""Rows of a printed table, and how a column comes about."""

from dataclasses import dataclass
from decimal import Decimal

from knowledge.model import Row, Table, WeightedScore
from tools.scores import ScoreResult, weighted_score


@dataclass(frozen=True, slots=True)
class RowExplained:
    """A row's printed total, and the score that its other columns give."""

    row: Row
    printed: Decimal
    computed: ScoreResult

    @property
    def agrees(self) -> bool:
        return self.printed == self.computed.total


def explain_row(table: Table, row: Row, rule: WeightedScore) -> RowExplained:
    """The row's score part by part; ValueError for a table that no score explains."""
    if table.total is None or not table.components:
        raise ValueError(f"table {table.id} names no columns for a score")
    changes = {field: Decimal(row.values[column]) for column, field in table.components.items()}
    return RowExplained(row, Decimal(row.values[table.total]), weighted_score(rule, changes))
