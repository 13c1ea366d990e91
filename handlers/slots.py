"""Gives the values of a message to the fields of an item."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handlers.names import NameIndex, find_names, longest
from handlers.values import Value
from knowledge.model import FieldSpec

Filled = Decimal | str | bool | date | datetime
PART, WHOLE = ":part", ":whole"
SPAN = "first day"  # assumed: of a month or a range its first day
TINY = Decimal("0.000001")
HOURS_A_DAY = Decimal(24)
DAYS = {"day": Decimal(1), "working_day": Decimal(1), "week": Decimal(7), "month": Decimal(30)}
_ALL_USED = re.compile(
    r"\buse up (?:the |all |my |all the )?(?:remaining |rest of )?|\b(?:all|every)\b(?:\s+\w+){0,4}\s+(?:are\s+|is\s+|were\s+)?(?:used|consumed|sent|gone)|used (?:up )?(?:all|every)\b"
)
_COUNTED = re.compile(r"\s*[条个件单次名人位封款笔]")
_TARGET = re.compile(r"(?:[到达要够满]|reach|to|for|need)\s*$")
_NEGATED = re.compile(r"(?:没有?|未曾?|从不|不|never|not|n't)\s*$")
BEFORE, AFTER = 28, 16  # characters within which a cue speaks for a value


@dataclass(frozen=True, slots=True)
class Slot:
    """A field's value; `low` and `high` bound a vague one. `text` is how the user said it.

    `foreign` holds a money value in a currency that the field does not take: it is asked for.
    A share told as two counts keeps them as `part` and `whole`.
    """

    value: Filled
    text: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    assumed: tuple[str, ...] = ()
    foreign: str | None = None
    part: Decimal | None = None
    whole: Decimal | None = None

    @property
    def vague(self) -> bool:
        return self.low is not None and self.high is not None and self.low != self.high

    def record(self) -> dict[str, Any]:
        """Plain JSON, for the state of a conversation."""
        kind = type(self.value).__name__
        plain: dict[str, Any] = {"kind": kind, "text": self.text}
        if isinstance(self.value, bool | str):
            plain["value"] = self.value
        elif isinstance(self.value, Decimal):
            plain["value"] = str(self.value)
        else:
            plain["value"] = self.value.isoformat()
        if self.low is not None and self.high is not None:
            plain["low"], plain["high"] = str(self.low), str(self.high)
        if self.foreign:
            plain["foreign"] = self.foreign
        if self.part is not None and self.whole is not None:
            plain["part"], plain["whole"] = str(self.part), str(self.whole)
        return plain

    @classmethod
    def from_record(cls, plain: Mapping[str, Any]) -> "Slot":
        """The slot that `record` wrote; KeyError or ValueError for anything else."""
        raw = plain["value"]
        value: Filled = raw
        if plain["kind"] == "Decimal":
            value = Decimal(raw)
        elif plain["kind"] == "date":
            value = date.fromisoformat(raw)
        elif plain["kind"] == "datetime":
            value = datetime.fromisoformat(raw)
        low, high, part, whole = (
            Decimal(plain[k]) if k in plain else None for k in ("low", "high", "part", "whole")
        )
        return cls(value, plain["text"], low, high, (), plain.get("foreign"), part, whole)


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
    taken = {id(value) for value in _spent(slots, fields, plain, values)}
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
    if field.kind != "share":
        return None
    if (slot := _ratio(field, plain, values)) or not (used := _ALL_USED.search(plain)):
        return slot
    return Slot(Decimal(1), used.group()) if field.part_cues else None


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
        match = min(found, key=lambda f: _cue_distance(field.cues, plain, f.start, f.end))
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


def _ratio(field: FieldSpec, plain: str, values: Sequence[Value]) -> Slot | None:
    """A share told as two counts: 180 of 620."""
    if not (field.part_cues and field.whole_cues):
        return None
    counts = [v for v in values if v.kind in ("count", "number") and v.value is not None]
    if len(counts) < 2 or any(
        v.kind == "share" and _near(field.cues, plain, v) and not _TARGET.search(plain[: v.start])
        for v in values
    ):
        return None
    best: tuple[float, Value, Value] | None = None
    for part in counts:
        for whole in counts:
            if part is whole or not part.value or not whole.value or part.value > whole.value:
                continue
            score = _cue_score(field.part_cues, plain, part, values) + _cue_score(
                field.whole_cues, plain, whole, values
            )
            both = min(
                _cue_score(field.part_cues, plain, part, values),
                _cue_score(field.whole_cues, plain, whole, values),
            )
            if both > 0 and (best is None or score > best[0]):
                best = (score, part, whole)
    best = best or _two_counts(field, plain, counts, values)
    if best is None:
        return None
    _, part, whole = best
    assert part.value is not None
    assert whole.value is not None
    return Slot(
        part.value / whole.value,
        f"{part.text}/{whole.text}",
        part=part.value,
        whole=whole.value,
    )


def part_and_whole(
    fields: Sequence[FieldSpec], plain: str, values: Sequence[Value]
) -> dict[str, Slot]:
    """A lone part or whole of a share, kept under names of its own until the other is told."""
    told: dict[str, Slot] = {}
    counts = [v for v in values if v.kind in ("count", "number") and v.value is not None]
    loose = [v for v in counts if v.unit in (None, "piece", "product")]
    for field in fields:
        if field.kind != "share" or not field.part_cues or len(loose) != 1:
            continue
        value = loose[0]
        assert value.value is not None
        if _cue_score(field.part_cues, plain, value, values) > 0:
            told[field.id + PART] = Slot(value.value, value.text)
        elif value.unit == "product" or _cue_score(field.whole_cues, plain, value, values) > 0:
            told[field.id + WHOLE] = Slot(value.value, value.text)
    return told


def settled(fields: Sequence[FieldSpec], slots: Mapping[str, Slot]) -> dict[str, Slot]:
    """The slots, with shares whose part and whole were told one after the other."""
    result = dict(slots)
    for field in fields:
        part, whole = (slots.get(field.id + name) for name in (PART, WHOLE))
        if not part or not whole or field.id in slots:
            continue
        few, many = part.value, whole.value
        if isinstance(few, Decimal) and isinstance(many, Decimal) and 0 <= few <= many > 0:
            text = f"{part.text}/{whole.text}"
            result[field.id] = Slot(few / many, text, part=few, whole=many)
    return result


def _two_counts(
    field: FieldSpec, plain: str, counts: Sequence[Value], values: Sequence[Value]
) -> tuple[float, Value, Value] | None:
    """Two counts and no more, where the words say that the smaller is the part."""
    loose = [v for v in counts if v.unit in (None, "piece", "product", field.unit)]
    if len(loose) != 2:
        return None
    part, whole = sorted(loose, key=lambda v: v.value or Decimal(0))
    score = _cue_score(field.part_cues, plain, part, values)
    if part.value == whole.value:
        score = max(score, _cue_score(field.part_cues, plain, whole, values))
    return (score, part, whole) if score > 0 and part.value and whole.value else None


def _spent(
    slots: Mapping[str, Slot], fields: Iterable[FieldSpec], plain: str, values: Sequence[Value]
) -> list[Value]:
    """Values that a ratio has used up."""
    texts = {t for f in fields if f.kind == "share" and f.id in slots for t in
             slots[f.id].text.split("/")}  # fmt: skip
    return [v for v in values if v.text in texts and v.kind in ("count", "number")]


def _fit(
    field: FieldSpec, value: Value, plain: str, values: Sequence[Value], expected: Collection[str]
) -> float:
    """How well a value suits a field; 0 where it does not."""
    basic = _kind_fit(field, value)
    if basic <= 0 or (
        field.kind == "share" and value.kind == "number" and _is_count(field, plain, value)
    ):
        return 0.0
    cue = _cue_score(field.cues, plain, value, values)
    if field.id in expected:
        cue = max(cue, 1.0)
    # A figure without a unit, or a day, belongs to a field only if the words around it say so.
    if (basic < 2 or field.kind in ("date", "moment")) and cue <= 0:
        return 0.0
    return basic + cue


def _is_count(field: FieldSpec, plain: str, value: Value) -> bool:
    """Whether a bare number beside a share's cues counts things ("only 59 are RTS")."""
    return bool(
        _COUNTED.match(plain[value.end :])
        or _cue_score(field.part_cues, plain, value, ()) > _cue_score(field.cues, plain, value, ())
    )


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


