"""What a bulletin may say: a few general kinds of rule, and entries of prose.

A bulletin is a folder of TOML files, a file a subject. Each file holds *items*. An item is one
thing that a seller can ask about; it brings its own wording (title, example utterances, key words),
its place in the bulletin, its validity and its certainty. Items of a computable kind bring fields,
thresholds and figures as well. Nothing here knows any figure of any month.

Money is Decimal in the currency that stands beside it, shares run from 0 to 1, dates are whole days
in the item's own time zone; `Item.opens` and `Item.closes` give them as aware moments.
"""

from knowledge.model.amounts import Capacity, Discount, Escalation, Fee, FeeWay, Stage
from knowledge.model.base import (
    BEIJING,
    NUMERIC,
    Bilingual,
    Certainty,
    Choice,
    Computable,
    Day,
    FieldKind,
    FieldSpec,
    Frozen,
    Item,
    Link,
    Moment,
    Name,
    Share,
    Slug,
    TimeZone,
    Utterances,
    moment,
)
from knowledge.model.bulletin import AnyItem, Bulletin, Month, Subject, SubjectFile
from knowledge.model.conditions import Condition, Eligibility, Tier, TieredScore
from knowledge.model.dates import (
    Batch,
    Calendar,
    Deadlines,
    Enrolment,
    EnrolmentAddress,
    Event,
    Exemption,
    ExemptionWay,
    Phase,
)
from knowledge.model.names import (
    Column,
    Coverage,
    Destination,
    Member,
    MemberGroup,
    NameList,
    Row,
    Table,
)
from knowledge.model.prose import Entry, Feature, Steps
from knowledge.model.scores import Component, RankReward, RewardBand, WeightedScore

__all__ = [
    "BEIJING",
    "NUMERIC",
    "AnyItem",
    "Batch",
    "Bilingual",
    "Bulletin",
    "Calendar",
    "Capacity",
    "Certainty",
    "Choice",
    "Column",
    "Component",
    "Computable",
    "Condition",
    "Coverage",
    "Day",
    "Deadlines",
    "Destination",
    "Discount",
    "Eligibility",
    "Enrolment",
    "EnrolmentAddress",
    "Entry",
    "Escalation",
    "Event",
    "Exemption",
    "ExemptionWay",
    "Feature",
    "Fee",
    "FeeWay",
    "FieldKind",
    "FieldSpec",
    "Frozen",
    "Item",
    "Link",
    "Member",
    "MemberGroup",
    "Moment",
    "Month",
    "Name",
    "NameList",
    "Phase",
    "RankReward",
    "RewardBand",
    "Row",
    "Share",
    "Slug",
    "Stage",
    "Steps",
    "Subject",
    "SubjectFile",
    "Table",
    "Tier",
    "TieredScore",
    "TimeZone",
    "Utterances",
    "WeightedScore",
    "moment",
]
