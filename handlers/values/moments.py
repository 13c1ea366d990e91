"""Dates and times of a text, those that belong together joined."""

from datetime import date

from handlers.values.clock import CLOCK_STARTS, Clock, clock_at
from handlers.values.days_en import ENGLISH_STARTS, FIRST_WORDS, english_day_at
from handlers.values.days_numeric import numeric_day_at, stands_free, year_alone_at
from handlers.values.days_zh import STARTS, day_at
from handlers.values.drafts import CONNECT, Draft
from handlers.values.joining import combine, ranges
from handlers.values.model import Bound
from handlers.values.patterns import late

_CANDIDATE = late(rf"(?<![0-9])[0-9]|(?<![a-z])[a-z]|[零两凌清早中下午傍晚夜半{STARTS}]")
# Behind a run of digits: what makes it worth a look as a day or a time.
_WORTH = late(
    r"[0-9]+(?P<next>\s?(?:st|nd|rd|th|[ap]\.?m|o'|[点时年月日号./:-]|[到至~—]|to\b)|\s?[a-z])"
)
_COMPACT = late(r"20[0-9]{6}(?![0-9])")
_AFTER = late(
    r"\s?(?:(?P<most>之前|以前|前(?![十几台端后名三四五六七八九0-9]|提(?!任务|交|报))|or before|or earlier|为止|截止)"
    r"|(?P<more>之后|以后|后(?![台面天续来])|or later)|(?P<least>起(?![草步订来码拍批诉量])|以来|onwards?))"
)
_BEFORE = late(
    r"(?:(?P<most>不晚于|截止到?|截至|(?<![a-z])(?:by|until|till|no later than|not later than))"
    r"|(?P<less>早于|(?<![a-z])before)|(?P<more>晚于|(?<![a-z])after)|(?P<least>(?<![a-z])(?:since|from|on or after)))"
    r"\s?(?:the\s)?$"
)
_NAMES: dict[str, Bound] = {
    "most": "at_most",
    "less": "less_than",
    "more": "more_than",
    "least": "at_least",
}


def _scan(text: str, given: str, today: date, blocked: bytearray) -> list[Draft | Clock]:
    """All days and times of the day, from left to right."""
    found: list[Draft | Clock] = []
    pos = 0
    while match := _CANDIDATE.search(text, pos):
        at = match.start()
        pos = at + 1
        if blocked[at]:
            continue
        char = text[at]
        digit = "0" <= char <= "9"
        if digit and not (_WORTH.match(text, at) or _COMPACT.match(text, at)):
            if year := year_alone_at(text, at):
                found.append(year)
            continue
        item: Draft | Clock | None = None
        if char in CLOCK_STARTS:
            item = clock_at(text, at)
        if item is None and digit:
            free = stands_free(text, at) or bool(
                found and CONNECT.fullmatch(text, found[-1].end, at)
            )
            item = (
                (numeric_day_at(text, at, today) if free else None)
                or day_at(text, at, today)
                or english_day_at(text, given, at, today)
            )
        elif item is None and char in ENGLISH_STARTS:
            if FIRST_WORDS.match(text, at):
                item = english_day_at(text, given, at, today)
        elif item is None:
            item = day_at(text, at, today)
        if item is not None and blocked.find(1, item.start, item.end) < 0:
            found.append(item)
            pos = item.end
    return found


def _bind(text: str, draft: Draft, floor: int) -> None:
    """月底前, before May 10: the side of the day that is meant."""
    if draft.kind == "share":
        return
    before = _BEFORE.search(text, max(floor, draft.start - 16), draft.start)
    after = _AFTER.match(text, draft.end)
    if after and after.lastgroup:
        draft.bound, draft.end = _NAMES[after.lastgroup], after.end()
    elif (
        before
        and before.lastgroup
        and not (before.lastgroup == "least" and draft.first != draft.last)
    ):
        draft.bound, draft.start = _NAMES[before.lastgroup], before.start()


def find_moments(text: str, given: str, today: date, blocked: bytearray) -> list[Draft]:
    """All dates and times (and the fractions that look like them), in order."""
    drafts = ranges(text, combine(text, _scan(text, given, today, blocked), today))
    floor = 0
    for draft in drafts:
        _bind(text, draft, floor)
        floor = draft.end
    return drafts
