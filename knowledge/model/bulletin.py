"""A subject, a month, a bulletin."""

from typing import Annotated

from pydantic import (
    Field,
    StringConstraints,
)

from knowledge.model.amounts import Capacity, Discount, Escalation, Fee
from knowledge.model.base import Bilingual, Day, Frozen, Name, Slug
from knowledge.model.conditions import Eligibility, TieredScore
from knowledge.model.dates import Calendar, Deadlines, Enrolment, Exemption
from knowledge.model.names import Coverage, NameList, Table
from knowledge.model.prose import Entry, Feature, Steps
from knowledge.model.scores import RankReward, WeightedScore

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
