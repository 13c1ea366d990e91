"""Where a moment stands in a window of time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from knowledge.model import Calendar, Certainty, Event, Item, moment

State = Literal["undated", "not_yet", "open", "last_day", "over"]


@dataclass(frozen=True, slots=True)
class Window:
    """A window at a moment. `opens` and `closes` are aware, in the rule's zone.

    `left` is the time until it opens (not_yet) or until it closes (open, last_day).
    """

    state: State
    opens: datetime | None
    closes: datetime | None
    certainty: Certainty
    left: timedelta | None = None


def window(item: Item, *, now: datetime) -> Window:
    """The item's own validity at `now` (aware)."""
    return _window(item.opens, item.closes, item.certainty, now)


def event_window(event: Event, item: Item, *, now: datetime) -> Window:
    """A dated event of an item at `now` (aware), in the item's zone."""
    opens = None if event.start is None else moment(event.start, item.zone, last=False)
    closes = None if event.end is None else moment(event.end, item.zone, last=True)
    return _window(opens, closes, event.certainty, now)


def _window(
    opens: datetime | None, closes: datetime | None, certainty: Certainty, now: datetime
) -> Window:
    if opens is None and closes is None:
        return Window("undated", None, None, certainty)
    if opens is not None and now < opens:
        return Window("not_yet", opens, closes, certainty, opens - now)
    if closes is None:
        return Window("open", opens, None, certainty)
    # Seconds are the finest that a bulletin prints: its last second belongs to the window whole.
    if now >= closes + timedelta(seconds=1):
        return Window("over", opens, closes, certainty)
    last_day = now.astimezone(closes.tzinfo).date() == closes.date()
    return Window("last_day" if last_day else "open", opens, closes, certainty, closes - now)


def next_event(calendar: Calendar, *, now: datetime) -> Event | None:
    """The running event, else the next dated one to come; None where all are over."""
    for event in calendar.events:
        if event_window(event, calendar, now=now).state in ("open", "last_day", "not_yet"):
            return event
    return None
