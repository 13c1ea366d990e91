"""What a bulletin may say: a few general kinds of rule, and entries of prose.

A bulletin is a folder of TOML files, a file a subject. Each file holds *items*. An item is one
thing that a seller can ask about; it brings its own wording (title, example utterances, key words),
its place in the bulletin, its validity and its certainty. Items of a computable kind bring fields,
thresholds and figures as well. Nothing here knows any figure of any month.

Money is Decimal in the currency that stands beside it, shares run from 0 to 1, dates are whole days
in the item's own time zone; `Item.opens` and `Item.closes` give them as aware moments.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Certainty = Literal["live", "expected", "announced"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Share = Annotated[Decimal, Field(ge=0, le=1)]
BEIJING = "Asia/Shanghai"

# Strict: a number such as 20210420 would otherwise be read as seconds since 1970.
Day = Annotated[date, Field(strict=True)]
Moment = Annotated[datetime, Field(strict=True)]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"`{name}` is no time zone; write it as `{BEIJING}`") from None
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]


def _twice(ids: Iterable[str]) -> str | None:
    """The first id that stands there a second time."""
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            return name
        seen.add(name)
    return None


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Bilingual(Frozen):
    """The same words in Chinese (simplified) and English."""

    zh: Name
    en: Name


class Link(Frozen):
    """An address or a menu path, exactly as printed."""

    title: Bilingual
    url: str | None = None
    path: str | None = None

    @model_validator(mode="after")
    def one_target(self) -> Self:
        if (self.url is None) == (self.path is None):
            raise ValueError("a link has either `url` or `path`")
        return self


class Utterances(Frozen):
    """Ways in which sellers ask for an item; the router learns from them."""

    zh: tuple[Name, ...] = ()
    en: tuple[Name, ...] = ()


class Choice(Frozen):
    """One of the values of a field that is chosen from a list."""

    id: Slug
    title: Bilingual
    aliases: tuple[Name, ...] = ()


FieldKind = Literal[
    "money", "number", "share", "count", "duration", "rank", "choice", "flag", "date", "moment"
]


NUMERIC = ("money", "number", "share", "count", "duration", "rank")


class FieldSpec(Frozen):
    """A value that a seller brings: how it is asked for and recognised.

    `cues` are words that stand near the value. A share may be told as two counts ("180 of 620"):
    `part_cues` and `whole_cues` name them. A flag is read from `yes` and `no` phrases.
    `lowest` and `highest` bound what is plausible, so that a bare number finds its field.
    A `proviso` field is told beside a verdict while it is unknown, and never asked for.
    """

    id: Slug
    kind: FieldKind
    name: Bilingual
    ask: Bilingual
    unit: str | None = None
    currency: str | None = None
    cues: tuple[Name, ...] = ()
    part_cues: tuple[Name, ...] = ()
    whole_cues: tuple[Name, ...] = ()
    choices: tuple[Choice, ...] = ()
    yes: tuple[Name, ...] = ()
    no: tuple[Name, ...] = ()
    proviso: bool = False
    lowest: Decimal | None = None
    highest: Decimal | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        if self.kind == "choice" and not self.choices:
            raise ValueError("a field of kind `choice` needs `choices`")
        if self.kind == "flag" and not (self.yes and self.no):
            raise ValueError("a field of kind `flag` needs `yes` and `no` phrases")
        if self.kind == "money" and not self.currency:
            raise ValueError("a field of kind `money` needs its `currency`")
        if self.kind in ("count", "duration") and not self.unit:
            raise ValueError(f"a field of kind `{self.kind}` needs its `unit`")
        if twice := _twice(choice.id for choice in self.choices):
            raise ValueError(f"two choices of the field `{self.id}` have the id `{twice}`")
        return self

    def check_bound(self, bound: Decimal) -> None:
        """ValueError where a threshold cannot be meant for this field."""
        if self.kind not in NUMERIC:
            raise ValueError(f"`{self.id}` is a {self.kind}, it has no threshold")
        if self.kind == "share" and not 0 <= bound <= 1:
            raise ValueError(f"`{self.id}` is a share from 0 to 1, its threshold is {bound}")

    def choice(self, choice_id: str) -> Choice:
        """The choice with this id; KeyError where there is none."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise KeyError(choice_id)


