"""Reads the amounts of several orders: "三单分别95、60、210", "5单每单300", "4 orders of 120"."""

import re
from collections.abc import Sequence
from decimal import Decimal

from handlers.values import Value
from knowledge.model import FieldSpec

_EACH = re.compile(r"每|各|都|均|单价|一单|一票|@|[x×*]|\b(?:each|of|at|every|per|all)\b")
MOST_ORDERS = 50


def order_amounts(field: FieldSpec, plain: str, values: Sequence[Value]) -> tuple[Decimal, ...]:
    """One amount an order, in the field's currency; empty where the text tells none.

    A bare number counts where money stands beside it or a cue of the field near it. A vague amount
    (八九百) stands for its least. A count of orders before "each" repeats the amount.
    """
    money = [v for v in values if v.kind == "money" and v.currency in (None, field.currency)]
    numbers = [v for v in values if v.kind == "number" and _is_amount(field, plain, v, bool(money))]
    found = sorted([*money, *numbers], key=lambda v: v.start)
    if not found:
        return ()
    if len(found) == 1 and (times := _repeated(plain, found[0], values)):
        return (_least(found[0]),) * times
    amounts: list[Decimal] = []
    counted = any(v.value == len(found) for v in values if _is_count(v))
    for value in found:
        times = 1 if counted else _own_count(plain, value, values) or 1
        amounts += [_least(value)] * times
    return tuple(amounts[:MOST_ORDERS])


_NTH = re.compile(
    r"第\s*([一二三四五六七八九十]|\d{1,2})\s*[单票笔个]|\b(first|second|third|fourth|fifth|sixth)\b"
)
_MORE = re.compile(r"再[加来有]|还有|另外|又|加上|加起来|一起|another|one more|plus|also|as well")
_PLACES = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {
    w: n for n, w in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)
}


def lone_amount(values: Sequence[Value]) -> tuple[Decimal, ...]:
    """The only figure of a follow-up, which needs no word beside it."""
    found = [v.value for v in values if v.kind in ("number", "money") and v.value is not None]
    return tuple(found) if len(found) == 1 else ()


def with_kept(
    plain: str, told: tuple[Decimal, ...], kept: tuple[Decimal, ...]
) -> tuple[Decimal, ...]:
    """The amounts told now with those told before: one more, or one of them corrected.

    Without a word that ties them together the new ones stand alone.
    """
    if not told or not kept:
        return told or kept
    nth = _NTH.search(plain)
    if nth and len(told) == 1:
        word = nth.group(1) or nth.group(2)
        place = _PLACES.get(word) or int(word)
        if place <= len(kept):
            return (*kept[: place - 1], told[0], *kept[place:])
        return (*kept, *told)
    return (*kept, *told) if _MORE.search(plain) else told


def _least(value: Value) -> Decimal:
    number = value.value if value.value is not None else value.low
    assert number is not None, "money and numbers have a value or a range"
    return number


def _is_amount(field: FieldSpec, plain: str, value: Value, beside_money: bool) -> bool:
    number = value.value if value.value is not None else value.low
    if number is None or number <= 0:
        return False
    if field.lowest is not None and number < field.lowest:
        return False
    before, after = plain[max(0, value.start - 16) : value.start], plain[value.end : value.end + 8]
    if re.match(
        r"\s*(?:单|票|笔|个|次|分|点|折|orders?|shipments?|times?|points?|days?|天)", after
    ):
        return False
    listed = re.search(r"[、,，/和及]\s*$|\band\s*$|分别(?:是|为)?[:：]?\s*$", before) is not None
    listed = listed or re.match(r"\s*(?:[、,，/和及]\s*\d|and\s*\d)", after) is not None
    return (
        beside_money or listed or any(cue.casefold() in before + "|" + after for cue in field.cues)
    )


def _repeated(plain: str, amount: Value, values: Sequence[Value]) -> int | None:
    """How many orders of the one amount: a count anywhere in the text, with a word for "each"."""
    counts = [v for v in values if _is_count(v)]
    if len(counts) != 1 or not _EACH.search(plain):
        return None
    number = counts[0].value
    return int(number) if number is not None and 0 < number <= MOST_ORDERS else None


def _own_count(plain: str, amount: Value, values: Sequence[Value]) -> int | None:
    """A count right before the amount: "两单120、一单85"."""
    for value in values:
        gap = plain[value.end : amount.start]
        if _is_count(value) and 0 <= len(gap) <= 4 and not re.search(r"[、,，;；]", gap):
            number = value.value
            return int(number) if number is not None and 0 < number <= MOST_ORDERS else None
    return None


def _is_count(value: Value) -> bool:
    return value.kind == "count" and value.unit in ("order", "piece") and value.value is not None
