"""What a rate comes to for a value and quantities, or the fact that is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from tools.tariff.rates import (
    AdValorem,
    Compound,
    Free,
    NoAdditionalDuty,
    PartOfQuantity,
    PartOfValue,
    PerJewel,
    PerPart,
    Rate,
    Specific,
)
from tools.tariff.units import Quantity, in_unit

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Consignment:
    """Customs value in `currency` (None when not told) and quantities in canonical units."""

    value: Decimal | None = None
    quantities: tuple[Quantity, ...] = ()
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no amount.

    `value` and `quantity` can be asked for (`detail` is the unit); `part` names a weight or value
    that the schedule wants and the seller's total does not tell; `rate` is a rate in
    words, `list` a Section 301 list that the edition or the 8-digit line does not tell.
    """

    need: Literal["value", "quantity", "part", "currency", "rate", "list"]
    detail: str = ""


def cents(amount: Decimal) -> Decimal:
    """Rounded to hundredths of the currency, halves up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def amount_of(rate: Rate, goods: Consignment) -> Decimal | tuple[Missing, ...]:
    """The duty in `goods.currency`, unrounded, or everything that is missing for it."""
    if isinstance(rate, Free | NoAdditionalDuty):
        return Decimal(0)
    if isinstance(rate, Compound):
        return _total(rate.terms, goods)
    if isinstance(rate, AdValorem):
        return (Missing("value"),) if goods.value is None else goods.value * rate.share
    if isinstance(rate, Specific):
        return _specific(rate, goods)
    if isinstance(rate, PartOfQuantity | PartOfValue):
        return (Missing("part", rate.part),)
    if isinstance(rate, PerJewel | PerPart):
        return (Missing("part", "jewels" if isinstance(rate, PerJewel) else "pieces or parts"),)
    return (Missing("rate", rate.kind),)


def _specific(rate: Specific, goods: Consignment) -> Decimal | tuple[Missing, ...]:
    if rate.currency != goods.currency:
        return (Missing("currency", rate.currency),)
    count = in_unit(goods.quantities, rate.unit)
    if count is None:
        return (Missing("quantity", rate.unit),)
    return rate.amount * count / rate.per


def _total(terms: Iterable[Rate], goods: Consignment) -> Decimal | tuple[Missing, ...]:
    total = Decimal(0)
    missing: list[Missing] = []
    for term in terms:
        amount = amount_of(term, goods)
        if isinstance(amount, Decimal):
            total += amount
        else:
            missing += amount
    return tuple(missing) if missing else total


def share_of_value(rate: Rate) -> Decimal | None:
    """The fraction of the value that the rate is, None when it is not one (specific, in words)."""
    if isinstance(rate, Free | NoAdditionalDuty):
        return Decimal(0)
    return rate.share if isinstance(rate, AdValorem) else None
