"""Items that judge: conditions and tiers."""

from decimal import Decimal
from itertools import pairwise
from typing import Literal, Self

from pydantic import (
    Field,
    model_validator,
)

from knowledge.model.base import Bilingual, Computable, Frozen, Name, Slug


class Condition(Frozen):
    """One condition: `at_least`, `at_most`, `one_of` (ids of choices) or `is` (a flag)."""

    field: Slug
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    one_of: tuple[Slug, ...] | None = None
    is_: bool | None = Field(default=None, alias="is")

    @model_validator(mode="after")
    def one_bound(self) -> Self:
        if sum(v is not None for v in (self.at_least, self.at_most, self.one_of, self.is_)) != 1:
            raise ValueError("a condition has exactly one of at_least, at_most, one_of, is")
        return self


class Eligibility(Computable):
    """Who or what qualifies: every condition must hold. Provisos are told, never asked for.

    `together` names other conditions that are judged in the same breath when values for them are
    given (a shop's and a product's).
    """

    kind: Literal["conditions"] = "conditions"
    subject: Bilingual
    conditions: tuple[Condition, ...] = Field(min_length=1)
    provisos: tuple[Bilingual, ...] = ()
    together: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def fields_known(self) -> Self:
        self.needs(*(c.field for c in self.conditions))
        for c in self.conditions:
            bound = c.at_least if c.at_least is not None else c.at_most
            if bound is not None:
                self.field(c.field).check_bound(bound)
            if c.one_of is not None:
                self.needs_choices(c.field, c.one_of)
            if c.is_ is not None and self.field(c.field).kind != "flag":
                raise ValueError(f"`{c.field}` is no flag, `is` says nothing about it")
        return self


class Tier(Frozen):
    tier: int
    title: Bilingual
    aliases: tuple[Name, ...] = ()
    points: Decimal
    minimum: dict[Slug, Decimal]


class TieredScore(Computable):
    """Points for the best tier whose every minimum is met; tiers stand best first.

    `scope` names the choice field and the choices for which the points count at all.
    """

    kind: Literal["tiers"] = "tiers"
    tiers: tuple[Tier, ...] = Field(min_length=1)
    scope: Slug | None = None
    in_scope: tuple[Slug, ...] = ()
    points_to: Bilingual

    @model_validator(mode="after")
    def ordered(self) -> Self:
        self.needs(*(f for tier in self.tiers for f in tier.minimum))
        for tier in self.tiers:
            for name, least in tier.minimum.items():
                self.field(name).check_bound(least)
        if self.scope:
            self.needs(self.scope)
            self.needs_choices(self.scope, self.in_scope)
        for better, worse in pairwise(self.tiers):
            higher = better.points > worse.points and all(
                better.minimum.get(name, Decimal(0)) >= least
                for name, least in worse.minimum.items()
            )
            if not higher:
                raise ValueError(f"tier {better.tier} does not stand above tier {worse.tier}")
        return self
