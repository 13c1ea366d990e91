"""Gives the values of a message to the fields of an item."""

import re
from collections.abc import Collection, Sequence

from handlers.names import NameIndex, find_names, longest
from handlers.nearness import cue_distance, cue_score
from handlers.shares import counts_things, spent, told_share
from handlers.slots import Slot, to_slot
from handlers.values import Value
from knowledge.model import FieldSpec

_NEGATED = re.compile(r"(?:没有?|未曾?|从不|不|never|not|n't)\s*$")


def fill(
    fields: Sequence[FieldSpec],
    plain: str,
    values: Sequence[Value],
    expected: Collection[str] = (),
) -> dict[str, Slot]:
    """The fields that the message fills. `plain` and the values' spans belong together.

    `expected` fields (asked for last, or being corrected) take what would else be ambiguous.
    """
    slots: dict[str, Slot] = {}
    for field in fields:
        slot = _from_words(field, plain, values)
        if slot is not None:
            slots[field.id] = slot
    taken = {id(value) for value in spent(slots, fields, plain, values)}
    free = [value for value in values if id(value) not in taken]
    pairs = sorted(
        (
            (score, -value.start, field.id, field, value)
            for field in fields
            if field.id not in slots
            for value in free
            if (score := _fit(field, value, plain, values, expected)) > 0
        ),
        key=lambda pair: pair[:3],
        reverse=True,
    )
    used: set[int] = set()
    for _, _, field_id, field, value in pairs:
        if field_id in slots or id(value) in used:
            continue
        if slot := to_slot(field, value):
            slots[field_id] = slot
            used.add(id(value))
    _fill_last_money(fields, slots, [v for v in free if id(v) not in used])
    return slots


def _fill_last_money(
    fields: Sequence[FieldSpec], slots: dict[str, Slot], left: Sequence[Value]
) -> None:
    """The only bare number left belongs to the only amount still open, if it is of its size."""
    bare = [v for v in left if v.kind == "number" and v.value is not None]
    open_fields = [f for f in fields if f.kind == "money" and f.id not in slots]
    if len(bare) != 1 or len(open_fields) != 1 or not slots:
        return
    field = open_fields[0]
    if (
        field.lowest is not None
        and _plausible(field, bare[0])
        and (slot := to_slot(field, bare[0]))
    ):
        slots[field.id] = slot


def _from_words(field: FieldSpec, plain: str, values: Sequence[Value]) -> Slot | None:
    if field.kind == "choice":
        return _choice(field, plain)
    if field.kind == "flag":
        return _flag(field, plain)
    return told_share(field, plain, values) if field.kind == "share" else None


class _Words:
    """The words of a field, indexed once: choices, statements and denials, cues."""

    def __init__(self, field: FieldSpec) -> None:
        self.field = field  # keeps the field alive, so that its id stays its own
        self.names = [
            (name.casefold(), choice.id)
            for choice in field.choices
            for name in (choice.title.zh, choice.title.en, *choice.aliases)
        ]
        self.choices = NameIndex(self.names)
        self.denied = NameIndex((phrase, False) for phrase in field.no)
        self.stated = NameIndex((phrase, True) for phrase in field.yes)


_known_words: dict[int, _Words] = {}


def _words(field: FieldSpec) -> _Words:
    if id(field) not in _known_words:
        _known_words[id(field)] = _Words(field)
    return _known_words[id(field)]


def _choice(field: FieldSpec, plain: str) -> Slot | None:
    words = _words(field)
    found = longest(words.choices.find(plain))
    if not found and any(cue.casefold() in plain for cue in field.cues):
        found = find_names(plain, words.names, near=True)
    if not found:
        return None
    match = found[0]
    if len(found) > 1 and field.cues:
        match = min(found, key=lambda f: cue_distance(field.cues, plain, f.start, f.end))
    return Slot(match.payload, plain[match.start : match.end])


def _flag(field: FieldSpec, plain: str) -> Slot | None:
    words = _words(field)
    denied, stated = list(words.denied.find(plain)), list(words.stated.find(plain))
    if not denied and not stated:
        return None
    longest_one = max([*denied, *stated], key=lambda f: f.end - f.start)
    # A denial may lie across the edge of a statement (没用过 and 用过国际站快递).
    crossing = any(f.start < longest_one.start < f.end for f in denied)
    value = longest_one.payload and not crossing and not _NEGATED.search(plain[: longest_one.start])
    return Slot(value, plain[longest_one.start : longest_one.end])


def _fit(
    field: FieldSpec, value: Value, plain: str, values: Sequence[Value], expected: Collection[str]
) -> float:
    """How well a value suits a field; 0 where it does not."""
    basic = _kind_fit(field, value)
    if basic <= 0 or (
        field.kind == "share" and value.kind == "number" and counts_things(field, plain, value)
    ):
        return 0.0
    cue = cue_score(field.cues, plain, value, values)
    if field.id in expected:
        cue = max(cue, 1.0)
    # A figure without a unit, or a day, belongs to a field only if the words around it say so.
    if (basic < 2 or field.kind in ("date", "moment")) and cue <= 0:
        return 0.0
    return basic + cue


def _kind_fit(field: FieldSpec, value: Value) -> float:
    kind = value.kind
    if field.kind == "money":
        if kind == "money":
            return 3.0 if value.currency in (None, field.currency) else 2.2
        return 1.5 if kind == "number" and _plausible(field, value) else 0.0
    if field.kind == "share":
        if kind == "share":
            return 3.0
        return 1.2 if kind == "number" and _percent(value) else 0.0
    if field.kind == "count":
        if kind == "count":
            if value.unit == "point" and field.unit != "point":
                return 0.0
            return 3.0 if value.unit == field.unit else 1.6 if value.unit == "piece" else 0.4
        return 1.2 if kind == "number" and _plausible(field, value) else 0.0
    if field.kind == "duration":
        if kind == "duration":
            return 3.0
        return 1.0 if kind == "number" and _plausible(field, value) else 0.0
    if field.kind == "rank":
        return 3.0 if kind == "rank" else 1.0 if kind == "number" else 0.0
    if field.kind in ("date", "moment"):
        return 3.0 if kind == "time" else 2.5 if kind == "date" else 0.0
    if field.kind == "number":
        return 2.0 if kind in ("number", "count") else 0.0
    return 0.0


def _plausible(field: FieldSpec, value: Value) -> bool:
    number = value.value if value.value is not None else value.low
    if number is None:
        return False
    above = field.lowest is None or number >= field.lowest
    return above and (field.highest is None or number <= field.highest)


def _percent(value: Value) -> bool:
    return value.value is not None and 1 < value.value <= 100
