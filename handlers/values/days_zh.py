"""Days as written in Chinese: 5月10号, 6月底, 下周五, 月底, 后天, 20号."""

from collections.abc import Callable
from datetime import date, timedelta

from handlers.values.almanac import (
    ZH_WEEKDAYS,
    Days,
    day,
    month_days,
    near,
    near_year,
    part_days,
    small,
    week_days,
    year_days,
    year_of,
)
from handlers.values.drafts import Draft
from handlers.values.patterns import late

_DAY = r"(?:3[01]|[12][0-9]|0?[1-9](?![0-9])|[二两]?十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|正)"
_PART = r"(?:上旬|中旬|下旬|底|末|初(?!次|始|级)|中(?![国文美间午等心央外小]))"
_TO = r"\s?(?:-|~|—+|到|至)\s?"
# A bare number after a month is its day, unless a unit follows.
_LOOSE = r"(?![0-9]|[.,:][0-9]|\s?[件个单票人套元块万千百十%天条款小名次家笔年月周日号点分秒号]|\s?(?:k|w|usd|rmb|pcs|%))"
_FULL = late(
    r"(?:(?P<year>(?:19|20)[0-9]{2}|[12][0-9]|[一二][零〇九][零〇一二三四五六七八九]{2})\s?年\s?"
    r"|(?P<word>今年|去年|明年|本年|前年|后年)的?\s?)?"
    rf"(?P<month>{_MONTH})\s?月(?:份)?\s?"
    rf"(?:(?P<day>{_DAY})(?:(?P<mark>\s?[日号])|{_LOOSE})"
    rf"(?:{_TO}(?P<last>{_DAY})(?:\s?[日号]|{_LOOSE}))?"
    rf"|(?P<span>{_DAY}){_TO}(?P<until>{_DAY})\s?[日号]"
    rf"|的?(?P<part>{_PART}))?"
)
_YEAR = late(r"((?:19|20)[0-9]{2}|[一二][零〇九][零〇一二三四五六七八九]{2})\s?年(?!前|后|龄)")
_YEAR_WORD = late("(今年|去年|明年|前年|后年)(年?底|年?初)?")
_YEAR_STEP = {"今年": 0, "本年": 0, "去年": -1, "明年": 1, "前年": -2, "后年": 2}
_ONLY_DAY = late(
    rf"(?P<day>{_DAY})(?:\s?(?:号(?![线码店楼])|日(?![内均常活本元用出以之])))?"
    rf"(?:{_TO}(?P<last>{_DAY}))?\s?(?P<mark>号(?![线码店楼])|日(?![内均常活本元用出以之]))"
)
_WEEK = late(
    "(?P<step>上上|下下|上|下|这|本|今)?(?:一个|个|一)?(?:周|星期|礼拜)"
    "(?P<day>[一二三四五六日天](?!天)|[1-7](?![0-9.天个单件周]))?(?P<end>末)?(?![年几刊])"
)
_WEEK_STEP = {"上上": -2, "上": -1, "这": 0, "本": 0, "今": 0, "下": 1, "下下": 2}
_MONTH_WORD = late(
    rf"(?P<step>上上|下下|上|下|这|本)(?:一个|个)?月(?:份)?(?:的)?\s?(?:(?P<day>{_DAY})\s?[日号]|(?P<part>{_PART}))?"
    r"|(?P<bare>月底|月末|月初|月中(?!旬)|月中旬)"
)
_MONTH_STEP = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_HALF = late("(?:(?P<year>今年|去年|明年)的?)?(?P<half>上半年|下半年|年底|年初)")
_RELATIVE = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0}
_RELATIVE |= {
    "今晚": 0,
    "今早": 0,
    "明天": 1,
    "明日": 1,
    "明早": 1,
    "明晚": 1,
    "后天": 2,
    "后日": 2,
}
_RELATIVE |= {"大后天": 3, "大后日": 3, "前日": -2}
_RELATIVE_RE = late("|".join(sorted(_RELATIVE, key=len, reverse=True)))
_FEAST = late(
    "(五一(?![一二三四五六七八九十百千万点])(?:劳动节|节)?|劳动节|国庆节?|元旦节?|十一(?=黄金周|长假|国庆|期间|假期))(?:当天|那天)?"
)
_FEASTS = {"五": (5, 1), "劳": (5, 1), "国": (10, 1), "十": (10, 1), "元": (1, 1)}


def _draft(start: int, end: int, days: Days, *assumed: str) -> Draft:
    return Draft("date", start, end, first=days[0], last=days[1], assumed=assumed)


def _full(text: str, pos: int, today: date) -> Draft | None:
    match = _FULL.match(text, pos)
    if not match or not (month := small(match["month"])):
        return None
    start, end = match.span()
    assumed: tuple[str, ...] = ()
    if match["year"]:
        year = year_of(match["year"])
    elif match["word"]:
        year = today.year + _YEAR_STEP[match["word"]]
    else:
        year, assumed = near_year(month, today), ("year",)
    first = match["day"] or match["span"]
    if first:
        number = small(first)
        found = near(month, number, today) if assumed else day(year, month, number)
        if not found:
            return None
        until = match["last"] or match["until"]
        last = day(found.year, month, small(until)) if until else found
        if last is None or last < found:
            return None
        return _draft(start, end, (found, last), *assumed)
    if part := match["part"]:
        draft = _draft(start, end, part_days(year, month, part), *assumed)
        draft.bound = "about"
        return draft
    return _draft(start, end, month_days(year, month), *assumed)


