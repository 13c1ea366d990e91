"""What a duty column can say, as types. Shares are fractions of 1, money is in `currency`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Free:
    """No duty."""

    kind: ClassVar[str] = "free"


@dataclass(frozen=True, slots=True)
class AdValorem:
    """A share of the customs value."""

    share: Decimal
    kind: ClassVar[str] = "ad_valorem"


@dataclass(frozen=True, slots=True)
class Specific:
    """Money for each `per` of a unit (100 kg is per=100, unit="kg")."""

    amount: Decimal
    unit: str
    per: Decimal = Decimal(1)
    currency: str = "USD"
    kind: ClassVar[str] = "specific"


@dataclass(frozen=True, slots=True)
class PartOfQuantity:
    """A specific duty on a part only, or on another weight: drained, lead content, sugars."""

    rate: Specific
    part: str
    kind: ClassVar[str] = "part_of_quantity"


@dataclass(frozen=True, slots=True)
class PartOfValue:
    """A share of the value of a part only (the case, the battery), or of another value."""

    share: Decimal
    part: str
    kind: ClassVar[str] = "part_of_value"


@dataclass(frozen=True, slots=True)
class PerJewel:
    """Money for each jewel of a watch movement, or each jewel over a number."""

    amount: Decimal
    over: int = 0
    kind: ClassVar[str] = "per_jewel"


@dataclass(frozen=True, slots=True)
class PerPart:
    """Money for each other piece or part of a movement."""

    amount: Decimal
    kind: ClassVar[str] = "per_part"


Term: TypeAlias = AdValorem | Specific | PartOfQuantity | PartOfValue | PerJewel | PerPart


@dataclass(frozen=True, slots=True)
class Compound:
    """Terms that are added."""

    terms: tuple[Term, ...]
    kind: ClassVar[str] = "compound"


@dataclass(frozen=True, slots=True)
class SlidingScale:
    """So much less for each degree of polarisation under 100, not below a floor (sugar)."""

    rate: Specific
    less_per_degree: Specific
    floor: Specific
    kind: ClassVar[str] = "sliding_scale"


@dataclass(frozen=True, slots=True)
class Applicable:
    """Chapter 99: the duty of the line itself, plus or minus a share of a value.

    `part` names the value when it is not the customs value ("the steel content").
    """

    plus: Decimal = Decimal(0)
    part: str | None = None
    kind: ClassVar[str] = "applicable"


@dataclass(frozen=True, slots=True)
class ByReference:
    """The rate stands elsewhere: at another article, in a note, in another heading."""

    to: Literal["article", "note", "no_change"]
    text: str
    kind: ClassVar[str] = "by_reference"


@dataclass(frozen=True, slots=True)
class Conditional:
    """A rate that holds only under a condition told in words."""

    rate: Free | Compound
    condition: str
    kind: ClassVar[str] = "conditional"


@dataclass(frozen=True, slots=True)
class NoAdditionalDuty:
    """The additional-duty column says that there is none."""

    kind: ClassVar[str] = "no_additional_duty"


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A text that names no rate that value and quantity decide."""

    reason: Literal[
        "value_rule",
        "season",
        "bounds",
        "agricultural_component",
        "entry_price",
        "empty",
        "unreadable",
    ]
    text: str
    kind: ClassVar[str] = "not_computable"


Rate: TypeAlias = (
    Free
    | AdValorem
    | Specific
    | PartOfQuantity
    | PartOfValue
    | PerJewel
    | PerPart
    | Compound
    | SlidingScale
    | Applicable
    | ByReference
    | Conditional
    | NoAdditionalDuty
    | NotComputable
)


def understood(rate: Rate) -> bool:
    """Whether the text was read; a rate can be understood and still not be computable."""
    return not (isinstance(rate, NotComputable) and rate.reason == "unreadable")
