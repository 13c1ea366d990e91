"""Items with dates: events, sign-up, deadlines, exemptions."""

from itertools import pairwise
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    model_validator,
)

from knowledge.model.base import (
    BEIJING,
    Bilingual,
    Certainty,
    Computable,
    Day,
    Frozen,
    Item,
    Link,
    Moment,
    Name,
    Slug,
    moment,
)


class Event(Frozen):
    """A dated event. `to` is None where only the beginning is printed, both where no date is."""

    id: Slug
    title: Bilingual
    aliases: tuple[Name, ...] = ()
    month: int | None = Field(default=None, ge=1, le=12)
    start: Day | Moment | None = Field(default=None, alias="from")
    end: Day | Moment | None = Field(default=None, alias="until")
    certainty: Certainty = "live"
    note: Bilingual | None = None

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.start and self.end:
            zone = ZoneInfo(BEIJING)
            if moment(self.start, zone, last=False) > moment(self.end, zone, last=True):
                raise ValueError("`from` is later than `until`")
        return self


class Phase(Frozen):
    """A phase of the monthly rhythm, told in words: its bounds are approximate."""

    id: Slug
    title: Bilingual
    aliases: tuple[Name, ...] = ()
    text: Bilingual
    first_day: int = Field(description="approximate, day of the month; 0 and below: month before")
    last_day: int
    unsure_days: int = Field(default=7, ge=0, description="so near a bound nobody can tell")


class Calendar(Item):
    """Dated events, in order of time, with the rhythm in which they recur."""

    kind: Literal["events"] = "events"
    subject: Bilingual
    events: tuple[Event, ...] = Field(min_length=1)
    phases: tuple[Phase, ...] = ()
    rhythm: Bilingual | None = None

    @model_validator(mode="after")
    def events_in_order(self) -> Self:
        dated = [e for e in self.events if e.start is not None]
        starts = [(e.id, moment(e.start, self.zone, last=False)) for e in dated if e.start]
        for (_, before), (name, after) in pairwise(starts):
            if before > after:
                raise ValueError(f"event `{name}` stands behind a later one")
        return self


class EnrolmentAddress(Frozen):
    """Where one signs up for the campaign of a month."""

    month: int = Field(ge=1, le=12)
    link: Link


class Enrolment(Item):
    """Sign-up of a recurring campaign; `calendar` names the Calendar item with its dates."""

    kind: Literal["enrolment"] = "enrolment"
    subject: Bilingual
    calendar: Slug
    phase: Slug
    addresses: tuple[EnrolmentAddress, ...] = Field(min_length=1)
    unknown: Bilingual
    prepare: tuple[Bilingual, ...] = ()


class Batch(Frozen):
    """To whom deadlines apply: a date (the day a resource was credited) within bounds."""

    title: Bilingual
    field: Slug
    first: Day
    last: Day
    other: Bilingual


class Deadlines(Computable):
    """Last days for a defined batch; for others the bulletin names none."""

    kind: Literal["deadlines"] = "deadlines"
    batch: Batch
    events: tuple[Event, ...] = Field(min_length=1)
    consequence: Bilingual

    @model_validator(mode="after")
    def fields_known(self) -> Self:
        self.needs(self.batch.field)
        if self.batch.first > self.batch.last:
            raise ValueError("the batch's `first` is later than its `last`")
        return self


class ExemptionWay(Frozen):
    """A way of shipping and the last working day for its saving event, counted from T.

    `offset` is in working days (negative: before T); None where nothing exempts. `event_cues` are
    words that stand near the day of the saving event, as against other days that are told.
    """

    id: Slug
    title: Bilingual
    aliases: tuple[Name, ...] = ()
    offset: int | None = None
    event: Bilingual | None = None
    event_cues: tuple[Name, ...] = ()
    counted_from: tuple[Bilingual, ...] = ()


class Exemption(Computable):
    """On-time shipping: what counts as shipped, and what exempts a late order.

    `way`, `agreed` (T), `happened` name fields; so do `total`, `late` and `exempt` of the rate.
    """

    kind: Literal["exemption"] = "exemption"
    way: Slug
    agreed: Slug
    happened: Slug
    total: Slug
    late: Slug
    exempt: Slug
    ways: tuple[ExemptionWay, ...] = Field(min_length=2)
    effect: Bilingual

    @model_validator(mode="after")
    def fields_known(self) -> Self:
        self.needs(self.way, self.agreed, self.happened, self.total, self.late, self.exempt)
        if {w.id for w in self.ways} != {c.id for c in self.field(self.way).choices}:
            raise ValueError(f"the choices of `{self.way}` are not the ids of the ways")
        return self
