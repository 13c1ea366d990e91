"""Calendars, sign-up, deadlines and exemptions by working days."""

import re
from datetime import date, datetime, time
from typing import Any

from handlers.cues import NEXT, NOW
from handlers.kinds.common import ask, part, validity
from handlers.names import find_names
from handlers.reply import Part
from handlers.slots import SPAN
from handlers.turn import Turn
from handlers.wording import render
from knowledge.model import Calendar, Deadlines, Enrolment, Event, Exemption, Phase
from tools.deadlines import deadlines_for
from tools.enrolment import enrolment as enrolment_of
from tools.shipping import CalendarNotPublishedError, on_time_rate
from tools.shipping import exemption as exemption_of
from tools.windows import Window, event_window, next_event

NEARBY = 40  # characters between a day and the words for what happened on it


def months_of(turn: Turn) -> tuple[int, ...]:
    """Months that the message names as a whole (7月, July)."""
    found = []
    for value in turn.values:
        first, last = value.first, value.last
        if value.kind == "date" and first and last and (last - first).days >= 27:
            found.append(first.month)
    return tuple(dict.fromkeys(found))


def days_of(turn: Turn) -> tuple[date, ...]:
    """Single days that the message names."""
    days = []
    for value in turn.values:
        first, last = value.first, value.last
        if first is None or last is None:
            continue
        one, other = (x.date() if isinstance(x, datetime) else x for x in (first, last))
        if one == other:
            days.append(one)
    return tuple(dict.fromkeys(days))


def events(turn: Turn, item: Calendar) -> Part:
    chosen = _chosen(turn, item)
    told = [(event, event_window(event, item, now=turn.now)) for event in chosen]
    phases = _phases(turn, item)
    every = [] if chosen or phases else list(item.events)
    upcoming = next_event(item, now=turn.now)
    days = _inside(turn, item, chosen) if chosen else []
    listed = [(event, event_window(event, item, now=turn.now)) for event in every]
    bounds = [at for _, at in (*told, *listed) if at.opens and at.closes]
    lines = render(
        turn.language,
        "events",
        rule=item,
        chosen=told,
        phases=phases,
        days=days,
        all=listed,
        next=(upcoming, event_window(upcoming, item, now=turn.now)) if upcoming else None,
        zone_assumed=item.zone_assumed,
        local=(bounds[0].opens, bounds[0].closes) if bounds else None,
    )
    return part(
        turn,
        "answer",
        lines,
        tool="event_window",
        arguments={"events": [event.id for event in chosen or item.events]},
        result=_windows(told),
    )


def _windows(told: list[tuple[Event, Window]]) -> list[dict[str, Any]]:
    return [
        {"event": e.id, "state": w.state, "opens": w.opens, "closes": w.closes} for e, w in told
    ]


def _chosen(turn: Turn, item: Calendar) -> list[Event]:
    months = months_of(turn)
    names = [
        (name, event)
        for event in item.events
        for name in (event.title.zh, event.title.en, *event.aliases)
    ]
    found = {f.payload.id: f.payload for f in find_names(turn.plain, names)}
    chosen = [e for e in item.events if e.id in found or (e.month and e.month in months)]
    if chosen and NEXT.search(turn.plain) and (after := next_event(item, now=turn.now)):
        chosen += [after] if after not in chosen else []
    if chosen or len(item.events) == 1:
        return chosen or list(item.events)
    day = next(iter(days_of(turn)), None)
    if day is not None:
        around = [e for e in item.events if e.month == day.month]
        if around and not NOW.search(turn.plain):
            return around
    if (NEXT.search(turn.plain) or NOW.search(turn.plain)) and (
        upcoming := next_event(item, now=turn.now)
    ):
        return [upcoming]
    if re.search(r"最后一[期场]|last one", turn.plain):
        return [e for e in item.events if e.start is not None][-1:]
    return []


def _phases(turn: Turn, item: Calendar) -> list[Phase]:
    names = [(name, phase) for phase in item.phases for name in (phase.title.zh, *phase.aliases)]
    found = {f.payload.id for f in find_names(turn.plain, names)}
    return [phase for phase in item.phases if phase.id in found and phase is not item.phases[-1]]


