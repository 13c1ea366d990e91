"""Holds what the user takes for granted against what the rule says."""

from collections.abc import Sequence
from datetime import datetime

from handlers.values import Value, find_values

CLAIMED = ("money", "share", "count", "duration", "date", "time")


def contradicted(values: Sequence[Value], lines: Sequence[str], now: datetime) -> str | None:
    """A figure of the question that the facts do not name although they name others of its kind."""
    claims = [v for v in values if v.kind in CLAIMED]
    if not claims:
        return None
    facts = find_values("\n".join(lines), now)
    for claim in claims:
        alike = [f for f in facts if _comparable(claim, f)]
        if alike and not any(_same(claim, fact) for fact in alike):
            return claim.text
    return None


def _comparable(claim: Value, fact: Value) -> bool:
    if claim.kind == "count":
        return fact.kind == "count" and fact.unit == claim.unit
    if claim.kind in ("date", "time"):
        return fact.kind in ("date", "time")
    return fact.kind == claim.kind


def _same(claim: Value, fact: Value) -> bool:
    if claim.kind in ("date", "time"):
        return str(claim.first)[:10] == str(fact.first)[:10] or _inside(claim, fact)
    return claim.value is None or claim.value in (fact.value, fact.low, fact.high)


def _inside(claim: Value, fact: Value) -> bool:
    days = [str(moment)[:10] for moment in (fact.first, fact.last, claim.first, claim.last)]
    return days[0] <= days[2] <= days[1] or days[2] <= days[0] <= days[3]
