"""A reward by rank: a share of the spend, up to a cap."""

from dataclasses import dataclass
from decimal import Decimal

from knowledge.model import RankReward, RewardBand


@dataclass(frozen=True, slots=True)
class Reward:
    """`amount` is what is paid, `uncapped` what the share alone would give.

    `band` is None where the rank gets nothing; amounts are None while the spend is not known.
    """

    rank: int
    band: RewardBand | None
    spend: Decimal | None
    uncapped: Decimal | None
    amount: Decimal | None

    @property
    def capped(self) -> bool:
        return None not in (self.amount, self.uncapped) and self.amount != self.uncapped


def spend_for_cap(band: RewardBand) -> Decimal:
    """The least spend at which the band's cap is reached, in the rule's currency."""
    return band.cap / band.share


def band_for(rule: RankReward, rank: int) -> RewardBand | None:
    """The band of a rank (1 is best); None where ranks that far down get nothing."""
    return next((band for band in rule.bands if band.first <= rank <= band.last), None)


def rank_reward(rule: RankReward, rank: int, spend: Decimal | None) -> Reward:
    """The reward for a rank and a month's spend, in the rule's currency.

    ValueError for a rank below 1 or a negative spend.
    """
    if rank < 1:
        raise ValueError("a rank begins at 1")
    if spend is not None and spend < 0:
        raise ValueError("a spend is not negative")
    band = band_for(rule, rank)
    if band is None:
        return Reward(rank, None, spend, None, Decimal(0))
    if spend is None:
        return Reward(rank, band, None, None, None)
    uncapped = spend * band.share
    return Reward(rank, band, spend, uncapped, min(uncapped, band.cap))
