"""What follows from the nth occurrence."""

from dataclasses import dataclass
from decimal import Decimal

from knowledge.model import Escalation, Stage


@dataclass(frozen=True, slots=True)
class Consequence:
    """The stage of the nth occurrence, and the points of all occurrences so far."""

    occurrence: int
    stage: Stage
    points: Decimal
    points_so_far: Decimal


def consequence(rule: Escalation, occurrence: int) -> Consequence:
    """ValueError for an occurrence below 1."""
    if occurrence < 1:
        raise ValueError("occurrences are counted from 1")
    so_far = sum((_stage(rule, nth).points for nth in range(1, occurrence + 1)), Decimal(0))
    stage = _stage(rule, occurrence)
    return Consequence(occurrence, stage, stage.points, so_far)


def _stage(rule: Escalation, occurrence: int) -> Stage:
    return [stage for stage in rule.stages if stage.first <= occurrence][-1]
