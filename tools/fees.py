"""A fee on amounts, compared between ways of shipping."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.model import Fee, FeeWay


@dataclass(frozen=True, slots=True)
class OrderFee:
    """The fee of one order. `uncapped` is what the rate alone would give."""

    amount: Decimal
    fee: Decimal
    uncapped: Decimal

    @property
    def capped(self) -> bool:
        return self.fee != self.uncapped


@dataclass(frozen=True, slots=True)
class WayFee:
    way: FeeWay
    orders: tuple[OrderFee, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class FeeComparison:
    """Every way's fee, as the rule orders them; `saving` of the cheapest against the dearest."""

    ways: tuple[WayFee, ...]
    cheapest: WayFee
    dearest: WayFee
    saving: Decimal

    def of(self, way_id: str) -> WayFee:
        """The fee of one way; KeyError where the rule has no such way."""
        for way in self.ways:
            if way.way.id == way_id:
                return way
        raise KeyError(way_id)


def order_fee(way: FeeWay, amount: Decimal) -> OrderFee:
    """The fee on one order's amount received, in the rule's currency; ValueError if negative."""
    if amount < 0:
        raise ValueError("an amount is not negative")
    uncapped = amount * way.rate
    return OrderFee(amount, uncapped if way.cap is None else min(uncapped, way.cap), uncapped)


def compare_fees(rule: Fee, amounts: Sequence[Decimal]) -> FeeComparison:
    """Each order's fee by each way; the cap applies to each order. ValueError without an order."""
    if not amounts:
        raise ValueError("no amount to compare fees for")
    ways = []
    for way in rule.ways:
        orders = tuple(order_fee(way, amount) for amount in amounts)
        ways.append(WayFee(way, orders, sum((order.fee for order in orders), Decimal(0))))
    cheapest = min(ways, key=lambda fee: fee.total)
    dearest = max(ways, key=lambda fee: fee.total)
    return FeeComparison(tuple(ways), cheapest, dearest, dearest.total - cheapest.total)
