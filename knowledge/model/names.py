"""Items that list names: memberships, tables, places."""

from typing import Literal, Self

from pydantic import (
    Field,
    model_validator,
)

from knowledge.model.base import Bilingual, Certainty, Day, Frozen, Item, Name, Slug


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
    """Who is in, who is out. `other` is told of a name in no group, `intro` with the whole list."""

    kind: Literal["list"] = "list"
    subject: Bilingual
    groups: tuple[MemberGroup, ...] = Field(min_length=1)
    other: Bilingual
    intro: Bilingual | None = None
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
    components: dict[Slug, Slug] = Field(default_factory=dict)
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
