"""Times of the day: 下午3点, 两点半, 15:00, 23:59:59, 3 pm, noon."""

import re
from dataclasses import dataclass
from datetime import time, timedelta

from handlers.values.almanac import small
from handlers.values.patterns import late

_HALVES = r"am|pm|a\.m\.?|p\.m\.?|in the (?:morning|afternoon|evening)"
_PERIOD = "凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|夜里|半夜|夜间|晚|早"
_PM = frozenset({"下午", "午后", "傍晚", "晚上", "夜里", "夜间", "晚"})
_HOUR_ZH = "(?:二?十[一二三四]?|[一二两三四五六七八九]|零)"
_MINUTE = "(?:[0-5]?[0-9](?:分(?!钟))?(?![0-9])|[二三四五]?十[一二三四五六七八九]?(?:分(?!钟))?|[零]?[一二三四五六七八九]分(?!钟)|零[一二三四五六七八九])"
_SPOKEN = late(
    rf"(?P<period>{_PERIOD})?\s?(?P<hour>[0-2]?[0-9]|{_HOUR_ZH})\s?(?P<mark>点钟?|时(?![间候长段刻效常]))"
    rf"(?P<minute>半|整|一刻|三刻|{_MINUTE})?(?P<second>[0-5]?[0-9]秒)?"
)
_COLON = late(
    rf"(?:(?P<period>{_PERIOD})\s?)?(?P<hour>[01]?[0-9]|2[0-4]):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?![0-9:])"
    rf"(?:\s?(?P<half>{_HALVES})(?![a-z]))?"
    r"(?P<offset>[+-][0-9]{2}:[0-9]{2}(?![0-9:])|z(?![a-z]))?"
)
_HALF_SHARED = late(
    r"(?P<hour>1[0-2]|0?[1-9])(?=\s?(?:-|~|—|to)\s?(?:1[0-2]|0?[1-9])(?::[0-5][0-9])?\s?(?P<half>am|pm|a\.m|p\.m))"
)
_HALF = late(r"(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>am|pm|a\.m\.?|p\.m\.?)(?![a-z])")
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_OCLOCK = late(
    r"(?P<hour>[0-2]?[0-9])\s?o'?clock(?![a-z])(?:\s?(?P<half>am|pm|in the (?:morning|afternoon|evening)))?"
)
_PAST = late(
    r"(?P<minute>half|quarter|[0-5]?[0-9])(?:\s+minutes?)?\s+(?P<way>past|to)\s+"
    r"(?P<hour>1[0-2]|0?[1-9])(?:\s?o'?clock)?\s?(?P<half>am|pm|a\.m\.?|p\.m\.?)?(?![a-z0-9%])"
)
_WORD = late("(?:noon|midday|midnight)(?![a-z])")
_NOT_TIME = late(r"\s?(?:[击开评赞数券要建问说注原内不疑优多一:：滴子心]|[0-9])")
_TIME_AFTER = late(r"\s?(?:$|[,.;!?。，、)）\s]|[前后以之到至开结能可会截才就的下-])")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day; `doubtful` where it may be twelve hours later."""

    start: int
    end: int
    at: time
    days: int = 0
    doubtful: bool = False
    offset: timedelta | None = None


def _hour(hour: int, period: str | None, half: str | None) -> int:
    late = period in _PM or (half or "").startswith("p") or (half or "").endswith("noon")
    late = late or (half or "").endswith("evening")
    if late and hour < 12:
        return hour + 12
    if period == "中午" and hour < 3:
        return hour + 12
    if hour == 12 and ((half or "").startswith("a") or period in {"凌晨", "半夜", "晚上"}):
        return 0 if period != "晚上" else 24
    return hour


def _clock(match: re.Match[str], hour: int, minute: int, second: int) -> Clock | None:
    groups = match.groupdict()
    period, half = groups.get("period"), groups.get("half")
    doubtful = not period and not half and 0 < hour < 12 and groups.get("mark") is not None
    hour = _hour(hour, period, half)
    if hour > 24 or (hour == 24 and (minute or second)):
        return None
    at, offset = time(hour % 24, minute, second), _offset(groups.get("offset"))
    return Clock(*match.span(), at, hour // 24, doubtful, offset)


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text == "z":
        return timedelta(0)
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    return (-offset if text[0] == "-" else offset) if offset < timedelta(hours=24) else None


def _minutes(text: str | None) -> int:
    if not text or text == "整":
        return 0
    if text in {"半", "一刻", "三刻"}:
        return {"半": 30, "一刻": 15, "三刻": 45}[text]
    return small(text.rstrip("分").lstrip("零"))


def _spoken(text: str, pos: int) -> Clock | None:
    match = _SPOKEN.match(text, pos)
    if not match:
        return None
    word, minute, period = match["hour"], match["minute"], match["period"]
    if not word:
        return None
    hour = small(word) if word != "零" else 0
    end = match.end()
    if hour > 24 or (match["mark"] == "时" and not word.isascii() and not (minute or period)):
        return None
    if not minute and not period and match["mark"] != "点钟":
        if _NOT_TIME.match(text, end):
            return None
        if not word.isascii() and (word == "一" or not _TIME_AFTER.match(text, end)):
            return None
    if minute and not period and not word.isascii() and minute.isascii() and "分" not in minute:
        return None
    if minute and minute.isascii() and len(minute) == 1 and not period:
        return None
    if minute and end < len(text) and text[end] in "万亿千百%元块美成个倍":
        return None
    return _clock(match, hour, _minutes(minute), int((match["second"] or "0").rstrip("秒")))


def clock_at(text: str, pos: int) -> Clock | None:
    """The time of the day that is written at that place, or None."""
    before = text[pos - 1] if pos else ""
    if before and (before in ".:/第几" or (before.isdigit() and text[pos].isdigit())):
        return None
    if match := _COLON.match(text, pos):
        return _clock(match, int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    if match := (
        _HALF.match(text, pos) or _OCLOCK.match(text, pos) or _HALF_SHARED.match(text, pos)
    ):
        return _clock(match, int(match["hour"]), 0, 0)
    if (match := _PAST.match(text, pos)) and (
        match["way"] == "past" or match["minute"] == "quarter"
    ):
        minutes = {"half": 30, "quarter": 15}.get(match["minute"]) or int(match["minute"])
        back = match["way"] == "to"
        return _clock(match, int(match["hour"]) - back, 60 - minutes if back else minutes, 0)
    if match := _WORD.match(text, pos):
        return Clock(*match.span(), _WORDS[match[0]])
    return _spoken(text, pos)


CLOCK_STARTS = frozenset("0123456789零一二两三四五六七八九十凌清早上中下午傍晚夜半nmhq")