def _only_day(text: str, pos: int, today: date) -> Draft | None:
    match = _ONLY_DAY.match(text, pos)
    if not match:
        return None
    spoken = not match["day"].isascii()
    if spoken and match["mark"] == "日" and len(match["day"]) == 1:
        return None
    found = day(today.year, today.month, small(match["day"]))
    last = day(today.year, today.month, small(match["last"])) if match["last"] else found
    if not found or not last or last < found:
        return None
    return _draft(*match.span(), (found, last), "month")


def _week(text: str, pos: int, today: date) -> Draft | None:
    match = _WEEK.match(text, pos)
    if not match:
        return None
    step, name = match["step"], match["day"]
    monday, sunday = week_days(today, _WEEK_STEP[step] if step else 0)
    start, end = match.span()
    if match["end"]:
        return (
            None
            if name
            else _draft(
                start, end, (sunday - timedelta(days=1), sunday), *(() if step else ("week",))
            )
        )
    if name:
        found = monday + timedelta(days=ZH_WEEKDAYS[name])
        if step:
            return _draft(start, end, (found, found))
        if found < today:
            found += timedelta(weeks=1)
        return _draft(start, end, (found, found), "week")
    return _draft(start, end, (monday, sunday)) if step else None


def _month_word(text: str, pos: int, today: date) -> Draft | None:
    match = _MONTH_WORD.match(text, pos)
    if not match:
        return None
    start, end = match.span()
    if bare := match["bare"]:
        draft = _draft(start, end, part_days(today.year, today.month, bare[1:]), "month")
        draft.bound = "about"
        return draft
    first, last = month_days(today.year, today.month + _MONTH_STEP[match["step"]])
    if match["day"]:
        found = day(first.year, first.month, small(match["day"]))
        return _draft(start, end, (found, found)) if found else None
    if part := match["part"]:
        draft = _draft(start, end, part_days(first.year, first.month, part))
        draft.bound = "about"
        return draft
    return _draft(start, end, (first, last))


def _year(text: str, pos: int, today: date) -> Draft | None:
    if match := _HALF.match(text, pos):
        year = today.year + _YEAR_STEP[match["year"] or "今年"]
        first, last = year_days(year)
        half = match["half"]
        spans = {
            "上半年": (first, date(year, 6, 30)),
            "下半年": (date(year, 7, 1), last),
            "年底": month_days(year, 12),
            "年初": month_days(year, 1),
        }
        draft = _draft(*match.span(), spans[half], *(() if match["year"] else ("year",)))
        draft.bound = "about" if half in {"年底", "年初"} else None
        return draft
    if match := _YEAR.match(text, pos):
        return _draft(*match.span(), year_days(year_of(match[1])))
    if match := _YEAR_WORD.match(text, pos):
        return _draft(*match.span(1), year_days(today.year + _YEAR_STEP[match[1]]))
    return None


def _word(text: str, pos: int, today: date) -> Draft | None:
    if match := _RELATIVE_RE.match(text, pos):
        found = today + timedelta(days=_RELATIVE[match[0]])
        end = match.end() - (1 if match[0][-1] in "晚早" else 0)
        return _draft(match.start(), end, (found, found))
    if match := _FEAST.match(text, pos):
        month, number = _FEASTS[match[1][0]]
        found_day = near(month, number, today)
        if found_day:
            return _draft(*match.span(), (found_day, found_day), "year")
    return None


_Rule = Callable[[str, int, date], Draft | None]
_NUMERIC: tuple[_Rule, ...] = (_full, _year, _only_day)
_RULES: dict[str, tuple[_Rule, ...]] = dict.fromkeys("0123456789", _NUMERIC)
_RULES |= dict.fromkeys("一二三四五六七八九十廿正", (_full, _year, _only_day, _word))
_RULES |= dict.fromkeys("今去明前后本大昨国元劳", (_full, _year, _word))
_RULES["今"] = (_full, _year, _week, _word)
_RULES["本"] = (_full, _week, _month_word)
_RULES |= dict.fromkeys("上下", (_year, _week, _month_word)) | dict.fromkeys(
    "这", (_week, _month_word)
)
_RULES |= dict.fromkeys("周星礼", (_week,)) | {"月": (_month_word,), "年": (_year,)}
# Not the start of a date: part of a longer number, of an ordinal, or of what comes again.
_BLOCK = frozenset("0123456789.第每几零〇一二三四五六七八九十百千近某哪")
_BLOCK_WORD = frozenset("每哪某第")


def day_at(text: str, pos: int, today: date) -> Draft | None:
    """The day or days that are written at that place, or None."""
    rules = _RULES.get(text[pos])
    if not rules:
        return None
    before = text[pos - 1] if pos else ""
    numeric = text[pos] in "0123456789一二三四五六七八九十廿正"
    if before and before in (_BLOCK if numeric else _BLOCK_WORD):
        return None
    if numeric and text[max(0, pos - 3) : pos].endswith(("每月", "每个月", "最近", "过去", "连续")):
        return None
    if not numeric and text[pos] == "月" and before == "个":
        return None
    if before == "个" and "第" in text[max(0, pos - 4) : pos]:
        return None
    for rule in rules:
        if found := rule(text, pos, today):
            return found
    return None


STARTS = "".join(_RULES)
