"""One figure with its sign, currency and unit."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.values.bounds import RECENT, more
from handlers.values.drafts import Draft
from handlers.values.model import Bound
from handlers.values.numerals import Amount, amount_of, chinese
from handlers.values.patterns import late
from handlers.values.units import Unit, built_in, currency_before, extra_unit

Named = tuple[str, str | None, Decimal]

_LETTERS_BEFORE = late(r"[a-z_]+$")
_MAY_TOUCH = frozenset(
    {
        "moq",
        "gmv",
        "uv",
        "rfq",
        "to",
        "is",
        "only",
        "about",
        "over",
        "under",
        "usd",
        "rmb",
        "cny",
        "lt",
        "max",
        "min",
        "used",
    }
)
_SIGN = late(r"(?:(?:^|(?<=[^0-9a-z.%)\]]))[+-]|负|(?<![a-z])(?:minus|negative)\s)\s?$")
_HALF_BEFORE_UNIT = late(r"\s?个半(?=小时|钟头|钟|月|星期|礼拜|天|年)|个半$")
_HALF_AFTER = late(r"半(?![天个年月小价])")
_CHANGE = late(
    r"(?P<zero>零)?(?P<tenth>[0-9一二两三四五六七八九])(?:(?P<jiao>[毛角])零?(?P<cent>[0-9一二三四五六七八九])?分?|(?P<fen>分))?"
    r"(?![0-9.,:/%十百千万年月日号点个件单天折成人票套周小])"
)
_CENT_AFTER = late(r"零?([0-9一二三四五六七八九])分?(?![0-9.,%十百千万年月日号点个件单天折成人])")
_TENTH_AFTER = late(r"[一二三四五六七八九半](?![十百千万])|[0-9](?![0-9.,:%万件个单天])")
_DAYS_MEANT = late(r"日(?=\s?(?:(?:之|以)?内|左右|以上|以下))|日$")
_SCORE = late(
    "分数|得分|加分|减分|扣|积分|评分|几分|多少分|等级|指数|分值|满分|总分|能加|冲|加|拿|score|point"
)
_PEOPLE = late("员工|客服|业务|工人|销售|同事|买家|客户|成员|人员")
_ARTICLE_LIKE = frozenset("款套位笔对只品双个人")
_TOPICS = late(
    r"\s?(?:问题|方面|地方|步骤|原因|条件|选项|办法|方法|字|话题|途径|路径|入口|渠道|功能|部分|阶段|星|入囗|赛道|小问题|疑问|事)"
)
_TRIM = " .,!?。、;:~()（）\n"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure as read: `unit` is (kind, name, worth), None for a plain number."""

    start: int
    end: int
    amount: Amount
    unit: Named | None
    bound: Bound | None = None
    assumed: tuple[str, ...] = ()

    def draft(self, kind: str, name: str | None) -> Draft:
        """The draft of this figure alone."""
        worth = self.unit[2] if self.unit else Decimal(1)
        draft = Draft(kind, self.start, self.end, bound=self.bound, assumed=self.assumed)  # type: ignore[arg-type]
        if self.amount.exact:
            draft.value = self.amount.low * worth
        else:
            draft.low, draft.high = self.amount.low * worth, self.amount.high * worth
            draft.bound = self.bound or self.amount.bound
        if kind == "money":
            draft.currency = name
        else:
            draft.unit = name
        return draft


