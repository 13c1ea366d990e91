"""Reads one figure of a message with its sign, currency and unit."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from handlers.values.drafts import Draft
from handlers.values.measure import (
    Measure,
    Named,
    change,
    days,
    half_after_unit,
    half_before_unit,
    tenths,
    vague,
)
from handlers.values.numerals import amount_of
from handlers.values.patterns import late
from handlers.values.units import Unit, built_in, currency_before, extra_unit

_LETTERS_BEFORE = late(r"[a-z_]+$")
_MAY_TOUCH = frozenset(
    "moq gmv uv rfq to is only about over under usd rmb cny lt max min used".split()
)
_SIGN = late(
    r"(?:(?:^|(?<=[^0-9a-z.%)\]])|(?<=tm)|(?<=uv))[+-]|负|(?<![a-z])(?:minus|negative)\s)\s?$"
)
_SIGN_ENDS = frozenset("+-负 ")
_RATIO_AFTER = late(r"\s?:\s?[0-9]|/[0-9]")
_COMMA = late("(?<=[0-9])，(?=[0-9])")
_SCORE = late("分数|得分|[加减扣积评几满总冲拿]分?|多少分|等级|指数|分值|score|point")
_PEOPLE = late("员工|客服|业务|工人|销售|同事|买家|客户|成员|人员")
_ARTICLE_LIKE = frozenset("款套位笔对只品双个人")
_TOPICS = late(
    r"\s?(?:小?问题|方面|地方|步骤|原因|条件|选项|办法|方法|字|话题|途径|路径|入口|渠道|功能|部分|阶段|星|赛道|疑问|事)"
)
_AMOUNT_OF_ONE = late(
    r"(?<![a-z])(?:within|in|after|for|takes|take|only|just|needs?|another|than)\s$"
)
_TRIM = " .,!?。、;:~()（）\n"


class Reader:
    """Reads the figures of one message, with the caller's own unit words."""

    def __init__(self, text: str, given: str, today: date, units: Mapping[str, str]) -> None:
        self.today = today
        self._units = frozenset(units.items())
        self._given = given
        self._commas = (
            frozenset([match.start() for match in _COMMA.finditer(given)]) if "，" in given else ()
        )
        self._core = text.strip(_TRIM)
        self._text = text

    def currency_start(self, text: str, pos: int) -> int | None:
        """Where the figure begins behind a currency sign at that place."""
        for length in (4, 3, 2, 1):
            if pos + length < len(text) and "0" <= text[pos + length] <= "9":
                found = currency_before(text, pos, pos + length)
                if found and found[1] == pos:
                    return pos + length
        return None

    def read(self, text: str, match: re.Match[str], floor: int) -> Measure | None:
        """The figure of a NUMERAL match with its unit; None where it is no value."""
        amount = amount_of(match)
        if amount is None:
            return None
        start, end = match.span()
        if match["figure"] and (_ratio(text, start, end) or text[end : end + 1] == "号"):
            return None
        if match[0] == "半" and text[start - 1 : start] == "个" and start:
            return None
        currency = currency_before(text, floor, start) if start else None
        if currency:
            start = currency[1]
        elif match["figure"] and start and text[start - 1].isascii() and _touches(text, start):
            return None
        before = text[start - 1] if start else ""
        if before in _SIGN_ENDS and (sign := _SIGN.search(text, max(floor, start - 9), start)):
            start = sign.start()
            if "+" not in sign[0]:
                amount = replace(amount, low=-amount.high, high=-amount.low)
        guessed = any(start < i < end for i in self._commas)
        measure = Measure(start, end, amount, None, None, ("thousands",) if guessed else ())
        measure = vague(text, measure)
        measure = self._with_unit(text, match, measure, currency[0] if currency else None)
        if measure.unit is None and self._part_of_a_name(text, measure, match):
            return None
        return measure

    def _part_of_a_name(self, text: str, measure: Measure, match: re.Match[str]) -> bool:
        """Whether a figure without a unit belongs to a name or a size: 3kg, 10x20, 12s, 3m."""
        after = text[measure.end : measure.end + 2]
        before = text[measure.start - 1 : measure.start] if measure.start else ""
        if before in {"*", "×"} or (after[:1] in {"*", "×"} and after[1:].isdigit()):
            return True
        if (match["scale"] or "").strip() == "m" and self._given[match.end() - 1] == "m":
            return True
        return after[:1].isalpha() and after[0].isascii() and not match["zh"]

    def _unit(self, text: str, pos: int) -> tuple[Unit, int] | None:
        found = built_in(text, pos)
        extra = extra_unit(text, pos, self._units) if self._units else None
        if extra and (not found or extra[1] >= found[1]):
            return ("count", extra[0], "1"), extra[1]
        return found

    def _with_unit(
        self, text: str, match: re.Match[str], measure: Measure, currency: str | None
    ) -> Measure:
        """The measure up to the end of its unit."""
        measure = half_before_unit(text, measure)
        if measure.unit:
            return measure
        if counted := days(text, measure):
            return counted
        found = self._unit(text, measure.end)
        if currency is not None:
            if found and found[0][0] == "money" and found[0][1] in {currency, "CNY", "USD"}:
                measure = replace(measure, end=found[1])
            return measure.ending(measure.end, ("money", currency, Decimal(1)))
        if not found:
            return measure
        (kind, name, worth), end = found
        return self._settle(text, match, measure, (kind, name, Decimal(worth)), end)

    def _settle(
        self, text: str, match: re.Match[str], measure: Measure, unit: Named, end: int
    ) -> Measure:
        """What the unit means for this figure."""
        kind, name, worth = unit
        word = text[end - 1]
        if kind == "tenth":
            return tenths(text, measure, end)
        if kind == "rank":
            people = word == "名" and _PEOPLE.match(text, end)
            return measure.ending(end, ("count", "person", worth) if people else unit)
        if kind == "point":
            if not _SCORE.search(self._text):
                measure = replace(measure, assumed=(*measure.assumed, "score"))
            return measure.ending(end, ("count", "point", worth))
        if name == "piece" and word == "个" and _TOPICS.match(text, end):
            return measure if match["figure"] else replace(measure, unit=("topic", None, worth))
        if kind == "money" and name == "CNY" and measure.amount.exact and word in "元块毛角":
            return change(text, measure, unit, end)
        measure = measure.ending(end, unit)
        if kind == "duration":
            measure = half_after_unit(text, measure)
        return vague(text, measure)

    def says_something(self, text: str, match: re.Match[str], one: Measure, draft: Draft) -> bool:
        """Whether the numeral is a value here and not a mere word (一, one, 三 in names)."""
        if one.unit and one.unit[0] == "topic":
            return False
        if match["figure"] or draft.low is not None:
            return True
        if match["words"] in {"a", "an"} and draft.unit != "dozen" and not draft.bound:
            return bool(_AMOUNT_OF_ONE.search(text, max(0, one.start - 10), one.start))
        if self._core == text[draft.start : draft.end].strip(_TRIM):
            return True
        if one.unit:
            if not match["zh"] or one.unit[0] != "count":
                return True
            article = match[0] == "一" and not draft.bound and text[one.end - 1] in _ARTICLE_LIKE
            return not article and "score" not in one.assumed
        if match["zh"]:
            return len(match[0]) > 1 and (one.amount.scale > 1 or one.amount.high >= 11)
        return one.amount.low >= 11 or " " in match[0]


def _ratio(text: str, start: int, end: int) -> bool:
    """1:1, 16:9, 1/2 hour, and 零点77, of which the figure is only a part."""
    before = text[max(0, start - 2) : start]
    if _RATIO_AFTER.match(text, end) or before.endswith("点"):
        return True
    return len(before) == 2 and before[1] in ":/" and before[0].isdigit()


def _touches(text: str, start: int) -> bool:
    """Whether letters that are no measure stand right before the figure: iphone12."""
    letters = _LETTERS_BEFORE.search(text, max(0, start - 12), start)
    return letters is not None and letters[0] not in _MAY_TOUCH
