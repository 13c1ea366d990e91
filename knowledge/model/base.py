"""What all items share: names, links, fields, validity."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
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
