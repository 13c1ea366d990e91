"""Days in figures: 5.10, 5/10, 2021-05-10, 7.26-8.1, 5/10/2021."""

from datetime import date, timedelta
from decimal import Decimal

from handlers.values.almanac import day, month_days, near, year_days
from handlers.values.drafts import Draft
from handlers.values.patterns import late

_ISO = late(
    r"((?:19|20)[0-9]{2})\s?([./-])\s?(1[0-2]|0?[1-9])\s?\2\s?(3[01]|[12][0-9]|0?[1-9])(?![0-9])[日号]?"
)
_COMPACT = late(r"(20[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01])(?![0-9a-z%万元]|[.,][0-9])")
_YEAR_LAST = late(r"([0-9]{1,2})([./-])([0-9]{1,2})\2((?:19|20)[0-9]{2})(?![0-9])")
_YEAR_MONTH = late(r"(20[0-9]{2})[-/](1[0-2]|0[1-9])(?![0-9./-])")
_PAIR = r"(1[0-2]|0?[1-9])\s?([./])\s?(3[01]|[12][0-9]|0?[1-9])(?![0-9])\s?[日号]?"
_SHORT = late(_PAIR)
_DASHED = late(r"(1[0-2]|0?[1-9])-(3[01]|[12][0-9]|0?[1-9])(?![0-9])[日号]?")
_RANGE = late(
    rf"{_PAIR}\s?(?:-|~|—+|到|至|to)\s?(?:{_PAIR}|(3[01]|[12][0-9]|0[1-9])(?![0-9]|[./][0-9])[日号]?)"
)
_MONTH_YEAR = late(r"(1[0-2]|0?[1-9])/((?:19|20)[0-9]{2})(?![0-9/.])")
_SLASH = late(r"([0-9]{1,6})/([0-9]{1,6})(?![0-9/])")
# What makes a figure with a point something else than a day.
_UNIT_AFTER = late(
    r"\s?(?:[万亿千百十元美刀块毛角%折成倍分星件个套单人票斤克米台条次天周小多欧英港]"
    r"|(?:usd|us\$|rmb|cny|eur|gbp|yuan|kg|g|cm|mm|m|x|k|w|pcs|pieces|days?|hours?|hrs?|weeks?|months?"
    r"|points?|percent|pct|inch|million|dollars?|euros?|bucks|[$€£¥])(?![a-z]))|[0-9a-z./%-]*[0-9a-z%]"
)
_MONEY_BEFORE = late(
    r"(?:[$¥€£]|usd|rmb|cny|eur|gbp|hkd|jpy|cad|aud|chf|sgd|inr|aed|sar|uah|myr|rm|thb|twd|krw|人民币|[美欧日港澳加韩]元|[港澳加日韩]币|英镑|美金|[价费额金率分占数]是?|v|版本?|评分为?)\s?$"
)
_DAY_BEFORE = late(
    r"(?:截止到?|截至|到账|在|于|从|自|\bon|\bby|before|until|since|from|after|till|到|至)\s?$"
)
_DAY_AFTER = late(
    r"\s?(?:之?前|以前|之?后|以后|截止|开始|生效|起|那天|当天|[0-2]?[0-9]:[0-5][0-9]|凌晨|中午|上午|下午|早上|晚上|deadline)"
)
_SHARE_BEFORE = late(
    r"(?:用了?|用掉|使用率?|占比?|权益|消耗了?|完成了?|只有|used|share|usage|about|率是?)\s?$"
)
_SHARE_AFTER = late(r"\s?(?:的|of\b|used)")
_COMMON = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)})


def _draft(start: int, end: int, first: date, last: date, *assumed: str) -> Draft:
    return Draft("date", start, end, first=first, last=last, assumed=assumed)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while text[end - 1] == " ":
        end -= 1
    return start, end


def _ordered(first: date, month: int, number: int) -> date | None:
    """The day of the other end: in the same year, or in the next one."""
    last = day(first.year, month, number)
    if last and last < first:
        last = day(first.year + 1, month, number)
    return last if last and last - first < timedelta(days=250) else None


def _range(text: str, pos: int, today: date) -> Draft | None:
    match = _RANGE.match(text, pos)
    if not match:
        return None
    month, number = int(match[1]), int(match[3])
    first = near(month, number, today)
    if not first:
        return None
    if match[7]:
        last = day(first.year, month, int(match[7]))
        if match[2] == "." and number < 10:
            return None
    else:
        last = _ordered(first, int(match[4]), int(match[6]))
    if not last or last < first:
        return None
    start, end = _trim(text, *match.span())
    if _UNIT_AFTER.match(text, end) or _MONEY_BEFORE.search(text[max(0, pos - 6) : pos]):
        return None
    return _draft(start, end, first, last, "month_day", "year")


def _share(start: int, end: int, part: int, whole: int) -> Draft:
    share = Draft("share", start, end, value=Decimal(part) / Decimal(whole))
    if share.value is not None and share.value.as_tuple().exponent == -28:
        share.assume("rounded")
    return share


