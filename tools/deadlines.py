"""Last days that hold for one batch only."""

from dataclasses import dataclass
from datetime import date, datetime

from knowledge.model import Deadlines, Event
from tools.windows import Window, event_window


@dataclass(frozen=True, slots=True)
class DeadlineResult:
    """`applies` is None while the batch's date is not known. Deadlines in the rule's order."""

    applies: bool | None
    given: date | None
    deadlines: tuple[tuple[Event, Window], ...]


def deadlines_for(rule: Deadlines, given: date | None, *, now: datetime) -> DeadlineResult:
    """The deadlines at `now` (aware) for a batch dated `given`, in the rule's zone."""
    applies = None if given is None else rule.batch.first <= given <= rule.batch.last
    windows = tuple((event, event_window(event, rule, now=now)) for event in rule.events)
    return DeadlineResult(applies, given, windows)
