"""Numerals: 35,000 · 2.5w · 3万5 · 一千零二十 · 八九百 · 几十 · thirty-five thousand."""

import re
from dataclasses import dataclass
from decimal import Decimal

from handlers.values.model import Bound
from handlers.values.patterns import late

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
_TENS = str.maketrans({"廿": "二十", "卅": "三十", "数": "几"})

_SMALL = {
    word: i
    for i, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_SMALL |= {
    word: 10 * i
    for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_LARGE |= {"lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}
_LARGE |= {"k": 1000, "w": 10**4, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9}

# Longer runs are noise, and their powers of ten would take time that grows with the square.
_LONGEST_ZH = 24
_LONGEST_WORDS = 120

_FIGURE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_ZH = "零〇一二两三四五六七八九十百千万亿半几数廿卅点"
_WORDS = "|".join(
    sorted(
        [*_SMALL, *(w for w in _LARGE if w in {"hundred", "thousand", "million", "billion"})],
        key=len,
        reverse=True,
    )
)

NUMERAL = late(
    rf"(?P<figure>{_FIGURE})"
    r"(?:(?P<zhtail>\s?(?:[百千十]?[万亿]|[百千](?![克分]))"
    r"(?:[0-9一二三四五六七八九](?:[百千十]?万|[百千]))*"
    r"(?:(?:[0-9]|[一二三四五六七八九])(?![0-9一二三四五六七八九十百千/%月日号天点年周星档小]|[.,:][0-9]|个月))?)"
    r"|(?P<few>几(?![天分号月年点时]))"
    r"|(?P<scale>\s?(?:k|w|mn?|mln|bn|lakhs?|crores?|hundred|thousand|million|billion)(?![a-z0-9])))?"
    rf"|(?P<zh>[{_ZH}]+)"
    rf"|(?<![a-z])(?P<words>(?<!half\s)an?(?=\s+(?:dozen|pair|hour|day|week|month|year)s?(?![a-z]))|(?:a\s+(?=hundred|thousand|million|billion))?(?:{_WORDS})"
    rf"(?:(?:\s+and\s+|\s*-\s*|\s+)(?:{_WORDS}))*)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a numeral says: one figure, or a range where the numeral itself is vague (几百)."""

    low: Decimal
    high: Decimal
    bound: Bound | None = None
    scale: int = 1

    @property
    def exact(self) -> bool:
        """Whether it is one figure."""
        return self.low == self.high


def _one(number: Decimal, scale: int = 1) -> Amount:
    return Amount(number, number, None, scale)


def figure(text: str) -> Decimal:
    """The decimal of digits with thousands commas."""
    return Decimal(text.replace(",", ""))


def amount_of(match: re.Match[str]) -> Amount | None:
    """The amount of a NUMERAL match; None where the characters make no number (一九九几, 千万)."""
    if zh := match["zh"]:
        return chinese(zh) if len(zh) <= _LONGEST_ZH else None
    if words := match["words"]:
        return english(words) if len(words) <= _LONGEST_WORDS else None
    base = figure(match["figure"])
    if tail := match["zhtail"]:
        return _mixed(base, tail.strip())
    if match["few"]:
        return Amount(base + 1, base + 9, "about") if base and base % 10 == 0 else None
    if scale := match["scale"]:
        factor = _LARGE[scale.strip()]
        return _one(base * factor, factor)
    return _one(base)


_CHUNK = late("([0-9一二三四五六七八九])?([十百千]?[万亿]|[百千])")


def _digit(char: str) -> int:
    return _DIGITS[char] if char in _DIGITS else int(char)


def _mixed(base: Decimal, tail: str) -> Amount:
    """35 + 万5千 and the like; a lone last digit stands for the next lower place."""
    total, last, end = base, 1, 0
    for chunk in _CHUNK.finditer(tail):
        last, end = _last_scale(chunk[2]), chunk.end()
        total = total + _digit(chunk[1]) * last if chunk[1] else total * last
    scale = last if end == len(tail) else last // 10
    if end < len(tail):
        total += Decimal(_digit(tail[end]) * last) / 10
    return _one(total, scale)


def chinese(text: str) -> Amount | None:
    """The amount of Chinese numerals, vague ones as ranges."""
    text = text.translate(_TENS)
    if text == "半":
        return _one(Decimal("0.5"))
    if "半" in text:
        return None
    if "几" in text:
        return _few(text)
    if "点" in text:
        return _decimal(text)
    if pair := _adjacent(text):
        return pair
    number = _whole(text)
    return None if number is None else _one(Decimal(number), _last_scale(text))


def _last_scale(text: str) -> int:
    scale = 1
    for char in reversed(text):
        if char in _BIG:
            scale *= _BIG[char]
        elif char in _SCALES:
            scale *= _SCALES[char]
        else:
            break
    return scale


_DECIMAL = late(
    "([零〇一二两三四五六七八九十百千]+)点([零〇一二两三四五六七八九]+)([百千]?[万亿])?"
)


def _decimal(text: str) -> Amount | None:
    match = _DECIMAL.fullmatch(text)
    if not match or (whole := _whole(match[1])) is None:
        return None
    number = Decimal(f"{whole}." + "".join(str(_DIGITS[c]) for c in match[2]))
    scale = _last_scale(match[3] or "")
    return _one(number * scale, scale)


_PAIR = late(
    "(?<![零〇一二两三四五六七八九])([一二两三四五六七八])([二两三四五六七八九])(?=[十百千万亿]|$)"
)


def _adjacent(text: str) -> Amount | None:
    """八九百, 三五天: two neighbouring digits are a range."""
    match = _PAIR.search(text)
    if not match:
        return None
    one, two = _DIGITS[match[1]], _DIGITS[match[2]]
    if two != one + 1 and (one, two) != (3, 5):
        return None
    at = match.start()
    low, high = _whole(text[: at + 1] + text[at + 2 :]), _whole(text[:at] + text[at + 1 :])
    if low is None or high is None:
        return None
    return Amount(Decimal(low), Decimal(high), "about", _last_scale(text))


def _few(text: str) -> Amount | None:
    """几百 is 200 to 999, 十几 is 11 to 19, 二十几 is 21 to 29."""
    if text.count("几") != 1 or text == "几":
        return None
    leading = text.startswith("几")
    values = [_whole(text.replace("几", digit)) for digit in "一二九"]
    if None in values:
        return None
    one, two, nine = (v for v in values if v is not None)
    place = two - one
    return Amount(Decimal(two if leading else one), Decimal(nine + place - 1), "about", 1)


def _whole(text: str) -> int | None:
    """An integer in Chinese; a lone last digit stands for the next lower place (三万五)."""
    if not text or text[0] in "百千万亿":
        return None
    total = section = 0
    digit: int | None = None
    last, zero = 0, False
    for char in text:
        if char == "点":
            return None
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[char]
            zero = zero or digit == 0
        elif char in _SCALES:
            if not digit and char != "十":
                return None
            section += (digit or 1) * _SCALES[char]
            digit, last, zero = None, _SCALES[char], False
        else:
            section += digit or 0
            total = (total + section) * _BIG[char] if char == "亿" else total + section * _BIG[char]
            section, digit, last, zero = 0, None, _BIG[char], False
    if digit is not None:
        section += digit * last // 10 if last > 10 and not zero else digit
    return total + section


_SPLIT = late(r"[\s-]+")


def english(text: str) -> Amount | None:
    """The amount of English number words; None where they are a mere list (two three)."""
    if text in {"a", "an"}:
        return _one(Decimal(1))
    total = current = 0
    last = 10**12
    fresh = True
    for word in _SPLIT.split(text.strip()):
        if word in {"and", "a"}:
            continue
        if (small := _SMALL.get(word)) is not None:
            room = last in {20, 100} or fresh
            if not room or (last == 20 and small >= 10):
                return None
            current += small
            last, fresh = (20, False) if small >= 20 else (1, False)
        elif word == "hundred":
            current = (current or 1) * 100
            last = 100
        else:
            total += (current or 1) * _LARGE[word]
            current, last, fresh = 0, 100, True
    return _one(Decimal(total + current), 1)