class Reader:
    """Reads figures of one message, with the caller's own unit words."""

    def __init__(
        self, text: str, given_commas: frozenset[int], units: frozenset[tuple[str, str]]
    ) -> None:
        self._units = units
        self._commas = given_commas
        self._core = text.strip(_TRIM)
        self._text = text

    def currency_start(self, text: str, pos: int) -> int | None:
        """Where the figure begins behind a currency sign at that place."""
        for length in (4, 3, 2, 1):
            if pos + length < len(text) and text[pos + length].isdigit():
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
        assumed: tuple[str, ...] = ()
        if match["figure"]:
            if any(i in self._commas for i in range(start, end)):
                if match["figure"].index(",") > 2:
                    return None
                assumed = ("thousands",)
            if text[start - 1 : start] == ":" and text[start - 2 : start - 1].isdigit():
                return None
            if re.match(r"\s?:\s?[0-9]", text[end : end + 3]):
                return None
        currency = currency_before(text, floor, start) if start else None
        if currency:
            start = currency[1]
        elif letters := _LETTERS_BEFORE.search(text, max(0, start - 12), start):
            if match["figure"] and letters[0] not in _MAY_TOUCH:
                return None
        if sign := _SIGN.search(text, max(floor, start - 9), start):
            start = sign.start()
            if "+" not in sign[0]:
                amount = replace(amount, low=-amount.high, high=-amount.low)
        measure = Measure(start, end, amount, None, None, assumed)
        if vague := more(text, end):
            measure = replace(measure, bound=vague[0], end=vague[1])
        measure = self._with_unit(text, match, measure, currency[0] if currency else None)
        if measure.unit is None and text[measure.end : measure.end + 1].isalpha():
            if text[measure.end].isascii() and (match["figure"] or match["words"]):
                return None
        return measure

    def _unit(self, text: str, pos: int) -> tuple[Unit, int] | None:
        found = built_in(text, pos)
        if self._units and (extra := extra_unit(text, pos, self._units)):
            if not found or extra[1] >= found[1]:
                return ("count", extra[0], "1"), extra[1]
        return found

    def _with_unit(
        self, text: str, match: re.Match[str], measure: Measure, currency: str | None
    ) -> Measure:
        """The measure up to the end of its unit."""
        end = measure.end
        half = _HALF_BEFORE_UNIT.match(text, end)
        if half and measure.amount.exact:
            more_half = measure.amount.low + Decimal("0.5")
            measure = replace(measure, amount=Amount(more_half, more_half), end=half.end())
            end = half.end()
            if text[end : end + 1] == "月":
                return replace(measure, end=end + 1, unit=("duration", "month", Decimal(1)))
            if text[end : end + 1] == "钟" and text[end : end + 2] != "钟头":
                return replace(measure, end=end + 1, unit=("duration", "hour", Decimal(1)))
        if match[0] == "半" and text[end : end + 1] == "月":
            return replace(measure, end=end + 1, unit=("duration", "month", Decimal(1)))
        if days := self._days(text, measure):
            return days
        found = self._unit(text, end)
        if currency is not None:
            if found and found[0][0] == "money" and found[0][1] in {currency, "CNY", "USD"}:
                measure = replace(measure, end=found[1])
            return replace(measure, unit=("money", currency, Decimal(1)))
        if not found:
            return measure
        (kind, name, worth), end = found
        return self._settle(text, match, measure, (kind, name, Decimal(worth)), end)

    def _days(self, text: str, measure: Measure) -> Measure | None:
        """7日内, 近30日: 日 counts days there."""
        match = _DAYS_MEANT.match(text, measure.end)
        if not match and text[measure.end : measure.end + 1] == "日":
            match = RECENT.search(text, max(0, measure.start - 6), measure.start)
        if not match:
            return None
        return replace(measure, end=measure.end + 1, unit=("duration", "day", Decimal(1)))

    def _settle(
        self, text: str, match: re.Match[str], measure: Measure, unit: Named, end: int
    ) -> Measure:
        """What the unit means for this figure."""
        kind, name, worth = unit
        word = text[end - 1]
        if kind == "tenth":
            return self._tenth(text, measure, end)
        if kind == "rank":
            if _PEOPLE.match(text, end) and word == "名":
                unit = ("count", "person", worth)
            return replace(measure, end=end, unit=unit)
        if kind == "point":
            assumed = measure.assumed if _SCORE.search(self._text) else (*measure.assumed, "score")
            return replace(measure, end=end, unit=("count", "point", worth), assumed=assumed)
        if name == "piece" and word == "个" and _TOPICS.match(text, end):
            return measure if match["figure"] else replace(measure, unit=("topic", None, worth))
        if kind == "money" and name == "CNY" and measure.amount.exact and word in "元块毛角":
            return self._change(text, measure, unit, end)
        measure = replace(measure, end=end, unit=unit)
        if kind == "duration" and measure.amount.exact and _HALF_AFTER.match(text, end):
            number = measure.amount.low + Decimal("0.5")
            measure = replace(measure, amount=Amount(number, number), end=end + 1)
        if vague := more(text, measure.end):
            measure = replace(measure, bound=vague[0], end=vague[1])
        return measure

    def _tenth(self, text: str, measure: Measure, end: int) -> Measure:
        """六成, 六成五, 6成5."""
        number = measure.amount
        if number.high > 10 or number.low < 0:
            return measure
        tail = _TENTH_AFTER.match(text, end)
        unit = ("share", None, Decimal("0.1"))
        if tail and number.exact:
            part = Decimal(tail[0]) if tail[0].isdigit() else (chinese(tail[0]) or number).low
            part = Decimal(5) if tail[0] == "半" else part
            total = number.low + part / 10
            return replace(measure, amount=Amount(total, total), end=tail.end(), unit=unit)
        if vague := more(text, end):
            measure = replace(measure, bound=vague[0])
            end = vague[1]
        return replace(measure, end=end, unit=unit)

    def _change(self, text: str, measure: Measure, unit: Named, end: int) -> Measure:
        """三块五, 五元六角, 两毛五."""
        number, word = measure.amount.low, text[end - 1]
        if word in "毛角":
            cents = _CENT_AFTER.match(text, end)
            if cents:
                number += Decimal(_digit(cents[1])) / 10
                end = cents.end()
        elif tail := _CHANGE.match(text, end):
            if not (word == "元" and not tail["jiao"] and not tail["fen"]):
                tenth = Decimal(_digit(tail["tenth"]))
                number += tenth / (100 if tail["zero"] or tail["fen"] else 10)
                number += Decimal(_digit(tail["cent"] or "0")) / 100
                end = tail.end()
        measure = replace(measure, amount=Amount(number, number), end=end, unit=unit)
        if vague := more(text, end):
            measure = replace(measure, bound=vague[0], end=vague[1])
        return measure

    def says_something(self, text: str, match: re.Match[str], one: Measure, draft: Draft) -> bool:
        """Whether the numeral is a value here and not a mere word (一, one, 三 in names)."""
        if one.unit and one.unit[0] == "topic":
            return False
        if match["figure"]:
            return True
        alone = self._core == text[draft.start : draft.end].strip(_TRIM)
        if alone:
            return True
        if one.unit:
            if match["zh"] and one.unit[0] == "count":
                single = match[0] == "一" and not draft.bound
                if single and text[one.end - 1] in _ARTICLE_LIKE:
                    return False
                return not (one.unit[1] == "point" and "score" in one.assumed)
            return True
        if match["zh"]:
            return len(match[0]) > 1 and (one.amount.scale > 1 or one.amount.high >= 11)
        return one.amount.low >= 11 or " " in match[0]


def _digit(char: str) -> int:
    found = chinese(char) if not char.isdigit() else None
    return int(found.low) if found else int(char)
