"""Express newcomer discount of April 2021: RMB 100 an order, three orders, RMB 300, two times."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Discount
from tests.tools.rules import beijing, floats, rule
from tools.discounts import discount, discount_times

freights = st.lists(st.decimals(0, 500, places=2), max_size=6)


@pytest.fixture(scope="module")
def offer(april: Library) -> Discount:
    return rule(april, Discount, "express-discount")


def off(offer: Discount, *given_freights: str, before: int = 0) -> list[Decimal]:
    orders = discount(offer, [Decimal(f) for f in given_freights], used_before=before).orders
    return [order.off for order in orders]


@pytest.mark.parametrize(
    ("freight", "reduced", "to_pay"),
    [
        pytest.param("99.99", "99.99", "0", id="a cent below the limit of an order"),
        pytest.param("100", "100", "0", id="exactly the limit of an order"),
        pytest.param("100.01", "100", "0.01", id="a cent above the limit of an order"),
        pytest.param("0", "0", "0", id="free anyway"),
        pytest.param("850", "100", "750", id="a large freight"),
    ],
)
def test_at_most_the_freight_itself(
    offer: Discount, freight: str, reduced: str, to_pay: str
) -> None:
    [order] = discount(offer, [Decimal(freight)]).orders

    assert (order.off, order.to_pay) == (Decimal(reduced), Decimal(to_pay))
    assert order.reason == "reduced"


@pytest.mark.parametrize(
    ("orders", "total", "left", "over"),
    [
        pytest.param(["120"] * 2, 200, 1, False, id="one order below the limit"),
        pytest.param(["120"] * 3, 300, 0, False, id="exactly three orders"),
        pytest.param(["120"] * 4, 300, 0, True, id="one order above the limit"),
        pytest.param(["30", "40", "50", "200"], 120, 0, True, id="small ones use the limit up"),
        pytest.param([], 0, 3, False, id="no order yet"),
    ],
)
def test_at_most_three_orders(
    offer: Discount, orders: list[str], total: int, left: int, over: bool
) -> None:
    result = discount(offer, [Decimal(freight) for freight in orders])

    assert result.total == total
    assert (result.orders_left, result.limit_reached) == (left, over)
    assert {order.reason for order in result.orders[:3]} <= {"reduced"}


def test_the_fourth_order_pays_in_full(offer: Discount) -> None:
    fourth = discount(offer, [Decimal(80)] * 4).orders[3]

    assert (fourth.off, fourth.to_pay) == (Decimal(0), Decimal(80))
    assert fourth.reason == "over_order_limit"


@pytest.mark.parametrize(
    ("before", "reduced"),
    [
        pytest.param(0, [100, 100, 100, 0], id="none before"),
        pytest.param(1, [100, 100, 0, 0], id="one before"),
        pytest.param(2, [100, 0, 0, 0], id="two before"),
        pytest.param(3, [0, 0, 0, 0], id="all used up"),
        pytest.param(4, [0, 0, 0, 0], id="more than all"),
    ],
)
def test_orders_before_count(offer: Discount, before: int, reduced: list[int]) -> None:
    assert off(offer, "150", "150", "150", "150", before=before) == reduced


def test_a_lower_total_limit_bites_before_the_order_limit(offer: Discount) -> None:
    smaller = offer.model_copy(update={"total": Decimal(250)})

    result = discount(smaller, [Decimal(150)] * 3)

    assert [order.off for order in result.orders] == [100, 100, 50]
    assert [order.reason for order in result.orders] == ["reduced", "reduced", "over_total"]


def test_a_negative_freight(offer: Discount) -> None:
    with pytest.raises(ValueError, match="freight"):
        discount(offer, [Decimal("-0.01")])


@pytest.mark.parametrize(
    ("placed", "inside", "state"),
    [
        pytest.param("2021-04-12T14:59:59", False, "not_yet", id="last second before"),
        pytest.param("2021-04-12T15:00:00", True, "open", id="first second"),
        pytest.param("2021-04-12T15:00:01", True, "open", id="second second"),
        pytest.param("2021-09-30T23:59:59", True, "open", id="eve of the last day"),
        pytest.param("2021-10-01T00:00:00", True, "last_day", id="last day begins"),
        pytest.param("2021-10-01T14:59:58", True, "last_day", id="last but one second"),
        pytest.param("2021-10-01T14:59:59", True, "last_day", id="last second"),
        pytest.param("2021-10-01T15:00:00", False, "over", id="first second after"),
    ],
)
def test_placed_in_the_window(offer: Discount, placed: str, inside: bool, state: str) -> None:
    times = discount_times(offer, placed=beijing(placed), paid=None)

    assert times.placed_in is inside
    assert times.at_placing is not None
    assert times.at_placing.state == state
    assert times.paid_in is None


@pytest.mark.parametrize(
    ("paid", "in_time"),
    [
        pytest.param("2021-10-15T23:59:58", True, id="one second before the deadline"),
        pytest.param("2021-10-15T23:59:59", True, id="the last second"),
        pytest.param("2021-10-15T23:59:59.999999", True, id="within the last second"),
        pytest.param("2021-10-16T00:00:00", False, id="one second late"),
        pytest.param("2021-10-02T00:00:00", True, id="after the window, before the deadline"),
    ],
)
def test_paid_by_the_deadline(offer: Discount, paid: str, in_time: bool) -> None:
    times = discount_times(offer, placed=None, paid=beijing(paid))

    assert times.paid_in is in_time
    assert times.placed_in is None
    assert times.pay_until == beijing("2021-10-15T23:59:59")


@given(freights, st.integers(0, 4))
def test_within_every_limit(offer: Discount, given_freights: list[Decimal], before: int) -> None:
    result = discount(offer, given_freights, used_before=before)

    assert result.total <= offer.total
    assert sum(order.off > 0 for order in result.orders) <= max(offer.order_limit - before, 0)
    for order in result.orders:
        assert 0 <= order.off <= min(offer.per_order, order.freight)
        assert order.off + order.to_pay == order.freight
    assert not floats(result)


@given(freights.filter(bool), st.decimals(0, 200, places=2), st.data())
def test_a_dearer_freight_never_lowers_the_total(
    offer: Discount, given_freights: list[Decimal], more: Decimal, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(given_freights) - 1))
    raised = [*given_freights]
    raised[index] += more

    assert discount(offer, raised).total >= discount(offer, given_freights).total
    assert (
        discount(offer, given_freights, used_before=1).total
        <= discount(offer, given_freights).total
    )
