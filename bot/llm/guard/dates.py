"""Dates and times of day in any of the usual notations, as facts."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.llm.guard.model import Fact
from handlers.values.numerals import chinese

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?![a-z])"
)
_N = "[0-9零一二三四五六七八九十廿卅]"
_Y = r"(?P<y>[0-9]{4}|[零一二三四五六七八九]{4})"
_D = r"(?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9a-z]|[.,][0-9])"
_TO = r"\s?(?:-|~|至|到|to|until|till|through|and|与|和)\s?"
_EARLY, _MID, _LATE = "初|上旬|头", "中旬|中(?![国心文])", "底|末|下旬"
_QUAL_EN = r"(?:(?P<q>early|start of|beginning of|the beginning of|mid|middle of|the middle of|late|end of|the end of)[\s-]+)?"

_PATTERNS = (
    # 2021-04-20, 2021/4/20, 2021.4.20
    re.compile(
        r"(?<![0-9./-])(?<![0-9],)(?P<y>[12][0-9]{3})([-/.])(?P<m>0?[1-9]|1[0-2])\2(?P<d>0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    ),
    # 2021年4月20日, 4月20号, 4月底, 2021年4月, 4月
    re.compile(
        rf"(?:(?<![0-9]){_Y}\s?年\s?)?(?<![0-9零一二三四五六七八九十个])(?P<m>{_N}{{1,3}})\s?月(?:份)?\s?"
        rf"(?:(?P<d>{_N}{{1,3}})\s?[日号]|(?P<q>{_EARLY}|{_MID}|{_LATE}))?"
    ),
    # 20 April 2021, 20th of April
    re.compile(
        rf"(?<![0-9.:/-])(?<![0-9],){_D}\s?(?:of\s)?{_MONTH.format('mon')}(?:,?\s?(?P<y>[12][0-9]{{3}}))?(?![0-9])"
    ),
    # April 20, 2021; mid-June; end of April
    re.compile(
        rf"(?<![a-z]){_QUAL_EN}{_MONTH.format('mon')}(?:\s?{_D})?(?:,?\s?(?P<y>[12][0-9]{{3}})(?![0-9]))?"
    ),
    # 4/20
    re.compile(r"(?<![0-9./-])(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12][0-9]|3[01])(?![0-9/.])"),
    # 20日, 25号
    re.compile(rf"(?<![0-9第{_N[1:-1]}])(?P<d>{_N}{{1,3}})\s?[日号](?![内码线前以])"),
    # 2021年
    re.compile(r"(?<![0-9])(?P<y>[12][0-9]{3})\s?年(?!内)"),
)
# The first day of a range: 10 to 20 May, 10-20 May, May 10-20, 5月10日至20日
_RANGE_EN = re.compile(
    rf"(?<![0-9.:/-])(?<![0-9],)(?P<a>[0-3]?[0-9])(?:st|nd|rd|th)?{_TO}(?P<b>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.format('mon')}(?:,?\s(?P<y>[12][0-9]{{3}}))?"
    rf"|(?<![a-z]){_MONTH.format('mon2')}\s(?P<a2>[0-3]?[0-9])(?:st|nd|rd|th)?{_TO}(?P<b2>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9:])(?:,?\s(?P<y2>[12][0-9]{{3}}))?"
)
_QUALITY = {"初": "early", "上": "early", "头": "early", "中": "mid", "底": "late", "末": "late", "下": "late",
            "early": "early", "start": "early", "beginning": "early", "mid": "mid", "middle": "mid",
            "late": "late", "end": "late", "the": ""}  # fmt: skip

_TIME = re.compile(
    r"(?<![0-9:])(?P<h>[01]?[0-9]|2[0-4]):(?P<min>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?(?![0-9:])\s?(?P<half>[ap]\.?m(?:\.|(?![a-z])))?"
    r"|(?<![0-9:.])(?P<h3>1[0-2]|0?[1-9])\s?(?P<half3>[ap]\.?m(?:\.|(?![a-z])))"
    r"|(?<![0-9,.])(?P<day>凌晨|早上|上午|中午|下午|晚上|傍晚)?\s?(?P<h2>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})\s?(?:点钟?|时(?![间候效段区限长装]))"
    r"(?:(?P<min2>[0-9]{1,2}|[零一二三四五六七八九十]{1,3})\s?分(?:(?P<s2>[0-9]{1,2})\s?秒)?|(?P<halfpast>半)|整)?(?![以零一二三四五六七八九0-9])"
    r"|(?<![a-z])(?P<word>noon|midnight)(?![a-z])|(?P<wordzh>正午|午夜|零点)"
)


def small(text: str) -> int | None:
    """A whole number of up to three characters, in digits or Chinese."""
    if text.isdecimal() and text.isascii():
        return int(text)
    amount = chinese(text)
    return int(amount.low) if amount and amount.exact and amount.low == int(amount.low) else None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii():
        return int(text)
    return int("".join(str("零一二三四五六七八九".index(char)) for char in text))


def _is_month(text: str, at: int, match: re.Match[str]) -> bool:
    """Whether `may` is the month: not the verb."""
    word = match.groupdict().get("mon")
    if word not in ("may", "mar"):
        return True
    if match.groupdict().get("d") or match.groupdict().get("y") or match.groupdict().get("q"):
        return True
    place = match.start("mon")
    before = re.search(
        r"(?:\b(?:in|of|for|the|until|by|since|from|to|this|next|last|and|until)|^|[(;,:])\s?$",
        text[:place].lower(),
    )
    return bool(before) and text[place : place + 1] == "M" and word == "may" and at >= 0


def find_dates(text: str, plain: str, blocked: bytearray) -> Iterator[Fact]:
    """Dates in the folded text; `text` is the text as given, of the same length."""
    for match in _RANGE_EN.finditer(plain):
        if blocked.find(1, match.start(), match.end()) >= 0:
            continue
        of_range = _MONTHS.index((match["mon"] or match["mon2"])[:3]) + 1
        in_year = _year(match["y"] or match["y2"])
        for name in ("a", "b") if match["a"] else ("a2", "b2"):
            start, end = match.span(name)
            yield Fact(
                "date", (in_year, of_range, int(match[name]), ""), start, end, plain[start:end]
            )
        blocked[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    before: tuple[int | None, int | None, int] | None = None
    found: list[Fact] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if not match.group() or blocked.find(1, match.start(), match.end()) >= 0:
                continue
            if not _is_month(text, match.start(), match):
                continue
            value = _date(match)
            if value is None:
                continue
            start, end = match.span()
            blocked[start:end] = b"\x01" * (end - start)
            found.append(Fact("date", value, start, end, plain[start:end]))
    for fact in sorted(found, key=lambda f: f.start):
        year, month, day, _quality = fact.value
        alone = month is None and day is not None
        if alone and before and re.fullmatch(_TO, plain[before[2] : fact.start]):
            year, month = before[0], before[1]
            fact = replace(fact, value=(year, month, day, ""))  # noqa: PLW2901
        before = (year, month, fact.end)
        yield fact


def _date(match: re.Match[str]) -> tuple[int | None, int | None, int | None, str] | None:
    groups = match.groupdict()
    if mon := groups.get("mon"):
        month: int | None = _MONTHS.index(mon[:3]) + 1
    else:
        month = small(groups["m"]) if groups.get("m") else None
    day = small(groups["d"]) if groups.get("d") else None
    year = _year(groups.get("y"))
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    slashed = groups.get("m") and "/" in match.group() and year is None
    if slashed and month and day and day <= 12 and month != day:
        return (None, month, day, "?")  # 5/6: nobody can tell which is the month
    quality = groups.get("q") or ""
    for mark, name in _QUALITY.items():
        if mark != "the" and mark in quality:
            return (year, month, day, name)
    return (year, month, day, "")


def find_times(plain: str, blocked: bytearray) -> Iterator[Fact]:
    """Times of day, as seconds after midnight."""
    for match in _TIME.finditer(plain):
        start, end = match.span()
        if blocked.find(1, start, end) >= 0:
            continue
        seconds = _seconds(match)
        if seconds is None:
            continue
        blocked[start:end] = b"\x01" * (end - start)
        yield Fact("time", seconds, start, end, plain[start:end])


def _seconds(match: re.Match[str]) -> int | None:
    if match["word"] or match["wordzh"]:
        return 43200 if (match["word"] or match["wordzh"]) in ("noon", "正午") else 0
    half = match["half"] or match["half3"] or ""
    if match["h2"]:
        hour = small(match["h2"])
        minute = 30 if match["halfpast"] else small(match["min2"]) if match["min2"] else 0
        second = int(match["s2"] or 0)
        late = match["day"] in ("下午", "晚上", "傍晚") or (match["day"] == "中午" and hour == 1)
    else:
        hour = int(match["h"] or match["h3"])
        minute, second = int(match["min"] or 0), int(match["s"] or 0)
        late = half.startswith("p")
    if hour is None or minute is None or hour > 24:
        return None
    if late and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return hour * 3600 + minute * 60 + second
