"""Holds what the user takes for granted against what the rule says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import cues
from handlers.turn import Turn
from handlers.values import Value, find_values

CLAIMED = ("money", "share", "count", "duration", "date", "time")
# What stands in front of a numeral inside the words of a value ("at most 30").
_LEAD = re.compile(r"[^\d一二两三四五六七八九十百千万半]*")
_AND = re.compile(r"^\W*共?$|和|且|以及|、|加上|\b(?:and|plus)\b")
_THINGS = {"piece", "product"}  # a product is counted as a piece too
BETWEEN = 24  # characters between two figures that one word of the rule goes for


def figures_of_the_rule(turn: Turn) -> tuple[Value, ...]:
    """Figures that a question to be confirmed says of the rule ("at most 30, right?").

    None where the user speaks of a case: in so many words, or by a figure of the same kind that
    the rule has no word for.
    """
    if cues.OWN_CASE.search(turn.plain, turn.focus):
        return ()
    found: list[Value] = []
    others: list[Value] = []
    for value in _claimed(turn):
        (found if _said_of_the_rule(turn, value, found) else others).append(value)
    kinds = {(value.kind, value.unit) for value in found}
    case = any((v.kind, v.unit) in kinds or _filled(turn, v) for v in others)
    return () if case else tuple(found)


def _said_of_the_rule(turn: Turn, value: Value, before: Sequence[Value]) -> bool:
    lead = _LEAD.match(value.text)
    front = turn.plain[turn.focus : value.start] + (lead.group().lower() if lead else "")
    if cues.OF_THE_RULE.search(front) or cues.CAPPED.match(turn.plain, value.end):
        return True
    between = turn.plain[before[-1].end : value.start] if before else ""
    return len(between) <= BETWEEN and bool(_AND.search(between))


def without(turn: Turn, values: Sequence[Value]) -> Turn:
    """The turn as if the figures were not there: they are no values of the user's own."""
    texts = {value.text for value in values}
    gone = {name for name in turn.fresh if turn.slots[name].text in texts}
    slots = {name: slot for name, slot in turn.slots.items() if name not in gone}
    kept = tuple(value for value in turn.values if value not in values)
    return replace(turn, values=kept, slots=slots, fresh=turn.fresh - gone, mode="tell")


def figures_left(turn: Turn) -> tuple[Value, ...]:
    """Figures of a question to be confirmed, where none of them is a value of the user's own."""
    claimed = _claimed(turn)
    return () if any(_filled(turn, value) for value in claimed) else claimed


def _claimed(turn: Turn) -> tuple[Value, ...]:
    if not cues.ASSERTION.search(turn.plain, turn.focus):
        return ()
    return tuple(v for v in turn.values if v.kind in CLAIMED and v.start >= turn.focus)


def _filled(turn: Turn, value: Value) -> bool:
    return any(turn.slots[name].text == value.text for name in turn.fresh)


def contradicted(values: Sequence[Value], lines: Sequence[str], now: datetime) -> str | None:
    """A figure of the question that the facts do not name although they name others of its kind."""
    if not values:
        return None
    facts = find_values("\n".join(lines), now)
    for claim in values:
        alike = [f for f in facts if _comparable(claim, f)]
        if alike and not any(_same(claim, fact) for fact in alike):
            return claim.text
    return None


def _comparable(claim: Value, fact: Value) -> bool:
    if claim.kind == "count" == fact.kind:
        return fact.unit == claim.unit or {fact.unit, claim.unit} == _THINGS
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
