"""Days as written in English: May 10th, 10 May 2021, next Friday, end of June, tomorrow."""

import re
from datetime import date, timedelta

from handlers.values.almanac import (
    EN_PARTS,
    MONTHS,
    WEEKDAYS,
    Days,
    day,
    month_days,
    near,
    near_year,
    part_days,
    week_days,
    year_days,
)
from handlers.values.drafts import Draft
from handlers.values.patterns import late

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_NUMBER = r"(?:3[01]|[12][0-9]|0?[1-9])"
_TH = r"(?:\s?(?:st|nd|rd|th)(?![a-z]))?"
_LOOSE = r"(?![0-9:%/]|[.,][0-9]|\s?(?:k|w|usd|rmb|pcs|am|pm|%|percent|orders?|pieces|products?|points?|days?|items?)(?![a-z]))"
_YEAR = r"(?:\s*,?\s*(?P<year>(?:19|20)[0-9]{2})(?![0-9]))?"
_TO = r"\s*(?:-+|—+|~|to|till|until|through)\s*"
_MONTH_FIRST = late(
    rf"(?:{_WEEKDAY}\.?,?\s+)?(?P<month>{_MONTH})\.?\s*(?:the\s+)?(?P<day>{_NUMBER}){_TH}{_LOOSE}(?:{_TO}(?P<last>{_NUMBER}){_TH}{_LOOSE})?{_YEAR}"
)
_DAY_FIRST = late(
    rf"(?:{_WEEKDAY}\.?,?\s+(?:the\s+)?)?(?P<day>{_NUMBER}){_TH}(?:{_TO}(?P<last>{_NUMBER}){_TH})?\s*(?:of\s+)?(?P<month>{_MONTH})(?![a-z])\.?{_YEAR}"
)
_MONTH_ONLY = late(
    r"(?:(?:the\s+)?(?P<part>early|mid|late|end|beginning|start|middle)(?:\s+of)?(?:\s+|-)?)?(?:(?P<step>next|last|this)\s+)?"
    rf"(?P<month>{_MONTH})(?![a-z])\.?(?:\s*,?\s*(?P<year>(?:19|20)[0-9]{{2}})(?![0-9]))?"
)
_PART_OF = late(
    r"(?:the\s+)?(?P<part>early|mid|late|end|beginning|start|middle)(?:\s+of)?\s+"
    r"(?:(?P<which>the|this|next|last)\s+(?P<what>week|month|year)|(?P<bare>month|year)"
    r"|(?P<year>(?:19|20)[0-9]{2}))(?![a-z0-9])"
    r"|month[\s-]end(?![a-z])"
)
_RELATIVE = {
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "tomorrow": 1,
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
}
_RELATIVE_RE = late("(?:" + "|".join(_RELATIVE) + ")(?![a-z])")
_WEEKDAY_RE = late(
    rf"(?:(?P<step>next|this|last|coming)\s+)?(?P<day>{_WEEKDAY})(?![a-z])\.?(?P<of>\s+(?:(?:of|from)\s+)?(?P<week>next|this|last)\s+week(?![a-z]))?"
)
# The first Monday of May is none of the days that a weekday alone can mean.
_WEEKDAY_OF = late(r"\s+(?:of|after next|in (?:the|this|next))(?![a-z])")
_WEEKDAY_COUNTED = late(r"(?<![a-z])(?:first|second|third|fourth|1st|2nd|3rd|4th|every|each)\s$")
_SPAN = late(r"(?P<step>next|this|last)\s+(?P<what>weekend|week|month|year)(?![a-z-])")
_STEP = {"next": 1, "this": 0, "last": -1, "coming": 0, "the": 0}
_AGO = late(
    r"(?P<number>[0-9]{1,3}|an?|one|two|three|four|five|six|seven)\s+(?P<unit>day|week)s?\s+(?P<way>ago|from now)(?![a-z])"
)
_AGO_NUMBER = {word: i for i, word in enumerate("one two three four five six seven".split(), 1)}
_AGO_NUMBER |= {"a": 1, "an": 1}
_DAY_OF_MONTH = late(
    rf"(?P<day>{_NUMBER})(?:st|nd|rd|th)?\s+of\s+(?:the\s+)?(?P<which>this|next|last)\s+month(?![a-z])"
)
_THE_DAY = late(
    rf"(?<=the )(?P<day>{_NUMBER})(?:st|nd|rd|th)(?![a-z])(?P<month>\s+of\s+(?P<which>this|next|last)\s+month)?"
)
_DAY_BEFORE = late(r"(?:on|by|before|until|since|from|after|till) the $")
# Words that are months or weekdays only in some company.
_LIKE_A_MONTH = frozenset({"may", "march", "mar", "dec", "jan", "sep", "oct", "nov"})
_MONTH_COMPANY = late(
    r"(?:\b(?:in|of|for|by|until|since|from|before|after|during|to|the|and|or|till|than|vs|until)|[^a-z\s])\s*$"
)
_SHORT_DAYS = frozenset({"sun", "mon", "sat", "wed", "fri", "tue", "thu"})