def _short(text: str, pos: int, today: date) -> Draft | None:
    match = _SHORT.match(text, pos)
    if not match:
        return None
    start, end = _trim(text, *match.span())
    month, number, slash = int(match[1]), int(match[3]), match[2] == "/"
    before = text[max(0, pos - 6) : pos]
    marked = text[end - 1] in "日号"
    if _UNIT_AFTER.match(text, end) or _MONEY_BEFORE.search(before):
        return None
    found = near(month, number, today)
    if not found:
        return None
    dated = marked or bool(_DAY_BEFORE.search(before) or _DAY_AFTER.match(text, end))
    draft = _draft(start, end, found, found, "month_day", "year")
    if not slash:
        if not dated and len(match[3]) == 1:
            return None
        if not dated and not marked:
            other = Draft("number", start, end, value=Decimal(f"{match[1]}.{match[3]}"))
            draft.alternatives = (other,)
        return draft
    share = _share(start, end, month, number) if month <= number else None
    if share and not marked:
        fraction = (month, number) in _COMMON
        if (
            _SHARE_BEFORE.search(before)
            or _SHARE_AFTER.match(text, end)
            or (fraction and not dated)
        ):
            share.assume("fraction")
            draft.start, draft.end = start, end
            share.alternatives = (draft,)
            return share
        if not dated:
            draft.alternatives = (share,)
    if number <= 12 and number != month and not share and not dated:
        other_day = near(number, month, today)
        if other_day:
            draft.alternatives = (_draft(start, end, other_day, other_day, "day_first", "year"),)
    return draft


def _dashed(text: str, pos: int, today: date) -> Draft | None:
    match = _DASHED.match(text, pos)
    if not match:
        return None
    start, end = match.span()
    padded = match[1].startswith("0") or match[2].startswith("0")
    dated = text[end - 1] in "日号" or _DAY_AFTER.match(text, end)
    if not (padded or dated) or _UNIT_AFTER.match(text, end):
        return None
    found = near(int(match[1]), int(match[2]), today)
    return _draft(start, end, found, found, "month_day", "year") if found else None


def _month_year(text: str, pos: int) -> Draft | None:
    match = _MONTH_YEAR.match(text, pos)
    return _draft(*match.span(), *month_days(int(match[2]), int(match[1]))) if match else None


def _with_year(text: str, pos: int) -> Draft | None:
    if match := _ISO.match(text, pos):
        found = day(int(match[1]), int(match[3]), int(match[4]))
        return _draft(*match.span(), found, found) if found else None
    if match := _COMPACT.match(text, pos):
        found = day(int(match[1]), int(match[2]), int(match[3]))
        return _draft(*match.span(), found, found, "compact") if found else None
    if match := _YEAR_LAST.match(text, pos):
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        as_month, as_day = day(year, one, two), day(year, two, one)
        found = as_month or as_day
        if not found:
            return None
        code = "month_day" if as_month else "day_first"
        draft = _draft(*match.span(), found, found, *((code,) if as_month and as_day else ()))
        if as_month and as_day and as_month != as_day:
            draft.alternatives = (_draft(*match.span(), as_day, as_day, "day_first"),)
        return draft
    if match := _YEAR_MONTH.match(text, pos):
        year, month = int(match[1]), int(match[2])
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return _draft(*match.span(), date(year, month, 1), last)
    return None


def _fraction(text: str, pos: int) -> Draft | None:
    match = _SLASH.match(text, pos)
    if not match:
        return None
    part, whole = int(match[1]), int(match[2])
    if not 0 < part <= whole or _UNIT_AFTER.match(text, match.end()):
        return None
    share = _share(*match.span(), part, whole)
    share.assume("fraction")
    return share


_YEAR_ALONE = late(r"20[0-9]{2}(?![0-9%a-z]|[.,:][0-9])")
_YEAR_BEFORE = late(r"(?<![a-z])(?:in|since|during|of|year)\s$")


def year_alone_at(text: str, pos: int) -> Draft | None:
    """A year in figures behind a word that makes it one: in 2021."""
    match = _YEAR_ALONE.match(text, pos)
    if not match or not _YEAR_BEFORE.search(text, max(0, pos - 8), pos):
        return None
    year = int(match[0])
    return _draft(*match.span(), *year_days(year), "year_alone")


def stands_free(text: str, pos: int) -> bool:
    """Whether the figure there is not the rest of a longer one, of a name or of a sum of money."""
    before = text[pos - 1] if pos else " "
    return before not in ".:/-+#$¥€£_" and not (before.isascii() and before.isalnum())


def numeric_day_at(text: str, pos: int, today: date) -> Draft | None:
    """The day in figures at that place; a share where it is rather a fraction; or None."""
    return (
        _with_year(text, pos)
        or _range(text, pos, today)
        or _short(text, pos, today)
        or _dashed(text, pos, today)
        or _month_year(text, pos)
        or _fraction(text, pos)
    )