def _near(cues: Iterable[str], plain: str, value: Value) -> bool:
    return _cue_score(cues, plain, value, ()) > 0


def _cue_distance(cues: Iterable[str], plain: str, start: int, end: int) -> int:
    found = find_names(plain, [(cue, cue) for cue in cues])
    return min((min(abs(start - f.end), abs(f.start - end)) for f in found), default=10_000)


def _cue_score(cues: Iterable[str], plain: str, value: Value, values: Sequence[Value]) -> float:
    """Up to 2 for a cue right before the value, less behind it, further off or across a border."""
    before = plain[max(0, value.start - BEFORE) : value.start]
    after = plain[value.end : value.end + AFTER]
    inside = plain[value.start : value.end]
    best = 0.0
    for cue in cues:
        low = cue.casefold()
        if low in inside:
            best = max(best, 1.5)
        at = before.rfind(low)
        if at >= 0:
            gap = before[at + len(low) :]
            best = max(best, 2.0 - len(gap) * 0.06 - _borders(gap, value, values, before=True))
        at = after.find(low)
        if at >= 0:
            gap = after[:at]
            best = max(best, 1.7 - len(gap) * 0.12 - _borders(gap, value, values, before=False))
    return max(best, 0.0)


def _borders(gap: str, value: Value, values: Sequence[Value], *, before: bool) -> float:
    cost = 0.5 * sum(gap.count(mark) for mark in ",，;；。.!！?？\n") + 0.15 * gap.count(" ")
    start, end = (
        (value.start - len(gap), value.start) if before else (value.end, value.end + len(gap))
    )
    if any(start <= other.start < end for other in values if other is not value):
        cost += 0.9
    return cost