def _draft(start: int, end: int, days: Days, *assumed: str) -> Draft:
    return Draft("date", start, end, first=days[0], last=days[1], assumed=assumed)


def _dated(match: re.Match[str], today: date) -> Draft | None:
    month, number = MONTHS[match["month"]], int(match["day"])
    year = match["year"]
    found = day(int(year), month, number) if year else near(month, number, today)
    if not found:
        return None
    last = day(found.year, month, int(match["last"])) if match["last"] else found
    if not last or last < found:
        return None
    start, end = match.start(), match.end() - (not year and match[0].endswith("."))
    return _draft(start, end, (found, last), *(() if year else ("year",)))


def _is_month(match: re.Match[str], given: str, text: str) -> bool:
    """Whether may, march and the short names stand for a month here."""
    name = match["month"]
    if text.strip(" .,!?") == name:
        return True
    if name not in _LIKE_A_MONTH or match["year"] or match["part"] or match["step"]:
        return True
    start = match.start("month")
    if name not in {"may", "march"} or given[start : start + len(name)].istitle():
        before = text[max(0, start - 8) : start]
        return bool(before.strip()) or name not in {"may", "march"}
    return bool(_MONTH_COMPANY.search(text[max(0, start - 8) : start]))


def _month(text: str, given: str, pos: int, today: date) -> Draft | None:
    match = _MONTH_ONLY.match(text, pos)
    if not match or not _is_month(match, given, text) or text.startswith("may day", pos):
        return None
    month = MONTHS[match["month"]]
    assumed: tuple[str, ...] = ()
    if match["year"]:
        year = int(match["year"])
    elif match["step"] in {"next", "last"}:
        ahead = match["step"] == "next"
        year = today.year + (month <= today.month if ahead else -(month >= today.month))
        assumed = ("year",)
    else:
        year, assumed = near_year(month, today), ("year",)
    if part := match["part"]:
        draft = _draft(*match.span(), part_days(year, month, EN_PARTS[part]), *assumed)
        draft.bound = "about"
        return draft
    return _draft(*match.span(), month_days(year, month), *assumed)


def _weekday(text: str, pos: int, today: date) -> Draft | None:
    match = _WEEKDAY_RE.match(text, pos)
    if not match:
        return None
    step, name, week = match["step"], match["day"], match["week"]
    if not week and (
        _WEEKDAY_OF.match(text, match.end()) or _WEEKDAY_COUNTED.search(text, max(0, pos - 8), pos)
    ):
        return None
    if name in _SHORT_DAYS and not step and not week:
        return None
    found = week_days(today, 0)[0] + timedelta(days=WEEKDAYS[name])
    if week or step == "next":
        found += timedelta(weeks=_STEP[week or "next"])
        return _draft(*match.span(), (found, found))
    if step == "last":
        found -= timedelta(weeks=found >= today)
        return _draft(*match.span(), (found, found), "week")
    if found < today and step != "this":
        found += timedelta(weeks=1)
    return _draft(*match.span(), (found, found), *(() if step == "this" else ("week",)))


