"""Days of the calendar from their parts, relative to the day on which it is asked."""

from calendar import monthrange
from datetime import date, timedelta

from handlers.values.patterns import late

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NAMES = "january february march april may june july august september october november december"
MONTHS = {name: i for i, name in enumerate(_NAMES.split(), 1)}
MONTHS |= {name[:3]: i for name, i in MONTHS.items()} | {"sept": 9}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS = {name: i for i, name in enumerate(_DAYS.split())}
WEEKDAYS |= {name[:3]: i for name, i in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}
ZH_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
ZH_WEEKDAYS |= {str(i): i - 1 for i in range(1, 8)}
PARTS = {"初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20)}
PARTS |= {"底": (21, 31), "末": (21, 31), "下旬": (21, 31)}
EN_PARTS = {"early": "初", "beginning": "初", "start": "初", "mid": "中", "middle": "中"}
EN_PARTS |= {"late": "底", "end": "底"}

Days = tuple[date, date]
_SPOKEN = late("([一二两三四五六七八九])?(十)?([一二三四五六七八九])?")


def small(text: str) -> int:
    """A day, month or hour in digits or Chinese; 0 where it is none."""
    if text.isdigit() and text.isascii():
        return int(text)
    text = text.replace("廿", "二十").replace("正", "一")
    match = _SPOKEN.fullmatch(text)
    if not match or not text:
        return 0
    tens, ten, ones = match.groups()
    if not ten:
        return _DIGITS[text] if len(text) == 1 else 0
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def year_of(text: str) -> int:
    """2021, 21 or 二零二一 as a year."""
    if not text.isascii():
        text = "".join(str(_DIGITS[c]) for c in text)
    return int(text) if len(text) == 4 else 2000 + int(text)


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def near(month: int, number: int, today: date) -> date | None:
    """The day of that month in the year that brings it nearest to today."""
    found = [day(today.year + i, month, number) for i in (-1, 0, 1)]
    return min((d for d in found if d), key=lambda d: abs(d - today), default=None)


def near_year(month: int, today: date) -> int:
    """The year that brings the middle of that month nearest to today."""
    middle = near(month, 15, today)
    return middle.year if middle else today.year


def month_days(year: int, month: int) -> Days:
    """First and last day of a month; months before 1 and after 12 belong to other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def part_days(year: int, month: int, part: str) -> Days:
    """The ten days or so that 初, 中旬 or 底 names."""
    first, last = month_days(year, month)
    low, high = PARTS[part]
    return first.replace(day=low), first.replace(day=min(high, last.day))


def week_days(today: date, weeks: int) -> Days:
    """Monday to Sunday of the week that many weeks away."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def year_days(year: int) -> Days:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)
