"""Money off a list of orders, within a window and up to limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from knowledge.model import Discount, moment
from tools.windows import Window, window

Reason = Literal["reduced", "over_order_limit", "over_total"]


@dataclass(frozen=True, slots=True)
class OrderDiscount:
    freight: Decimal
    off: Decimal
    to_pay: Decimal
    reason: Reason


@dataclass(frozen=True, slots=True)
class DiscountResult:
    """What each order gets, in the order given; the limits are used up first come first served."""

    orders: tuple[OrderDiscount, ...]
    total: Decimal
    orders_left: int
    limit_reached: bool


@dataclass(frozen=True, slots=True)
class DiscountTimes:
    """Whether an order's moments fit: placed inside the window, paid by the deadline.

    None where the moment is not known.
    """

    placed: datetime | None
    paid: datetime | None
    placed_in: bool | None
    paid_in: bool | None
    at_placing: Window | None
    pay_until: datetime


def discount(
    rule: Discount, freights: Sequence[Decimal], *, used_before: int = 0
) -> DiscountResult:
    """Off each order's base freight, in the rule's currency; ValueError for a negative freight.

    `used_before` is how many orders of this seller have had the discount already.
    """
    left = rule.total - used_before * rule.per_order
    orders: list[OrderDiscount] = []
    for position, freight in enumerate(freights, start=used_before + 1):
        if freight < 0:
            raise ValueError("a freight is not negative")
        off, reason = min(rule.per_order, freight), "reduced"
        if position > rule.order_limit:
            off, reason = Decimal(0), "over_order_limit"
        elif off > left:
            off, reason = max(left, Decimal(0)), "over_total"
        left -= off
        orders.append(OrderDiscount(freight, off, freight - off, reason))  # type: ignore[arg-type]
    total = sum((order.off for order in orders), Decimal(0))
    used = used_before + len(orders)
    return DiscountResult(
        tuple(orders), total, max(rule.order_limit - used, 0), used > rule.order_limit
    )


def discount_times(
    rule: Discount, *, placed: datetime | None, paid: datetime | None
) -> DiscountTimes:
    """Whether an order placed and paid at these moments (aware) falls in the rule's times."""
    pay_until = moment(rule.pay_until, rule.zone, last=True)
    at_placing = None if placed is None else window(rule, now=placed)
    return DiscountTimes(
        placed,
        paid,
        None if at_placing is None else at_placing.state in ("open", "last_day"),
        None if paid is None else paid.replace(microsecond=0) <= pay_until,
        at_placing,
        pay_until,
    )