class Item(Frozen):
    """What all items share.

    `from`/`until` are the rule's own validity (dates include the whole day). `anchors` are figures
    and names as the bulletin prints them; `seller-bot knowledge check --source` proves them.
    `replaces` names the item of an earlier month that ends when this one begins.
    """

    id: Slug
    title: Bilingual
    section: Name
    certainty: Certainty = "live"
    start: Day | Moment | None = Field(default=None, alias="from")
    end: Day | Moment | None = Field(default=None, alias="until")
    timezone: TimeZone = BEIJING
    zone_assumed: bool = False
    date_note: Bilingual | None = None
    aliases: tuple[Name, ...] = ()
    words: tuple[Name, ...] = ()
    utterances: Utterances = Utterances()
    anchors: tuple[Name, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Bilingual, ...] = ()
    related: tuple[Slug, ...] = ()
    replaces: Slug | None = None

    @model_validator(mode="after")
    def dates_in_order(self) -> Self:
        opens, closes = self.opens, self.closes
        if opens and closes and opens > closes:
            raise ValueError("`from` is later than `until`")
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def opens(self) -> datetime | None:
        """The first moment of validity, aware; None where the rule has no beginning of its own."""
        return None if self.start is None else moment(self.start, self.zone, last=False)

    @property
    def closes(self) -> datetime | None:
        """The last second of validity, aware; None where the rule has no end."""
        return None if self.end is None else moment(self.end, self.zone, last=True)


def moment(value: date | datetime, zone: ZoneInfo, *, last: bool) -> datetime:
    """A printed date or time as an aware moment: a date's first second, or its last one."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    start = datetime.combine(value, time(), tzinfo=zone)
    if not last:
        return start
    return datetime.combine(value + timedelta(days=1), time(), tzinfo=zone) - timedelta(seconds=1)


class Entry(Item):
    """A question-and-answer entry: prose in our own words.

    `gap` marks what the bulletin does *not* print: the text says what it does and does not say.
    """

    kind: Literal["entry"] = "entry"
    text: Bilingual
    gap: bool = False


class Feature(Item):
    """A function of the platform that is live, expected or only announced, as of `from`."""

    kind: Literal["feature"] = "feature"
    text: Bilingual


class Steps(Item):
    """What to do, in order."""

    kind: Literal["steps"] = "steps"
    intro: Bilingual
    steps: tuple[Bilingual, ...] = Field(min_length=2)


class Computable(Item):
    """An item that computes or judges from the user's own values."""

    fields: tuple[FieldSpec, ...] = Field(min_length=1)
    intro: Bilingual | None = None

    @model_validator(mode="after")
    def field_ids_once(self) -> Self:
        if twice := _twice(field.id for field in self.fields):
            raise ValueError(f"two fields have the id `{twice}`")
        return self

    def field(self, field_id: str) -> FieldSpec:
        """The field with this id; KeyError where there is none."""
        for field in self.fields:
            if field.id == field_id:
                return field
        raise KeyError(field_id)

    def needs_choices(self, field_id: str, ids: Iterable[str]) -> None:
        """ValueError where one of the ids is no choice of the field."""
        known = {choice.id for choice in self.field(field_id).choices}
        if unknown := sorted(set(ids) - known):
            raise ValueError(f"choices {unknown} of `{field_id}` are not defined")

    def needs(self, *ids: str) -> None:
        """ValueError where one of the ids is no field of this item."""
        known = {field.id for field in self.fields}
        for wanted in ids:
            if wanted not in known:
                raise ValueError(f"`{wanted}` is not among the fields {sorted(known)}")


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


class Component(Frozen):
    """One part of a weighted score: so many points for each unit of change of a field."""

    field: Slug
    weight: Decimal


class WeightedScore(Computable):
    """A sum of weighted changes (later period minus earlier period, may be negative)."""

    kind: Literal["score"] = "score"
    components: tuple[Component, ...] = Field(min_length=1)
    earlier: Bilingual
    later: Bilingual

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


