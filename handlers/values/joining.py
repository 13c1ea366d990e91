"""Joins what belongs together: a day and a time, a weekday and a date, the ends of a range."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from handlers.values.clock import Clock
from handlers.values.drafts import CONNECT, Draft
from handlers.values.patterns import late

SHANGHAI = ZoneInfo("Asia/Shanghai")
_JOIN = late(r"\s?(?:的|,|在|于|at|on|t|@|\(|周[一二三四五六日天])?\s?(?:\)|,)?\s?")
_JOIN_BACK = late(r"\s?\(?(?:beijing time|china time|北京时间)?\)?\s?,?\s?(?:on|of|,)?\s?")
_JOIN_BEHIND = late(r"\s?[,(]?\s?")
_JOIN_WEEKDAY = late(r"\s?[,(]?\s?(?:the\s)?")
_ZONE_NAMES = (
    r"(北京时间|beijing time|china time|美国太平洋时间|太平洋时间|pacific time|美国时间|us time"
    r"|pst|pdt|pt|utc|gmt)"
)
_ZONE = late(rf"\s?\(?\s?{_ZONE_NAMES}(?![a-z])")
_ZONE_BEFORE = late(rf"(?<![a-z]){_ZONE_NAMES}\s?[:,的]?\s?$")
_SHANGHAI_NAMES = frozenset("北bc")


def _zone(text: str, clock: Clock, days: Draft | None) -> tuple[tzinfo, tuple[str, ...]]:
    """The zone that is named beside a time; Shanghai where none is."""
    if clock.offset is not None:
        return timezone(clock.offset), ()
    start = min(clock.start, days.start) if days else clock.start
    match = _ZONE.match(text, clock.end) or _ZONE_BEFORE.search(text, max(0, start - 16), start)
    if not match:
        return SHANGHAI, ()
    name = match[1]
    if name in {"utc", "gmt"}:
        return UTC, ()
    if name[0] in _SHANGHAI_NAMES:
        return SHANGHAI, ()
    certain = name not in {"pt", "美国时间", "us time"}
    return ZoneInfo("America/Los_Angeles"), () if certain else ("zone",)


def _moment(on: date, clock: Clock, zone: tzinfo) -> datetime:
    return datetime.combine(on, clock.at, zone) + timedelta(days=clock.days)


def _timed(text: str, days: Draft | None, clock: Clock, today: date) -> Draft:
    """A time on that day, or on the day of asking."""
    zone, assumed = _zone(text, clock, days)
    first = days.first if days else today
    last = days.last if days else today
    assert first is not None
    assert last is not None
    if days and text.startswith("tonight", days.start) and clock.at.hour < 12:
        clock = replace(clock, at=clock.at.replace(hour=clock.at.hour + 12), doubtful=False)
    start = min(clock.start, days.start) if days else clock.start
    end = max(clock.end, days.end) if days else clock.end
    draft = Draft(
        "time", start, end, first=_moment(first, clock, zone), last=_moment(last, clock, zone)
    )
    draft.assume(*(days.assumed if days else ("date",)), *assumed)
    if clock.doubtful:
        draft.assume("half_of_day")
        other = Draft("time", start, end, assumed=draft.assumed)
        shift = timedelta(hours=12)
        assert isinstance(draft.first, datetime)
        assert isinstance(draft.last, datetime)
        other.first, other.last = draft.first + shift, draft.last + shift
        draft.alternatives = (other,)
    return draft


def _one_day(draft: Draft) -> bool:
    return draft.kind == "date" and draft.first == draft.last


def combine(text: str, items: list[Draft | Clock], today: date) -> list[Draft]:
    """Days with the times beside them, weekdays with the dates beside them."""
    done: list[Draft] = []
    i = 0
    while i < len(items):
        item, after = items[i], items[i + 1] if i + 1 < len(items) else None
        if isinstance(item, Draft) and isinstance(after, Draft) and _same_day(text, item, after):
            after.start = item.start
            i += 1
            continue
        if isinstance(item, Draft):
            if isinstance(after, Draft) and _weekday_behind(text, item, after):
                item.end = after.end + (text[after.end : after.end + 1] == ")")
                done.append(item)
                i += 2
                continue
            if (
                isinstance(after, Clock)
                and _one_day(item)
                and _JOIN.fullmatch(text, item.end, after.start)
            ):
                done.append(_timed(text, item, after, today))
                i += 2
                continue
            if (
                _one_day(item)
                and text[item.end : item.end + 1] in {"晚", "早"}
                and text[item.start] in "今明昨"
            ):
                item.end += 1
            done.append(item)
        elif (
            isinstance(after, Draft)
            and _one_day(after)
            and _JOIN_BACK.fullmatch(text, item.end, after.start)
        ):
            done.append(_timed(text, after, item, today))
            i += 2
            continue
        else:
            done.append(_timed(text, None, item, today))
        i += 1
    return done


def _same_day(text: str, one: Draft, two: Draft) -> bool:
    """Friday May 14, 周五5月14日: the weekday says nothing new."""
    return (
        _one_day(one)
        and _one_day(two)
        and "week" in one.assumed
        and "week" not in two.assumed
        and bool(_JOIN_WEEKDAY.fullmatch(text, one.end, two.start))
    )


def _weekday_behind(text: str, one: Draft, two: Draft) -> bool:
    """May 13 (Thursday), 5月13日周四: the weekday behind says nothing new."""
    return (
        _one_day(one)
        and _one_day(two)
        and "week" in two.assumed
        and "week" not in one.assumed
        and one.first is not None
        and two.first is not None
        and one.first.weekday() == two.first.weekday()
        and bool(_JOIN_BEHIND.fullmatch(text, one.end, two.start))
    )


def ranges(text: str, drafts: list[Draft]) -> list[Draft]:
    """Two days or two times with a connector between them are one range."""
    done: list[Draft] = []
    for draft in drafts:
        last = done[-1] if done else None
        if last and CONNECT.fullmatch(text, last.end, draft.start) and _reaches(last, draft):
            last.end, last.last = draft.end, draft.last
            last.alternatives = ()
            last.assume(*draft.assumed)
        else:
            done.append(draft)
    return done


def _reaches(one: Draft, two: Draft) -> bool:
    if one.kind != two.kind or one.kind not in {"date", "time"}:
        return False
    if one.kind == "time" and "date" in two.assumed and isinstance(one.first, datetime):
        for draft in (two, *two.alternatives):
            assert isinstance(draft.last, datetime)
            draft.last = datetime.combine(one.first.date(), draft.last.timetz())
            if draft.last <= one.first and draft.alternatives:
                later = draft.last + timedelta(hours=12)
                draft.last = later
        two.assumed = one.assumed
    assert one.first is not None
    assert two.last is not None
    if isinstance(one.first, datetime) and isinstance(two.last, datetime):
        return one.first <= two.last
    if isinstance(two.last, datetime) or isinstance(one.first, datetime):
        return False
    if two.last < one.first and "week" in one.assumed and "week" in two.assumed:
        two.last += timedelta(weeks=1)
    if two.last < one.first and "year" in two.assumed and two.last.month < one.first.month:
        two.last = two.last.replace(year=one.first.year + 1, day=min(two.last.day, 28))
    return one.first <= two.last
