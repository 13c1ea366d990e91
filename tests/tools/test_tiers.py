"""RFQ index of April 2021: tier 2 from USD 35,000 and 100 %, tier 1 from USD 25,000 and 60 %."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import TieredScore
from tests.tools.rules import beijing, floats, rule
from tools.tiers import TierResult, tier_for

TRADE, QUOTES = "rfq-trade-90d", "free-quotes-used"
IN_FORCE = beijing("2021-04-22T10:00:00")

# Any, and often enough a bound or its neighbour.
amounts = st.decimals(0, 100_000, places=2) | st.sampled_from(
    [Decimal(text) for text in ("24999.99", "25000", "34999.99", "35000", "35000.01")]
)
shares = st.decimals(0, 1, places=3) | st.sampled_from(
    [Decimal(text) for text in ("0.599", "0.6", "0.999", "1")]
)


@pytest.fixture(scope="module")
def bonus(april: Library) -> TieredScore:
    return rule(april, TieredScore, "rfq-bonus")


def given_amounts(trade: str | None, used: str | None) -> dict[str, Decimal]:
    both = {TRADE: trade, QUOTES: used}
    return {name: Decimal(value) for name, value in both.items() if value is not None}


def scored(
    bonus: TieredScore, trade: Decimal, used: Decimal, now: datetime = IN_FORCE
) -> TierResult:
    return tier_for(bonus, {TRADE: trade, QUOTES: used}, scope="customization", now=now)


@pytest.mark.parametrize(
    ("trade", "used", "tier", "points"),
    [
        pytest.param("35000", "1", 2, "5", id="exactly tier 2"),
        pytest.param("35000.01", "1", 2, "5", id="one cent above tier 2"),
        pytest.param("34999.99", "1", 1, "3", id="one cent short of tier 2"),
        pytest.param("35000", "0.999", 1, "3", id="a quote short of tier 2"),
        pytest.param("1000000", "0.999", 1, "3", id="much money does not replace quotes"),
        pytest.param("40000", "0.80", 1, "3", id="money for tier 2, share for tier 1"),
        pytest.param("30000", "1", 1, "3", id="share for tier 2, money for tier 1"),
        pytest.param("30000", "0.70", 1, "3", id="between the tiers"),
        pytest.param("25000", "0.60", 1, "3", id="exactly tier 1"),
        pytest.param("25000.01", "0.601", 1, "3", id="one step above tier 1"),
        pytest.param("24999.99", "0.60", None, "0", id="one cent short of tier 1"),
        pytest.param("25000", "0.599", None, "0", id="share one step short of tier 1"),
        pytest.param("24999.99", "1", None, "0", id="all quotes, a cent short"),
        pytest.param("40000", "0.50", None, "0", id="money for tier 2, share for none"),
        pytest.param("0", "0", None, "0", id="nothing at all"),
    ],
)
def test_best_tier_needs_every_minimum(
    bonus: TieredScore, trade: str, used: str, tier: int | None, points: str
) -> None:
    result = scored(bonus, Decimal(trade), Decimal(used))

    assert result.status == ("scored" if tier else "none")
    assert (result.tier.tier if result.tier else None) == tier
    assert result.points == Decimal(points)


@pytest.mark.parametrize(
    ("trade", "used", "short"),
    [
        pytest.param("30000", "0.70", {2: {TRADE: "5000", QUOTES: "0.30"}}, id="both short"),
        pytest.param("34999.99", "1", {2: {TRADE: "0.01"}}, id="one cent"),
        pytest.param("35000", "0.99", {2: {QUOTES: "0.01"}}, id="one point of the share"),
        pytest.param("35000", "1", {}, id="nothing above the highest"),
        pytest.param(
            "20000",
            "0.50",
            {2: {TRADE: "15000", QUOTES: "0.50"}, 1: {TRADE: "5000", QUOTES: "0.10"}},
            id="below every tier",
        ),
    ],
)
def test_gap_to_every_higher_tier(
    bonus: TieredScore, trade: str, used: str, short: dict[int, dict[str, str]]
) -> None:
    result = scored(bonus, Decimal(trade), Decimal(used))

    assert {gap.tier.tier: gap.short for gap in result.gaps} == {
        tier: {name: Decimal(value) for name, value in gap.items()} for tier, gap in short.items()
    }


@pytest.mark.parametrize(
    ("trade", "used", "status"),
    [
        pytest.param(None, None, "open", id="nothing known"),
        pytest.param("25000", None, "open", id="the share decides about tier 1"),
        pytest.param("24999.99", None, "none", id="the money alone rules both out"),
        pytest.param(None, "0.60", "open", id="the money decides about tier 1"),
        pytest.param(None, "0.59", "none", id="the share alone rules both out"),
    ],
)
def test_what_is_missing_may_not_matter(
    bonus: TieredScore, trade: str | None, used: str | None, status: str
) -> None:
    result = tier_for(bonus, given_amounts(trade, used), scope="customization", now=IN_FORCE)

    assert result.status == status
    assert result.tier is None


def test_unknown_amounts_are_named(bonus: TieredScore) -> None:
    result = tier_for(bonus, given_amounts("30000", None), scope="customization", now=IN_FORCE)

    assert [(gap.tier.tier, gap.unknown) for gap in result.gaps] == [(2, (QUOTES,)), (1, (QUOTES,))]


@pytest.mark.parametrize(
    ("scope", "status", "points"),
    [
        pytest.param("customization", "scored", "5", id="customization counts"),
        pytest.param("rts", "other_scope", "0", id="RTS gets none"),
        pytest.param(None, "scored", "5", id="track not known: what it would be"),
    ],
)
def test_points_count_on_one_track(
    bonus: TieredScore, scope: str | None, status: str, points: str
) -> None:
    result = tier_for(bonus, given_amounts("35000", "1"), scope=scope, now=IN_FORCE)

    assert (result.status, result.points) == (status, Decimal(points))


@pytest.mark.parametrize(
    ("now", "status"),
    [
        pytest.param("2021-04-19T23:59:59", "not_yet", id="last second before"),
        pytest.param("2021-04-20T00:00:00", "scored", id="first second of the day"),
        pytest.param("2021-04-20T00:00:01", "scored", id="one second later"),
        pytest.param("2026-01-01T00:00:00", "scored", id="a rule without an end holds"),
    ],
)
def test_in_force_from_the_twentieth(bonus: TieredScore, now: str, status: str) -> None:
    result = scored(bonus, Decimal(35000), Decimal(1), beijing(now))

    assert result.status == status
    assert result.tier is not None
    assert result.tier.tier == 2


@given(amounts, amounts, shares, shares)
def test_more_never_gives_fewer_points(
    bonus: TieredScore, trade: Decimal, more: Decimal, used: Decimal, other: Decimal
) -> None:
    base = scored(bonus, trade, used).points

    assert scored(bonus, trade + more, used).points >= base
    assert scored(bonus, trade, max(used, other)).points >= base


@given(amounts, shares)
def test_filling_the_gap_reaches_the_tier(
    bonus: TieredScore, trade: Decimal, used: Decimal
) -> None:
    result = scored(bonus, trade, used)

    for gap in result.gaps:
        filled = scored(
            bonus,
            trade + gap.short.get(TRADE, Decimal(0)),
            used + gap.short.get(QUOTES, Decimal(0)),
        )
        assert filled.tier == gap.tier
    assert result.points <= max(tier.points for tier in bonus.tiers)
    assert not floats(result)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_once_in_force_always_in_force(bonus: TieredScore, later: timedelta) -> None:
    assert bonus.opens is not None
    assert scored(bonus, Decimal(35000), Decimal(1), bonus.opens + later).status == "scored"