def to_slot(field: FieldSpec, value: Value) -> Slot | None:
    """The value in the field's own unit; None where it cannot be brought there."""
    if field.kind in ("date", "moment"):
        return _time_slot(field, value)
    slot = _bounded(value)
    if slot is None:
        return None
    if field.kind == "share" and value.kind == "number":
        return _scaled(slot, Decimal("0.01"))
    if field.kind == "duration" and value.kind == "duration":
        if value.unit == "hour":
            return _scaled(slot, 1 / HOURS_A_DAY)
        return _scaled(slot, DAYS.get(value.unit or "day", Decimal(1)))
    if field.kind == "count" and value.unit == "dozen":
        return _scaled(slot, Decimal(12))
    if field.kind == "money":
        if value.kind == "money" and value.currency not in (None, field.currency):
            return replace(slot, foreign=value.currency)
        if value.kind == "number" or value.currency is None:
            return replace(slot, assumed=("currency",))
    return slot


def _time_slot(field: FieldSpec, value: Value) -> Slot | None:
    if value.first is None:
        return None
    first: Filled = value.first
    if field.kind == "date" and isinstance(first, datetime):
        first = first.date()
    span = (SPAN,) if value.last != value.first else ()
    return Slot(first, value.text, assumed=(*value.assumed, *span))


def _scaled(slot: Slot, factor: Decimal) -> Slot:
    assert isinstance(slot.value, Decimal)
    low, high = (None if end is None else end * factor for end in (slot.low, slot.high))
    return replace(slot, value=slot.value * factor, low=low, high=high)


def _bounded(value: Value) -> Slot | None:
    if value.value is None:
        if value.low is None or value.high is None:
            return None
        middle = value.low
        return Slot(middle, value.text, value.low, value.high, value.assumed)
    number = value.value
    low: Decimal | None = None
    high: Decimal | None = None
    if value.bound in ("more_than", "at_least"):
        low = number + TINY if value.bound == "more_than" else number
        high = _next_step(number, value)
    elif value.bound in ("less_than", "at_most"):
        low, high = Decimal(0), number - TINY if value.bound == "less_than" else number
    return Slot(number, value.text, low, high, value.assumed)


def _next_step(number: Decimal, value: Value) -> Decimal:
    """How far "3万多" reaches: to the next figure of the same size; "over 35k" has no end."""
    if "多" in value.text or "几" in value.text or "出头" in value.text:
        return number + Decimal(10) ** number.adjusted() - TINY
    return number * 1000 if value.kind != "share" else Decimal(1)
