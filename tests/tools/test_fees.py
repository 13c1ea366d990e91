"""Trade Assurance fee of April 2021: 1 % up to USD 100 by platform, 2 % without a cap by own."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Fee
from tests.tools.rules import floats, rule
from tools.fees import compare_fees, order_fee

amounts = st.lists(st.decimals(0, 1_000_000, places=2), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def fee(april: Library) -> Fee:
    return rule(april, Fee, "ta-fee")


@pytest.mark.parametrize(
    ("amount", "platform", "own", "saving", "capped"),
    [
        pytest.param("9999", "99.99", "199.98", "99.99", False, id="one dollar below the cap"),
        pytest.param("10000", "100", "200", "100", False, id="exactly where the cap begins"),
        pytest.param("10001", "100", "200.02", "100.02", True, id="one dollar above"),
        pytest.param("100000", "100", "2000", "1900", True, id="far above: own has no cap"),
        pytest.param("0.01", "0.0001", "0.0002", "0.0001", False, id="one cent"),
        pytest.param("0", "0", "0", "0", False, id="nothing received"),
        pytest.param("5000", "50", "100", "50", False, id="half the fee"),
    ],
)
def test_one_order(
    fee: Fee, amount: str, platform: str, own: str, saving: str, capped: bool
) -> None:
    result = compare_fees(fee, [Decimal(amount)])

    assert result.of("platform").total == Decimal(platform)
    assert result.of("own").total == Decimal(own)
    assert result.saving == Decimal(saving)
    assert result.of("platform").orders[0].capped is capped
    assert not result.of("own").orders[0].capped


def test_the_cap_holds_for_each_order_not_for_the_sum(fee: Fee) -> None:
    result = compare_fees(fee, [Decimal(8000), Decimal(12000), Decimal(20000)])

    assert [order.fee for order in result.of("platform").orders] == [80, 100, 100]
    assert [order.uncapped for order in result.of("platform").orders] == [80, 120, 200]
    assert result.of("platform").total == 280
    assert result.of("own").total == 800
    assert (result.cheapest.way.id, result.dearest.way.id) == ("platform", "own")
    assert result.saving == 520


def test_ways_keep_the_order_of_the_rule(fee: Fee) -> None:
    assert [way.way for way in compare_fees(fee, [Decimal(1)]).ways] == list(fee.ways)


def test_no_cap_is_printed_for_own_logistics(fee: Fee) -> None:
    assert next(way for way in fee.ways if way.id == "own").cap is None


@pytest.mark.parametrize(
    "given_amounts",
    [pytest.param([], id="no order"), pytest.param([Decimal("-0.01")], id="negative")],
)
def test_impossible_amounts(fee: Fee, given_amounts: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="amount"):
        compare_fees(fee, given_amounts)


def test_an_unknown_way(fee: Fee) -> None:
    with pytest.raises(KeyError):
        compare_fees(fee, [Decimal(1)]).of("drone")


@given(amounts, st.decimals(0, 100_000, places=2))
def test_never_above_a_cap_and_never_less_for_more(
    fee: Fee, given_amounts: list[Decimal], more: Decimal
) -> None:
    result = compare_fees(fee, given_amounts)

    for way in result.ways:
        for order in way.orders:
            assert order.fee <= order.uncapped == order.amount * way.way.rate
            assert way.way.cap is None or order.fee <= way.way.cap
            assert order_fee(way.way, order.amount + more).fee >= order.fee
        assert result.cheapest.total <= way.total <= result.dearest.total
    assert result.saving >= 0
    assert not floats(result)
