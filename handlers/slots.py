"""A field's value, and how a value of the grammar becomes one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handlers.values import Value
from knowledge.model import FieldSpec

Filled = Decimal | str | bool | date | datetime

PART, WHOLE = ":part", ":whole"
SPAN = "first day"  # assumed: of a month or a range its first day
TINY = Decimal("0.000001")


HOURS_A_DAY = Decimal(24)


DAYS = {"day": Decimal(1), "working_day": Decimal(1), "week": Decimal(7), "month": Decimal(30)}


def figures(fields: Sequence[FieldSpec], names: Iterable[str]) -> set[str]:
    """Of the names of fields those that hold a figure or a day, not a choice or a yes or no."""
    words = {field.id for field in fields if field.kind in ("choice", "flag")}
    return set(names) - words


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