def _inside(turn: Turn, item: Calendar, chosen: list[Event]) -> list[tuple[date, Event, bool]]:
    told = []
    today = turn.now.astimezone(item.zone).date()
    for day in days_of(turn):
        noon = datetime.combine(day, time(12), tzinfo=item.zone)
        for event in chosen:
            if event.start is not None and day != today:
                state = event_window(event, item, now=noon).state
                told.append((day, event, state in ("open", "last_day")))
    return told


def enrolment(turn: Turn, item: Enrolment) -> Part:
    calendar = turn.view[item.calendar].item
    assert isinstance(calendar, Calendar), "the loader checks the kind of the calendar"
    upcoming = next(
        (e for e in calendar.events
         if event_window(e, calendar, now=turn.now).state in ("not_yet", "undated")), None
    )  # fmt: skip
    month = next(iter(months_of(turn)), None) or _named_month(turn, calendar)
    if month is None:
        month = (
            (upcoming.month if upcoming else None) or calendar.events[-1].month or turn.now.month
        )
    year = next((e.start.year for e in calendar.events if e.start), turn.now.year)
    result = enrolment_of(item, calendar, month, year=year, now=turn.now)
    phase = next((phase for phase in calendar.phases if phase.id == item.phase), None)
    lines = render(turn.language, "enrolment", rule=item, result=result, phase=phase)
    return part(
        turn,
        "answer",
        lines,
        tool="enrolment",
        arguments={"month": month},
        result={"month": month, "open": result.open,
                "address": result.link and (result.link.url or result.link.path)},
    )  # fmt: skip


def _named_month(turn: Turn, calendar: Calendar) -> int | None:
    names = [(name, e.month) for e in calendar.events for name in e.aliases]
    return next((f.payload for f in find_names(turn.plain, names)), None)


def deadlines(turn: Turn, item: Deadlines) -> Part:
    given = turn.day(item.batch.field)
    result = deadlines_for(item, given, now=turn.now)
    lines = render(
        turn.language,
        "deadlines",
        rule=item,
        result=result,
        given=given,
        given_text=_span_text(turn, item.batch.field),
        checks=() if result.applies is False else _missed(turn, item),
    )
    return part(
        turn,
        "answer",
        lines,
        tool="deadlines_for",
        arguments={"given": given},
        result={"applies": result.applies, "deadlines": _windows(list(result.deadlines))},
    )


def _span_text(turn: Turn, field_id: str) -> str:
    """A month or a range in the user's own words: its first day would say too much."""
    slot = turn.slots.get(field_id)
    return slot.text if slot and SPAN in slot.assumed else ""


def _missed(turn: Turn, item: Deadlines) -> tuple[str, ...]:
    """For a day that the user plans with: before or after each deadline."""
    days = [day for day in days_of(turn) if day != turn.day(item.batch.field)]
    if not days:
        return ()
    names = [(n, e) for e in item.events for n in (e.title.zh, e.title.en, *e.aliases)]
    named = {f.payload.id for f in find_names(turn.plain, names)}
    told: list[dict[str, Any]] = []
    for day in days:
        noon = datetime.combine(day, time(12), tzinfo=item.zone)
        for event in item.events:
            if len(named) == 1 and event.id not in named:
                continue
            at = event_window(event, item, now=noon)
            told.append({"day": day, "event": event, "at": at, "over": at.state == "over"})
    return render(turn.language, "deadline_days", days=told)


