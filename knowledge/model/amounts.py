"""Items that reckon with amounts and counts."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import (
    Field,
    model_validator,
)

from knowledge.model.base import Bilingual, Computable, Frozen, Moment, Name, Share, Slug, moment


class FeeWay(Frozen):
    """A way of shipping and what is charged for it: a rate, and a cap where one is printed."""

    id: Slug
    title: Bilingual
    aliases: tuple[Name, ...] = ()
    rate: Share
    cap: Decimal | None = None


class Fee(Computable):
    """A fee on an amount, compared between ways. `amount` and `way` name fields."""

    kind: Literal["fee"] = "fee"
    amount: Slug
    way: Slug
    currency: str
    ways: tuple[FeeWay, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def fields_known(self) -> Self:
        self.needs(self.amount, self.way)
        if {w.id for w in self.ways} != {c.id for c in self.field(self.way).choices}:
            raise ValueError(f"the choices of `{self.way}` are not the ids of the ways")
        return self


class Discount(Computable):
    """Money off each order, up to limits; the orders fall in the item's window.

    `freight` is a money field (one value an order), `placed` and `paid` are moment fields.
    """

    kind: Literal["discount"] = "discount"
    freight: Slug
    placed: Slug
    paid: Slug
    currency: str
    per_order: Decimal
    order_limit: int
    total: Decimal
    pay_until: Moment
    quota: int
    count: Slug

    @model_validator(mode="after")
    def fields_known(self) -> Self:
        self.needs(self.freight, self.placed, self.paid, self.count)
        if self.end is None or self.start is None:
            raise ValueError("a discount needs its window, `from` and `until`")
        if moment(self.pay_until, self.zone, last=True) < moment(self.end, self.zone, last=True):
            raise ValueError("`pay_until` is earlier than the end of the window")
        return self


class Capacity(Computable):
    """So many things fit into one container ("a model binds up to N products")."""

    kind: Literal["capacity"] = "capacity"
    count: Slug
    per_container: int = Field(gt=0)
    container: Bilingual
    content: Bilingual

    @model_validator(mode="after")
    def fields_known(self) -> Self:
        self.needs(self.count)
        return self


class Stage(Frozen):
    """What follows from the nth occurrence on; `points` is deducted each time."""

    first: int
    points: Decimal = Decimal(0)
    text: Bilingual


class Escalation(Computable):
    """Consequences that grow with the number of occurrences."""

    kind: Literal["escalation"] = "escalation"
    occurrence: Slug
    stages: tuple[Stage, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def stages_in_order(self) -> Self:
        self.needs(self.occurrence)
        firsts = [stage.first for stage in self.stages]
        if firsts != sorted(set(firsts)) or firsts[0] != 1:
            raise ValueError("stages start with `first = 1` and grow")
        return self