def _part_of(text: str, pos: int, today: date) -> Draft | None:
    match = _PART_OF.match(text, pos)
    if not match:
        return None
    step, what = _STEP[match["which"] or "the"], match["what"] or match["bare"] or "month"
    part = EN_PARTS[match["part"] or "end"]
    if what == "year" or match["year"]:
        year = int(match["year"]) if match["year"] else today.year + step
        days = month_days(year, {"初": 1, "中": 6, "底": 12}[part])
    elif what == "week":
        monday, sunday = week_days(today, step)
        offset = {"初": 0, "中": 2, "底": 4}[part]
        days = (monday + timedelta(days=offset), min(sunday, monday + timedelta(days=offset + 2)))
    else:
        first, _ = month_days(today.year, today.month + step)
        days = part_days(first.year, first.month, part)
    draft = _draft(*match.span(), days)
    draft.bound = "about"
    return draft


def _relative(text: str, pos: int, today: date) -> Draft | None:
    if match := _RELATIVE_RE.match(text, pos):
        found = today + timedelta(days=_RELATIVE[match[0]])
        return _draft(*match.span(), (found, found))
    if match := _SPAN.match(text, pos):
        step, what = _STEP[match["step"]], match["what"]
        if what == "week":
            return _draft(*match.span(), week_days(today, step))
        if what == "weekend":
            _, sunday = week_days(today, step)
            return _draft(*match.span(), (sunday - timedelta(days=1), sunday))
        if what == "month":
            return _draft(*match.span(), month_days(today.year, today.month + step))
        return _draft(*match.span(), year_days(today.year + step))
    return None


def _counted(text: str, pos: int, today: date) -> Draft | None:
    if match := _AGO.match(text, pos):
        word = match["number"]
        number = int(word) if word.isdigit() else _AGO_NUMBER[word]
        days = number * (7 if match["unit"] == "week" else 1)
        found = today + timedelta(days=-days if match["way"] == "ago" else days)
        return _draft(*match.span(), (found, found))
    if match := _DAY_OF_MONTH.match(text, pos):
        first, _ = month_days(today.year, today.month + _STEP[match["which"]])
        found_day = day(first.year, first.month, int(match["day"]))
        return _draft(*match.span(), (found_day, found_day)) if found_day else None
    if match := _THE_DAY.match(text, pos):
        if not match["month"] and not _DAY_BEFORE.search(text[max(0, pos - 12) : pos]):
            return None
        step = _STEP[match["which"]] if match["month"] else 0
        first, _ = month_days(today.year, today.month + step)
        found_day = day(first.year, first.month, int(match["day"]))
        if found_day:
            return _draft(
                *match.span(), (found_day, found_day), *(() if match["month"] else ("month",))
            )
    return None


def english_day_at(text: str, given: str, pos: int, today: date) -> Draft | None:
    """The day or days written in English at that place, or None. `given` keeps the capitals."""
    digit = text[pos].isdigit()
    match = _DAY_FIRST.match(text, pos) or (None if digit else _MONTH_FIRST.match(text, pos))
    if digit:
        return (_dated(match, today) if match else None) or _counted(text, pos, today)
    return (
        (_dated(match, today) if match else None)
        or _relative(text, pos, today)
        or _part_of(text, pos, today)
        or _month(text, given, pos, today)
        or _weekday(text, pos, today)
        or _counted(text, pos, today)
    )


ENGLISH_STARTS = frozenset("abcdefghijklmnopqrstuvwxyz")
FIRST_WORDS = late(
    rf"(?:{_MONTH}|{_WEEKDAY}|next|last|this|coming|the|day|today|tonight|tomorrow|yesterday|early|mid|late"
    "|end|beginning|start|middle|month|an?|one|two|three|four|five|six|seven)(?![a-z])"
    rf"|(?:{_MONTH})[0-9]"
)