def exemption(turn: Turn, item: Exemption) -> Part:
    total, late, exempt = (turn.number(n) for n in (item.total, item.late, item.exempt))
    if total and late is not None:
        return _rate(turn, item, int(total), int(late), int(exempt or 0))
    if total and _RATE.search(turn.plain) and turn.mode == "judge":
        missing = [item.field(name) for name in (item.late, item.exempt)]
        return ask(turn, missing, tool="on_time_rate")
    agreed, way = turn.day(item.agreed), turn.word(item.way)
    if way and next(w for w in item.ways if w.id == way).offset is None and turn.mode == "judge":
        agreed = agreed or turn.now.astimezone(item.zone).date()
    if agreed is None:
        if turn.day(item.happened) is None and not (turn.mode == "judge" and way):
            return part(turn, "answer", (*_exemption(turn, item), *validity(turn)))
        return ask(turn, [item.field(item.agreed)], _exemption(turn, item), tool="exemption")
    happened = _event_day(turn, item, way) or turn.day(item.happened)
    if happened is None and _SAME_DAY.search(turn.plain):
        happened = agreed
    ways = [w for w in item.ways if way in (None, w.id)]
    try:
        results = [exemption_of(item, w.id, agreed=agreed, happened=happened) for w in ways]
    except CalendarNotPublishedError as error:
        lines = _exemption(turn, item, unpublished=error.year)
        return part(turn, "answer", lines, tool="exemption", arguments={"agreed": agreed})
    if way is None and (
        happened is not None or (_JUDGED.search(turn.plain) and not _LATEST.search(turn.plain))
    ):
        beside = _exemption(turn, item, both=results, agreed=agreed)
        return ask(turn, [item.field(item.way)], beside, tool="exemption")
    judged = _JUDGED.search(turn.plain) and not _LATEST.search(turn.plain)
    if happened is None and way and judged and results[0].last_day:
        beside = _exemption(turn, item, result=results[0], agreed=agreed)
        return ask(turn, [item.field(item.happened)], beside, tool="exemption")
    one = results[0] if way is not None else None
    lines = _exemption(turn, item, result=one, both=results, agreed=agreed)
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool="exemption",
        arguments={"way": way, "agreed": agreed, "happened": happened},
        result=[{"way": r.way.id, "last_day": r.last_day, "exempt": r.exempt} for r in results],
    )


def _event_day(turn: Turn, item: Exemption, way_id: str | None) -> date | None:
    """The day told beside the words for the way's own saving event, but not the agreed one."""
    cues = [cue for way in item.ways if way.id == way_id for cue in way.event_cues]
    best: tuple[int, date] | None = None
    for found in find_names(turn.plain, [(cue, cue) for cue in cues]):
        for value in turn.values:
            first = value.first.date() if isinstance(value.first, datetime) else value.first
            if (
                first is None
                or value.kind not in ("date", "time")
                or first == turn.day(item.agreed)
            ):
                continue
            gap = max(value.start - found.end, found.start - value.end)
            if 0 <= gap <= NEARBY and (best is None or gap < best[0]):
                best = (gap, first)
    return best[1] if best else None


_LATEST = re.compile(r"最晚|最迟|哪天|几号|\b(?:latest|last day|by when|until when|which day)\b")
_SAME_DAY = re.compile(r"当天|同一天|当日|same day")
_RATE = re.compile(r"发货率|按时率|\brate\b")
_JUDGED = re.compile(
    r"能豁免|可以?豁免|豁免[吗么不]|算逾期|能不能豁免|可不可以豁免|exempt(?:ed)?\s*[吗么?？]|be exempt|is it exempt|do i get"
)


def _rate(turn: Turn, item: Exemption, total: int, late: int, exempt: int) -> Part:
    if not 0 <= exempt <= late <= total:
        missing = [item.field(n) for n in (item.total, item.late, item.exempt)]
        return ask(turn, missing, tool="on_time_rate")
    rate = on_time_rate(total, late, exempt)
    lines = _exemption(turn, item, rate=rate)
    return part(
        turn,
        "answer",
        lines,
        tool="on_time_rate",
        arguments={"total": total, "late": late, "exempt": exempt},
        result=rate,
    )


def _exemption(turn: Turn, item: Exemption, **facts: Any) -> tuple[str, ...]:
    known = {"rate": None, "result": None, "both": (), "agreed": None, "unpublished": None}
    return render(turn.language, "exemption", rule=item, **{**known, **facts})
