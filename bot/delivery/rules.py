"""What the operator has settled for all channels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.language import Language


@dataclass(frozen=True, slots=True)
class Rules:
    """Messages a minute a person, days that answers are kept (0 each: no limit).

    `subjects` are what a deep link may open: an id, and the words for it by language (zh, en).
    `as_of` and `language` hold where a person has settled nothing else.
    """

    person_rate: int = 0
    retention_days: int = 0
    subjects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    as_of: datetime | None = None
    language: Language | None = None
