"""Weighted scores, forwards and backwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from knowledge.model import WeightedScore


@dataclass(frozen=True, slots=True)
class ScorePart:
    field: str
    change: Decimal
    weight: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class ScoreResult:
    parts: tuple[ScorePart, ...]
    total: Decimal
    missing: tuple[str, ...]


def weighted_score(rule: WeightedScore, changes: Mapping[str, Decimal]) -> ScoreResult:
    """Points for the changes (later minus earlier, may be negative), keyed by field.

    A field that is missing adds nothing and is named in `missing`.
    """
    parts = tuple(
        ScorePart(c.field, changes[c.field], c.weight, changes[c.field] * c.weight)
        for c in rule.components
        if c.field in changes
    )
    missing = tuple(c.field for c in rule.components if c.field not in changes)
    return ScoreResult(parts, sum((part.points for part in parts), Decimal(0)), missing)


def change_needed(rule: WeightedScore, field: str, points: Decimal) -> Decimal:
    """How much a field must grow for `points` more: the least whole number. KeyError if unknown."""
    weight = next((c.weight for c in rule.components if c.field == field), None)
    if weight is None:
        raise KeyError(field)
    # Adding zero turns a negative zero into a plain one.
    return (points / weight).to_integral_value(rounding=ROUND_CEILING) + 0
