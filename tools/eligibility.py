"""Who or what qualifies, and how far away the rest is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.model import Condition, Eligibility

Given = Decimal | str | bool
Outcome = Literal["met", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class Check:
    """One condition against the given value; `distance` is what is missing or too much."""

    field: str
    outcome: Outcome
    required: Decimal | tuple[str, ...] | bool
    at_most: bool
    given: Given | None = None
    distance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`eligible` is None while it is not decidable: nothing failed, something is unknown."""

    eligible: bool | None
    checks: tuple[Check, ...]

    def of(self, outcome: Outcome) -> tuple[Check, ...]:
        """The checks with that outcome, in the rule's order."""
        return tuple(check for check in self.checks if check.outcome == outcome)


def judge(rule: Eligibility, given: Mapping[str, Given]) -> Judgement:
    """Every condition of the rule against the values given, keyed by field.

    Shares run from 0 to 1, choices are ids, flags are bool. One failed condition decides.
    TypeError where a condition with a threshold gets anything but a Decimal.
    """
    checks = tuple(_check(condition, given.get(condition.field)) for condition in rule.conditions)
    outcomes = {check.outcome for check in checks}
    eligible = False if "failed" in outcomes else None if "unknown" in outcomes else True
    return Judgement(eligible, checks)


def _check(condition: Condition, value: Given | None) -> Check:
    required: Decimal | tuple[str, ...] | bool
    distance: Decimal | None = None
    if condition.one_of is not None:
        required, met = condition.one_of, value in condition.one_of
    elif condition.is_ is not None:
        required, met = condition.is_, value is condition.is_
    else:
        at_most = condition.at_most
        bound = at_most if at_most is not None else condition.at_least
        assert bound is not None, "the model checks that a condition has a bound"
        required, met = bound, False
        if value is not None:
            if not isinstance(value, Decimal):
                raise TypeError(f"`{condition.field}` has a threshold, {value!r} is no Decimal")
            met = value <= bound if at_most is not None else value >= bound
            distance = None if met else abs(value - bound)
    outcome: Outcome = "unknown" if value is None else "met" if met else "failed"
    return Check(condition.field, outcome, required, condition.at_most is not None, value, distance)
