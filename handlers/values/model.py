"""What the values grammar finds: one frozen record for each value, and its plain form."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Kind = Literal["money", "number", "share", "count", "duration", "rank", "date", "time"]
Bound = Literal["at_least", "at_most", "more_than", "less_than", "about"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it stands.

    `start` and `end` are code-point offsets in the text as given, `end` exclusive. A single figure
    has `value`, a range `low` and `high`; dates and times have `first` and `last`, both inclusive,
    times with their offset. Shares run from 0 to 1. `assumed` names what the text does not say;
    `alternatives` are the other readings of the same words.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    first: date | datetime | None = None
    last: date | datetime | None = None
    unit: str | None = None
    currency: str | None = None
    bound: Bound | None = None
    assumed: tuple[str, ...] = ()
    alternatives: tuple["Value", ...] = ()


def plain(number: Decimal) -> str:
    """The decimal in full, without exponent and without trailing zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def to_record(value: Value) -> dict[str, object]:
    """The value as the `values` command prints it: only what is known, decimals as strings."""
    record: dict[str, object] = {
        "start": value.start,
        "end": value.end,
        "text": value.text,
        "kind": value.kind,
    }
    if value.value is not None:
        record["value"] = plain(value.value)
    for key, number in (("from", value.low), ("to", value.high)):
        if number is not None:
            record[key] = plain(number)
    for key, moment in (("from", value.first), ("to", value.last)):
        if moment is not None:
            record[key] = moment.isoformat()
    if value.unit is not None:
        record["unit"] = value.unit
    if value.kind == "money":
        record["currency"] = value.currency
    if value.bound is not None:
        record["bound"] = value.bound
    return record
