"""Where to sign up for a month's campaign, and whether sign-up is open."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.model import Calendar, Enrolment, Event, Link, Phase, moment
from tools.windows import Window, event_window


@dataclass(frozen=True, slots=True)
class EnrolmentResult:
    """`open` is None where it is not decidable: the printed bounds of sign-up are approximate."""

    month: int
    event: Event | None
    window: Window | None
    link: Link | None
    open: bool | None


def enrolment(
    rule: Enrolment, calendar: Calendar, month: int, *, year: int, now: datetime
) -> EnrolmentResult:
    """Sign-up for the campaign of `month` at `now` (aware), in the calendar's zone."""
    event = next((event for event in calendar.events if event.month == month), None)
    link = next((place.link for place in rule.addresses if place.month == month), None)
    if event is None:
        return EnrolmentResult(month, None, None, link, None)
    at = event_window(event, calendar, now=now)
    phase = next((phase for phase in calendar.phases if phase.id == rule.phase), None)
    return EnrolmentResult(month, event, at, link, _is_open(phase, month, year, at, now, calendar))


def _is_open(
    phase: Phase | None, month: int, year: int, at: Window, now: datetime, calendar: Calendar
) -> bool | None:
    if at.state in ("open", "last_day", "over"):
        return False
    if phase is None or at.state == "undated":
        return None
    first = date(year, month, 1)
    opens = moment(first + timedelta(days=phase.first_day - 1), calendar.zone, last=False)
    closes = moment(first + timedelta(days=phase.last_day - 1), calendar.zone, last=True)
    if min(abs(now - opens), abs(now - closes)) <= timedelta(days=phase.unsure_days):
        return None
    return opens < now < closes
