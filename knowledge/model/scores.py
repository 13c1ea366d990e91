"""Items that score and reward."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import (
    Field,
    model_validator,
)

from knowledge.model.base import Bilingual, Computable, Frozen, Name, Share, Slug


class Component(Frozen):
    """One part of a weighted score: so many points for each unit of change of a field."""

    field: Slug
    weight: Decimal


class WeightedScore(Computable):
    """A sum of weighted changes (later period minus earlier period, may be negative).

    `earlier_cues` and `later_cues` are other words for the periods, as people write them.
    """

    kind: Literal["score"] = "score"
    components: tuple[Component, ...] = Field(min_length=1)
    earlier: Bilingual
    later: Bilingual
    earlier_cues: tuple[Name, ...] = ()
    later_cues: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def fields_known(self) -> Self:
        self.needs(*(c.field for c in self.components))
        return self


class RewardBand(Frozen):
    first: int
    last: int
    share: Share
    cap: Decimal


class RankReward(Computable):
    """A share of the spend by rank, up to a cap in the spend's currency."""

    kind: Literal["reward"] = "reward"
    rank: Slug
    spend: Slug
    currency: str
    bands: tuple[RewardBand, ...] = Field(min_length=1)
    paid_as: Bilingual

    @model_validator(mode="after")
    def ranks_in_order(self) -> Self:
        self.needs(self.rank, self.spend)
        before = 0
        for band in self.bands:
            if not before < band.first <= band.last:
                raise ValueError(f"ranks {band.first}-{band.last} do not follow rank {before}")
            before = band.last
        return self
