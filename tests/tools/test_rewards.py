"""Star rewards of May 2021: ranks 1-10 all of the spend up to 5,000, 11-1000 half up to 2,000."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import RankReward, Table
from tests.tools.rules import floats, rule
from tools.rewards import band_for, rank_reward

ranks = st.integers(1, 1200)
spends = st.decimals(0, 20_000, places=2)


@pytest.fixture(scope="module")
def reward(april: Library) -> RankReward:
    return rule(april, RankReward, "recommend-star-reward")


@pytest.mark.parametrize(
    ("rank", "first"),
    [
        pytest.param(1, 1, id="the best"),
        pytest.param(2, 1, id="the second"),
        pytest.param(9, 1, id="one above the bound"),
        pytest.param(10, 1, id="last of the first band"),
        pytest.param(11, 11, id="first of the second band"),
        pytest.param(12, 11, id="one below the bound"),
        pytest.param(999, 11, id="last but one"),
        pytest.param(1000, 11, id="last rank with a reward"),
        pytest.param(1001, None, id="first rank without"),
    ],
)
def test_bands(reward: RankReward, rank: int, first: int | None) -> None:
    band = band_for(reward, rank)

    assert (band.first if band else None) == first


@pytest.mark.parametrize(
    ("rank", "spend", "amount", "capped"),
    [
        pytest.param(10, "4999.99", "4999.99", False, id="a cent below the higher cap"),
        pytest.param(10, "5000", "5000", False, id="exactly the higher cap"),
        pytest.param(10, "5000.01", "5000", True, id="a cent above the higher cap"),
        pytest.param(10, "0", "0", False, id="nothing spent"),
        pytest.param(1, "1332.87", "1332.87", False, id="all of an odd spend"),
        pytest.param(11, "3999.98", "1999.99", False, id="a cent below the lower cap"),
        pytest.param(11, "4000", "2000", False, id="exactly the lower cap"),
        pytest.param(11, "4000.02", "2000", True, id="a cent above the lower cap"),
        pytest.param(1000, "3000", "1500", False, id="last rank with a reward"),
        pytest.param(1001, "3000", "0", False, id="first rank without"),
    ],
)
def test_share_and_cap(
    reward: RankReward, rank: int, spend: str, amount: str, capped: bool
) -> None:
    result = rank_reward(reward, rank, Decimal(spend))

    assert result.amount == Decimal(amount)
    assert result.capped is capped


def test_without_a_spend_only_the_band_is_known(reward: RankReward) -> None:
    result = rank_reward(reward, 7, None)

    assert result.band == reward.bands[0]
    assert (result.amount, result.uncapped, result.capped) == (None, None, False)


def test_a_rank_without_a_reward_gets_nothing_whatever_was_spent(reward: RankReward) -> None:
    assert rank_reward(reward, 1001, None).amount == 0


@pytest.mark.parametrize(
    ("rank", "spend", "word"),
    [(0, "1", "rank"), (-1, "1", "rank"), (1, "-0.01", "spend")],
    ids=["rank zero", "negative rank", "negative spend"],
)
def test_impossible_values(reward: RankReward, rank: int, spend: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        rank_reward(reward, rank, Decimal(spend))


def test_the_printed_rewards_of_march_keep_within_the_cap(
    april: Library, reward: RankReward
) -> None:
    for row in rule(april, Table, "recommend-star-march").rows:
        printed = Decimal(row.values["reward"])

        assert rank_reward(reward, int(row.values["rank"]), printed).amount == printed


@given(ranks, ranks, spends, spends)
def test_never_above_the_cap_nor_better_for_a_worse_rank(
    reward: RankReward, rank: int, worse: int, spend: Decimal, more: Decimal
) -> None:
    result = rank_reward(reward, rank, spend)
    raised = rank_reward(reward, rank, spend + more)
    behind = rank_reward(reward, max(rank, worse), spend)

    assert result.amount is not None
    assert raised.amount is not None
    assert behind.amount is not None
    assert behind.amount <= result.amount <= raised.amount
    assert result.amount <= min(spend, result.band.cap if result.band else Decimal(0))
    assert not floats(result)
