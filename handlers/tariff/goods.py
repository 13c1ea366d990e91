"""Value and quantities that a message tells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from handlers.values import Value, find_values
from tools.tariff.codes import find_code
from tools.tariff.units import Quantity, unit_named

_UNITS = {
    word: word
    for word in (
        "kg", "kgs", "公斤", "千克", "克", "吨", "ton", "tons", "tonnes", "升", "liters", "litres",
        "平方米", "平米", "m2", "立方米", "m3",
    )
}  # fmt: skip
_NAMED = {"piece": "each", "set": "each", "pair": "pair", "dozen": "dozen"}
_WORTH = re.compile(
    r"(?:货值|价值|总价|总值|金额|值|申报|fob|value|worth|total|invoice|usd|amount)\D{0,6}$"
)
_LABEL = re.compile(
    r"(?:货值|单价|总价|总值|申报价值|申报价|价值|金额|数量|重量)(?:是|为|:|：)?|"
    r"\b(?:worth(?: of)?|valued? at|(?:total |customs )?value(?: of| is)?|unit price(?: of| is)?|at)\b"
)
_EACH_BEFORE = re.compile(
    r"(?:单价|每[件个只条套双台打]|一[件个只条双]|unit price(?: is| of)?|each)\s*$"
)
_EACH_BEHIND = re.compile(
    r"\s*(?:[/每一]\s*(?:[件个只条套双台]|pc|piece|pair|unit)|per\b|each\b|apiece|a (?:piece|pair)\b)"
)


@dataclass(frozen=True, slots=True)
class Goods:
    """What is told of a consignment. `price` is for one piece or pair.

    `foreign` is the currency of an amount in another currency than the table's. `bare` is the text
    with blanks for what was read, as long as it was.
    """

    value: Decimal | None
    price: Decimal | None
    foreign: str | None
    quantities: tuple[Quantity, ...]
    bare: str


def read_goods(words: str, spoken: str, now: datetime, *, currency: str, expected: bool) -> Goods:
    """The goods in a plain text; `expected` takes a bare figure for the value that was asked for."""
    code = find_code(words)
    digits = code.digits if code else ""
    value = price = None
    foreign: str | None = None
    quantities: list[Quantity] = []
    bare = words
    for found in find_values(spoken, now, _UNITS):
        own = re.sub(r"\D", "", found.text)
        if found.value is None or (own and own in digits) or found.text.strip() == "301":
            continue
        if found.kind == "money" or (found.kind == "number" and _is_value(words, found, expected)):
            if found.currency not in (None, currency):
                foreign = found.currency
            elif _EACH_BEFORE.search(words[: found.start]) or _EACH_BEHIND.match(words, found.end):
                price = found.value
            elif value is None:
                value = found.value
        elif found.kind == "count" and (unit := _unit(found)):
            quantities.append(Quantity(found.value, unit))
        elif found.kind != "share":
            continue
        bare = bare[: found.start] + " " * (found.end - found.start) + bare[found.end :]
    bare = _LABEL.sub(lambda match: " " * len(match.group()), bare)
    return Goods(value, price, foreign, tuple(quantities), bare)


def _is_value(words: str, found: Value, expected: bool) -> bool:
    return expected or bool(_WORTH.search(words[max(0, found.start - 14) : found.start]))


def _unit(found: Value) -> str | None:
    unit = found.unit or ""
    return _NAMED.get(unit) or unit_named(unit)


def pieces(quantities: Iterable[Quantity]) -> Decimal | None:
    """How many pieces or pairs there are, for a price of one; None where that is not told."""
    each = {"each": 1, "pair": 1, "dozen": 12, "dozen pairs": 12}
    return next((q.amount * each[q.unit] for q in quantities if q.unit in each), None)
