"""Figures with what stands around them: money, shares, counts, durations, plain numbers."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from handlers.values.almanac import near
from handlers.values.bounds import RECENT, bound_after, bound_before
from handlers.values.drafts import CONNECT, Draft
from handlers.values.measure import Measure, Named
from handlers.values.measures import Reader
from handlers.values.numerals import NUMERAL
from handlers.values.patterns import late

_BETWEEN = late(r"(?:between|from|从|介于|在)\s?$")
_AND = late(r"\s?(?:and|和|与|跟)\s?")
_COMPOSITE = {
    ("year", "month"): 12,
    ("month", "day"): 0,
    ("week", "day"): 7,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
}
_DASHED = late(r"(1[0-2]|[1-9])-(3[01]|[12][0-9]|[1-9])")
_WAY = late("之?前|以前|之?后|以后")
_DAYS = {"day": 1, "week": 7}
_GLUE = late(r"\s?(?:零|又|and|,)?\s?")


@dataclass(frozen=True, slots=True)
class _Context:
    reader: Reader
    blocked: bytearray


def _partner(text: str, one: Measure, context: _Context) -> Measure | None:
    """The other end of a range that begins with this measure."""
    link = CONNECT.match(text, one.end)
    between = _BETWEEN.search(text, max(0, one.start - 8), one.start)
    if not link and between:
        link = _AND.match(text, one.end)
    if not link or link.end() >= len(text) or context.blocked[link.end()]:
        return None
    match = NUMERAL.match(text, link.end())
    if not match:
        start = context.reader.currency_start(text, link.end())
        match = NUMERAL.match(text, start) if start else None
    if not match:
        return None
    other = context.reader.read(text, match, link.end())
    if other is None or not (other.amount.exact and one.amount.exact):
        return None
    if not other.unit and (one.unit or between) and link[0].strip(" -~—"):
        # 差200刀到35000, from 1,200 to 1,500: a way, no range.
        return None
    return other


def _range(text: str, one: Measure, two: Measure) -> Draft | None:
    """One draft of both ends; the unit of either holds for both."""
    low, high = one.amount.low, two.amount.low
    if (
        two.amount.scale > 1
        and one.amount.scale == 1
        and not one.unit
        and low < high / two.amount.scale
    ):
        low *= two.amount.scale
    if one.unit and two.unit and one.unit[:2] != two.unit[:2]:
        return None
    unit: Named | None = two.unit or one.unit
    worth = unit[2] if unit else Decimal(1)
    low, high = low * (one.unit[2] if one.unit else worth), high * worth
    if low >= high:
        return None
    draft = two.draft(unit)
    draft.value, draft.start = None, one.start
    draft.low, draft.high = low, high
    draft.assume(*one.assumed)
    return draft


def _bind(text: str, draft: Draft, floor: int, blocked: bytearray) -> None:
    """The bound that stands before or behind."""
    after = bound_after(text, draft.end)
    before = bound_before(text, floor, draft.start)
    if before and blocked.find(1, before[1], draft.start) >= 0:
        before = None
    if before and before[0] == "about" and draft.kind == "duration":
        # 近90天 is the last ninety days.
        recent = RECENT.search(text, max(floor, draft.start - 10), draft.start)
        before = None if recent else before
    for found in (after, before):
        if found and (draft.bound is None or (draft.bound == "about" and found[0] != "about")):
            draft.bound = found[0]
    if after:
        draft.end = after[1]
    if before:
        draft.start = before[1]


def _joined(text: str, one: Draft, two: Draft) -> bool:
    """Whether 1小时30分钟 and the like are one duration; then the first takes it up."""
    if one.kind != "duration" or two.kind != "duration" or one.value is None or two.value is None:
        return False
    factor = _COMPOSITE.get((one.unit or "", two.unit or ""))
    if not factor or one.bound or not _GLUE.fullmatch(text, one.end, two.start):
        return False
    one.value, one.unit = one.value * factor + two.value, two.unit
    one.end, one.bound = two.end, two.bound
    return True


def _other_readings(text: str, draft: Draft, today: date) -> None:
    """5-10 may be a day, 3天后 may be counted from the day of asking."""
    if draft.kind == "number" and (pair := _DASHED.fullmatch(text, draft.start, draft.end)):
        found = near(int(pair[1]), int(pair[2]), today)
        code: tuple[str, ...] = ("month_day", "year")
    elif (
        draft.kind == "duration"
        and draft.value is not None
        and draft.unit in _DAYS
        and draft.bound is None
        and (way := _WAY.match(text, draft.end))
    ):
        number = int(draft.value * _DAYS[draft.unit])
        if number > 1000:
            return
        found = today + timedelta(days=number if "后" in way[0] else -number)
        code = ("from_today",)
    else:
        return
    if found:
        other = Draft("date", draft.start, draft.end, first=found, last=found, assumed=code)
        draft.alternatives = (other,)


def find_quantities(text: str, blocked: bytearray, reader: Reader) -> list[Draft]:
    """All figures of the folded text outside what is blocked, in order."""
    context = _Context(reader, blocked)
    found: list[Draft] = []
    pos = floor = 0
    while match := NUMERAL.search(text, pos):
        pos = match.end()
        if blocked[match.start()] or blocked.find(1, match.start(), pos) >= 0:
            continue
        one = reader.read(text, match, floor)
        if one is None or blocked.find(1, one.start, one.end) >= 0:
            continue
        two = _partner(text, one, context)
        draft = _range(text, one, two) if two else None
        if draft is None:
            draft = one.draft(one.unit)
        _bind(text, draft, floor, blocked)
        if not reader.says_something(text, match, one, draft):
            continue
        _other_readings(text, draft, reader.today)
        pos = max(pos, draft.end)
        floor = draft.end
        if not (found and _joined(text, found[-1], draft)):
            found.append(draft)
    return found
