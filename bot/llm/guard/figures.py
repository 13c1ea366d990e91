"""Figures with their units in any notation: 35,000 · 3.5万 · thirty-five thousand · Ⅱ · 5折 · 六成."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.llm.guard.model import Fact
from handlers.values.numerals import NUMERAL, amount_of, chinese

# Words in which a numeral counts nothing.
_IDIOM = re.compile(
    r"一下|一起|一定|一样|一般|一律|一旦|统一|之一|同一|唯一|一致|一直|一些|一并|一切|万一|任一|单一|一键|一时|第一时间"
    r"|一共|一方面|一边|一概|一次性|一点(?!五)|十分(?=[感抱重方便])|千万(?=[别不要])|百货|三方|二维码|一达通|双十一|四舍五入|三角"
    r"|三维|一目了然|一条龙|一经|一步步|逐一|进一步|缺一不可|唯二|一站式|一体|一手|另一|某一|每一|这一|那一|哪一|一是|二是|一来"
    r"|二者|两者|一旁|第一步|两种|两类|两个方面|一横杠|一横线|一杠|万里|九折起|百分点|百分比|几几|一口气|一心|半托管|一言|五金|五一|十一(?=[月假])"
    r"|(?<![a-z])(?:one another|one's|no one|one of|someone|anyone|everyone|first come|first served|first-come|first-served|at first|first of all|second-hand|zero-)(?![a-z])"
)
_NO_NUMBER = frozenset("数万千百亿点几半")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
          "xi": 11, "xii": 12, "xv": 15, "xx": 20, "xxv": 25, "xxx": 30, "l": 50, "lx": 60, "c": 100}  # fmt: skip
_ROMAN_WORD = re.compile(r"(?<![A-Za-z0-9&/'-])[IVXLC]{1,7}(?![A-Za-z0-9&/'-])")
_RANKED = re.compile(r"(?:tier|level|stage|phase|grade|step|no\.?|number|class|band|round)s?\s?$")

_CURRENCY = {
    "USD": r"us\s?dollars?|u\.s\. dollars?|usd|us\$|\$|美元|美金|刀(?!具)|dollars?|bucks?",
    "CNY": r"人民币|rmb|cny|¥|yuan|元(?!素)(?:人民币)?|块钱?(?!状)",
    "EUR": r"euros?|eur|€|欧元", "GBP": r"pounds?|gbp|£|英镑", "HKD": r"hkd|hk\$|港币|港元",
    "JPY": r"jpy|日元|yen", "AUD": r"aud|澳元", "CAD": r"cad|加元", "INR": r"inr|卢比",
}  # fmt: skip
_MONEY_WORD = {name: re.compile(rf"\s?(?:{words})(?![a-z])") for name, words in _CURRENCY.items()}
_MONEY_BEFORE = {
    name: re.compile(rf"(?<![a-z])(?:{words})\s?$") for name, words in _CURRENCY.items()
}

# unit name → (group, factor into the group's base unit, pattern)
_UNITS: list[tuple[str, int | Decimal, str]] = [
    ("percentage-points", 1, r"\s?(?:个)?百分点|[\s-]?percentage[\s-]points?|\s?pp(?![a-z])|\s?%[\s-]points?"),
    ("share", Decimal("0.01"), r"\s?%|\s?per\s?cent(?![a-z])|\s?percent|\s?pct(?![a-z])"),
    ("share", Decimal("0.001"), r"\s?‰"),
    ("share", Decimal("0.1"), r"成(?![交功为本立员了团长品])"),
    ("discount", 1, r"\s?折(?![扣合算])"),
    ("workday", 1, r"\s?个?工作日|[\s-]?(?:working|business)[\s-]days?"),
    ("time-span", 86400, r"\s?(?:个?自然日|天|日(?=[内之以])|[\s-]?(?:calendar[\s-]|natural[\s-])?days?(?![a-z]))"),
    ("time-span", 604800, r"\s?(?:个?星期|周(?!年|[一二三四五六日末])|个?礼拜(?![一二三四五六日天])|[\s-]?weeks?(?![a-z]))"),
    ("time-span", 3600, r"\s?(?:个?小时|个?钟头|[\s-]?(?:hours?|hrs?|h)(?![a-z]))"),
    ("time-span", 60, r"\s?(?:分钟|[\s-]?min(?:ute)?s?(?![a-z]))"),
    ("time-span", 1, r"\s?(?:秒钟?|[\s-]?sec(?:ond)?s?(?![a-z]))"),
    ("months", 1, r"\s?个月|[\s-]?months?(?![a-z])"),
    ("months", 12, r"\s?年(?!度|初|底|[前后]?[零一二三四五六七八九])|[\s-]?years?(?![a-z])"),
    ("points", 1, r"\s?(?:个)?(?:积分|分(?![钟之别成享销配析为类])|[\s-]?(?:points?|pts?)(?![a-z]))"),
    ("times", 1, r"\s?(?:倍|[\s-]?times(?= (?:the|as))|[\s-]?fold(?![a-z]))"),
    ("orders", 1, r"\s?(?:个|份)?(?:订单|单(?![个品位价一元证])|笔(?:订单)?)|[\s-]?(?:discounted\s)?orders?(?![a-z])"),
    ("occurrences", 1, r"\s?次(?![日要月])|[\s-]?(?:times|occurrences?)(?![a-z])"),
    ("weight", 1, r"\s?(?:kgs?|公斤|千克|kilograms?)(?![a-z])"),
    ("weight", Decimal("0.001"), r"\s?(?:g|克|grams?)(?![a-z])"),
    ("weight", 1000, r"\s?(?:吨|tonn?es?|tons?)(?![a-z])"),
    ("size", 1, r"\s?(?:mb|兆|megabytes?)(?![a-z])"), ("size", 1024, r"\s?(?:gb|gigabytes?)(?![a-z])"),
    ("pixels", 1, r"\s?(?:px|像素|pixels?)(?![a-z])"), ("length", 1, r"\s?(?:cm|厘米|公分)(?![a-z])"),
    ("length", 100, r"\s?(?:米|meters?|metres?)(?![a-z])"),
    ("people", 1, r"\s?(?:个)?(?:人|名(?![单称额义])|位(?![置于]))|[\s-]?(?:people|persons?)(?![a-z])"),
    ("degree", 1, r"\s?°|\s?度(?![假过])"),
]  # fmt: skip
_UNIT = [(group, Decimal(factor), re.compile(pattern)) for group, factor, pattern in _UNITS]
_THING = re.compile(r"\s?[个件款项条家种套张页行部组类份支只台片箱枚颗层步]")
_ORDINAL_UNIT = re.compile(r"\s?(?:(?:st|nd|rd|th)(?![a-z])|档|级(?!别)|星(?!期)|期(?!间|内|限))")
_RANK_BEFORE = re.compile(
    r"(?:第|(?<![a-z])(?:tier|level|stage|phase|grade|step|no\.|rank|ranked|place|order|number)[\s-]?)$"
)
_TOP = re.compile(r"(?:(?<![a-z])(?:top|first)[\s-]?|前)$")
_STAR = re.compile(r"\s?-?(?:星(?!期)|stars?(?![a-z]))")
_TDAY = re.compile(
    r"(?<![a-z])t\s?([+-])\s?([0-9]+|[一二三])(?![0-9])(?P<work>\s?个?工作日|\s(?:working|business)[\s-]days?)?"
)
_RANK_CLASS = {
    "单": "order",
    "件": "piece",
    "次": "time",
    "名": "rank",
    "位": "rank",
    "批": "batch",
}
_SHARE_ZH = re.compile(
    r"百分之([0-9零一二三四五六七八九十百点.]+)|千分之([0-9零一二三四五六七八九十点.]+)|万分之([0-9零一二三四五六七八九十点.]+)"
)
_WORDS = {
    "half": ("share", Decimal("0.5")), "一半": ("share", Decimal("0.5")), "减半": ("share", Decimal("0.5")),
    "半价": ("share", Decimal("0.5")), "double": ("times", Decimal(2)), "doubled": ("times", Decimal(2)),
    "twice": ("occurrences", Decimal(2)), "once": ("occurrences", Decimal(1)), "翻倍": ("times", Decimal(2)),
    "triple": ("times", Decimal(3)), "thrice": ("occurrences", Decimal(3)), "quarter": ("share", Decimal("0.25")),
    "dozen": ("number", Decimal(12)), "halved": ("share", Decimal("0.5")), "翻番": ("times", Decimal(2)),
    "third": ("ordinal", Decimal(3)), "fourth": ("ordinal", Decimal(4)), "fifth": ("ordinal", Decimal(5)),
    "first": ("ordinal", Decimal(1)), "second": ("ordinal", Decimal(2)), "sixth": ("ordinal", Decimal(6)),
    "seventh": ("ordinal", Decimal(7)), "eighth": ("ordinal", Decimal(8)), "ninth": ("ordinal", Decimal(9)),
    "tenth": ("ordinal", Decimal(10)), "eleventh": ("ordinal", Decimal(11)),
}  # fmt: skip
_WORD = re.compile(r"(?<![a-z])(?:" + "|".join(w for w in _WORDS if w.isascii()) + r")(?![a-z]|\s[0-9])|"
                   + "|".join(w for w in _WORDS if not w.isascii()))  # fmt: skip
_MARKER = re.compile(r"^[ \t]*(?:[(（]?([0-9]{1,2})[.、)）](?![0-9])|([①-⑳]))", re.MULTILINE)


def _take(blocked: bytearray, start: int, end: int) -> bool:
    if blocked.find(1, start, end) >= 0:
        return False
    blocked[start:end] = b"\x01" * (end - start)
    return True


def find_figures(text: str, plain: str, blocked: bytearray) -> Iterator[Fact]:
    """Figures of the folded text outside what is blocked; what is no known notation is `odd`."""
    for match in _IDIOM.finditer(plain):
        _take(blocked, *match.span())
    yield from _special(text, plain, blocked)
    at = 0
    while numeral := NUMERAL.search(plain, at):
        at = max(numeral.end(), numeral.start() + 1)
        if blocked.find(1, numeral.start(), numeral.end()) >= 0:
            at = numeral.start() + 1
            continue
        if numeral.group() in _NO_NUMBER:
            continue  # a word's character, which the check of the words covers
        fact = _figure(plain, numeral, blocked)
        at = max(at, fact.end)
        blocked[fact.start : fact.end] = b"\x01" * (fact.end - fact.start)
        yield fact
    for i, char in enumerate(plain):
        if not blocked[i] and (char.isdigit() or unicodedata.numeric(char, None) is not None):
            if char in "一二三四五六七八九十百千万亿零两几半" and not char.isascii():
                continue  # a lone character of a word, covered by the check of the words
            yield Fact("odd", char, i, i + 1, char)


# Figures that are part of a word (3D, Q3, P4P) name something and count nothing.
_CODE = re.compile(r"(?<![a-z0-9])(?:[a-z]+-?[0-9]+[a-z0-9]*|[0-9]+[a-z][a-z0-9]*)(?![a-z0-9])")
_NO_CODE = re.compile(
    r"(?:usd|rmb|cny|us|eur|t|tier|top|no)-?[0-9]+[kwm]?|[0-9]+(?:k|w|mn?|bn|st|nd|rd|th|h|hrs?|kg|g|mb|gb|px|cm|am|pm|x|pp|pcs|usd|rmb|cny|days?|hours?|weeks?|orders?|points?|pts?|percent|mins?)"
)


def _special(text: str, plain: str, blocked: bytearray) -> Iterator[Fact]:
    for match in _CODE.finditer(plain):
        if not _NO_CODE.fullmatch(match.group()) and _take(blocked, *match.span()):
            yield Fact("code", match.group(), *match.span(), match.group())
    for match in _MARKER.finditer(plain):
        if _take(blocked, *match.span()):
            number = match[1] or str(int(unicodedata.numeric(match[2])))
            yield Fact("step", Decimal(number), *match.span(), match.group(), soft=True)
    for match in _TDAY.finditer(plain):
        if _take(blocked, *match.span()):
            digits = {"一": "1", "二": "2", "三": "3"}.get(match[2], match[2])
            days = "working" if match["work"] else ""
            yield Fact("t-day", f"{match[1]}{digits}{days}", *match.span(), match.group())
    for match in _SHARE_ZH.finditer(plain):
        number = _plain_number(match[1] or match[2] or match[3])
        if match.group() == "百分之百":
            number = Decimal(100)
        scale = Decimal("0.01") if match[1] else Decimal("0.001") if match[2] else Decimal("0.0001")
        if number is not None and _take(blocked, *match.span()):
            yield Fact("share", (number * scale).normalize(), *match.span(), match.group())
    for match in _WORD.finditer(plain):
        group, value = _WORDS[match.group()]
        if _take(blocked, *match.span()):
            yield Fact(group, value, *match.span(), match.group())
    for match in _ROMAN_WORD.finditer(text):
        word = match.group().lower()
        ranked = _RANKED.search(plain[: match.start()])
        if word in _ROMAN and (ranked or len(word) > 1) and _take(blocked, *match.span()):
            yield Fact("ordinal", Decimal(_ROMAN[word]), *match.span(), match.group())
    for i, char in enumerate(text):
        if "Ⅰ" <= char <= "ⅿ" and _take(blocked, i, i + 1):
            yield Fact("ordinal", Decimal(int(unicodedata.numeric(char))), i, i + 1, char)


def _plain_number(text: str) -> Decimal | None:
    if text.replace(".", "", 1).isdecimal() and text.isascii():
        return Decimal(text)
    amount = chinese(text)
    return amount.low if amount and amount.exact else None


def _figure(plain: str, match: re.Match[str], blocked: bytearray) -> Fact:
    start, end = match.span()
    amount = amount_of(match)
    word = match["zh"] or match["words"] or ""
    if amount is None or not amount.exact:
        # Vague or unreadable (几百, 一三五): only the very same words will do.
        return Fact("odd", match.group(), start, end, match.group())
    value = amount.low
    sign = plain[start - 1 : start]
    if sign in "+-" and sign and not plain[max(0, start - 2) : start - 1].isalnum():
        value, start = (-value if sign == "-" else value), start - 1
    for name, pattern in _MONEY_BEFORE.items():
        if (before := pattern.search(plain[:start])) and not blocked[before.start()]:
            return _fact("money", (value, name), plain, before.start(), end)
    for name, pattern in _MONEY_WORD.items():
        if after := pattern.match(plain, end):
            return _fact("money", (value, name), plain, start, after.end())
    if star := _STAR.match(plain, end):
        return _fact("star", value, plain, start, star.end())
    rank = _RANK_BEFORE.search(plain[:start])
    counted = any(u.match(plain, end) for g, _, u in _UNIT if g != "percentage-points")
    if rank and (rank.group() == "第" or not counted):
        zh = rank.group() == "第"
        cls = _RANK_CLASS.get(plain[end : end + 1]) if zh else None
        fact = _fact("ordinal", value, plain, rank.start() if zh else start, end)
        return replace(fact, value=(fact.value, cls)) if cls else fact
    if top := _TOP.search(plain[:start]):
        unit = next((u.match(plain, end) for g, _, u in _UNIT if g == "people"), None)
        if not any(u.match(plain, end) for g, _, u in _UNIT if g not in ("people", "orders")):
            return _fact("top", value, plain, top.start(), unit.end() if unit else end)
    for group, factor, pattern in _UNIT:
        if after := pattern.match(plain, end):
            return _fact(group, value * factor, plain, start, after.end(), word)
    if after := _ORDINAL_UNIT.match(plain, end):
        return _fact("ordinal", value, plain, start, after.end())
    if after := _THING.match(plain, end):
        return _fact("number", value, plain, start, after.end(), word)
    return _fact("number", value, plain, start, end, word)


def _fact(
    group: str,
    value: Decimal | tuple[Decimal, str],
    plain: str,
    start: int,
    end: int,
    word: str = "",
) -> Fact:
    if isinstance(value, tuple):
        canonical: Decimal | tuple[Decimal, str] = (value[0].normalize(), value[1])
    else:
        canonical = value.normalize()
    soft = group in ("number",) and word in ("一", "one", "a", "an")
    return Fact(group, canonical, start, end, plain[start:end], soft=soft)