class Member(Frozen):
    """A name in a list, exactly as printed, with other ways of writing it."""

    name: Name
    en: Name | None = None
    aliases: tuple[Name, ...] = ()
    note: Bilingual | None = None


class MemberGroup(Frozen):
    """A part of a list. `count` is the printed number of names, checked on load."""

    id: Slug
    title: Bilingual
    included: bool
    members: tuple[Member, ...] = Field(min_length=1)
    count: int | None = None

    @model_validator(mode="after")
    def counted(self) -> Self:
        if self.count is not None and self.count != len(self.members):
            raise ValueError(f"`count` is {self.count}, {len(self.members)} members stand there")
        return self


class NameList(Item):
    """Who is in, who is out. `other` is told of a name that stands in no group."""

    kind: Literal["list"] = "list"
    subject: Bilingual
    groups: tuple[MemberGroup, ...] = Field(min_length=1)
    other: Bilingual
    name_cues: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def one_group_each(self) -> Self:
        seen: dict[str, str] = {}
        for group in self.groups:
            for member in group.members:
                for name in (member.name, *member.aliases):
                    key = name.casefold()
                    if seen.setdefault(key, member.name) != member.name:
                        raise ValueError(f"`{name}` stands for {seen[key]} and {member.name}")
        return self


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


class Column(Frozen):
    id: Slug
    title: Bilingual
    unit: str | None = None
    aliases: tuple[Name, ...] = ()


class Row(Frozen):
    name: Name
    aliases: tuple[Name, ...] = ()
    values: dict[Slug, str]


class Table(Item):
    """Named rows of figures, as printed. `score` names a WeightedScore that explains a column."""

    kind: Literal["table"] = "table"
    subject: Bilingual
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[Row, ...] = Field(min_length=1)
    score: Slug | None = None
    components: dict[Slug, Slug] = {}
    total: Slug | None = None

    @model_validator(mode="after")
    def rows_complete(self) -> Self:
        wanted = {column.id for column in self.columns}
        for row in self.rows:
            if set(row.values) != wanted:
                raise ValueError(f"row `{row.name}` does not fill the columns {sorted(wanted)}")
        named = {*self.components, *([self.total] if self.total else [])}
        if unknown := sorted(named - wanted):
            raise ValueError(f"`total` and `components` name no column {unknown}")
        return self


class Destination(Frozen):
    """A place that a look-up covers, or will cover."""

    title: Bilingual
    aliases: tuple[Name, ...] = ()
    certainty: Certainty = "live"
    start: Day | None = Field(default=None, alias="from")


class Coverage(Item):
    """Which destinations a service covers on which day. `other` stands for all the rest."""

    kind: Literal["coverage"] = "coverage"
    subject: Bilingual
    destinations: tuple[Destination, ...] = Field(min_length=1)
    other: Destination
    known_others: tuple[Name, ...] = ()


AnyItem = Annotated[
    Entry
    | Feature
    | Steps
    | Eligibility
    | TieredScore
    | WeightedScore
    | RankReward
    | Fee
    | Discount
    | NameList
    | Calendar
    | Enrolment
    | Deadlines
    | Exemption
    | Capacity
    | Escalation
    | Table
    | Coverage,
    Field(discriminator="kind"),
]


class Subject(Frozen):
    """A subject of a topic, and the names that it goes by."""

    topic: Slug
    subject: Slug
    title: Bilingual
    aliases: tuple[Name, ...] = ()
    words: tuple[Name, ...] = ()


class SubjectFile(Subject):
    """One data file: what the bulletin says about one subject."""

    items: tuple[AnyItem, ...] = Field(min_length=1)


class Month(Frozen):
    """`bulletin.toml` of a folder: which month's bulletin it is, and from when it is known."""

    id: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    title: Bilingual
    published: Day
    topics: dict[Slug, Bilingual]
    sections: tuple[Bilingual, ...] = ()


class Bulletin(Frozen):
    """One month's bulletin, loaded and checked."""

    month: Month
    subjects: tuple[SubjectFile, ...]
