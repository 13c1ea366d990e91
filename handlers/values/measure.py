"""A figure with its unit, and how its unit is spoken: 30多万, 六成五, 三块五, 两年半, 近30日."""

from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.values.almanac import small
from handlers.values.bounds import RECENT, more
from handlers.values.drafts import Draft
from handlers.values.model import Bound, Kind
from handlers.values.numerals import Amount, chinese
from handlers.values.patterns import late

# Kind (or what is still to be settled), unit or currency, and the worth of one of it.
Named = tuple[str, str | None, Decimal]

_ONE = Decimal(1)
_HALF = Decimal("0.5")
_KINDS: dict[str, Kind] = {
    "money": "money",
    "share": "share",
    "count": "count",
    "duration": "duration",
    "rank": "rank",
}
_HALF_BEFORE_UNIT = late(
    r"\s?个半(?=分钟|小时|钟头|钟|月|星期|礼拜|天|年)|个半$|\s+and\s+an?\s+half(?=\s)|\s+and\s+half(?=\s)"
)
_HALF_AFTER = late(r"半(?![天个年月小价])|\s+and\s+(?:a\s+)?half(?![a-z])")
_MINUTES_AFTER = late("零?([0-9]{1,2}|[二三四五]?十?[一二三四五六七八九]?)分(?!钟)")
_CHANGE = late(
    r"(?P<zero>零)?(?P<tenth>[0-9一二两三四五六七八九])"
    r"(?:(?P<jiao>[毛角])零?(?P<cent>[0-9一二三四五六七八九])?分?|(?P<fen>分))?"
    r"(?![0-9/%十百千万年月日号点个件单天折成人票套周小]|[.,:][0-9])"
)
_CENT_AFTER = late(
    r"零?([0-9一二三四五六七八九])分?(?![0-9%十百千万年月日号点个件单天折成人]|[.,][0-9])"
)
_TENTH_AFTER = late(r"[一二三四五六七八九半](?![十百千万])|[0-9](?![0-9%万件个单天]|[.,:][0-9])")
_DAYS_MEANT = late(r"日(?=\s?(?:(?:之|以)?内|左右|以上|以下))|日$")
_SCALES = {"千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALE_AFTER = late("[十百千]?万|千(?!克)|亿")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure as read: no `unit` for a plain number."""

    start: int
    end: int
    amount: Amount
    unit: Named | None
    bound: Bound | None = None
    assumed: tuple[str, ...] = ()

    def draft(self, unit: Named | None) -> Draft:
        """The draft of this figure alone, with that unit."""
        worth = self.unit[2] if self.unit else _ONE
        kind = _KINDS.get(unit[0], "number") if unit else "number"
        draft = Draft(kind, self.start, self.end, bound=self.bound, assumed=self.assumed)
        if self.amount.exact:
            draft.value = self.amount.low * worth
        else:
            draft.low, draft.high = self.amount.low * worth, self.amount.high * worth
            draft.bound = self.bound or self.amount.bound
        if kind == "money":
            draft.currency = unit[1] if unit else None
        else:
            draft.unit = unit[1] if unit else None
        return draft

    def ending(self, end: int, unit: Named) -> "Measure":
        """The same figure with that unit, which ends there."""
        return replace(self, end=end, unit=unit)

    def of(self, number: Decimal, end: int, unit: Named | None) -> "Measure":
        """Another number in the place of this one."""
        return replace(self, amount=Amount(number, number), end=end, unit=unit)


def vague(text: str, measure: Measure) -> Measure:
    """30多 and what may follow: 30多万 are more than 300,000."""
    found = more(text, measure.end)
    if not found:
        return measure
    bound, end = found
    scale = _SCALE_AFTER.match(text, end) if measure.unit is None else None
    if not scale:
        return replace(measure, bound=bound, end=end)
    amount, factor = measure.amount, _SCALES[scale[0]]
    amount = replace(amount, low=amount.low * factor, high=amount.high * factor, scale=factor)
    return replace(measure, amount=amount, bound=bound, end=scale.end())


def half_before_unit(text: str, measure: Measure) -> Measure:
    """一个半小时: a half between the figure and the unit; 半月."""
    if measure.amount.low == _HALF and text[measure.end : measure.end + 1] == "月":
        return measure.ending(measure.end + 1, ("duration", "month", _ONE))
    half = _HALF_BEFORE_UNIT.match(text, measure.end)
    if not half or not measure.amount.exact:
        return measure
    end, number = half.end(), measure.amount.low + _HALF
    after = text[end : end + 2]
    if after.startswith("月"):
        return measure.of(number, end + 1, ("duration", "month", _ONE))
    if after.startswith("钟") and after != "钟头":
        return measure.of(number, end + 1, ("duration", "hour", _ONE))
    return measure.of(number, end, None)


def half_after_unit(text: str, measure: Measure) -> Measure:
    """两年半, 三天半, 两小时十分."""
    if measure.unit and measure.unit[1] == "hour" and measure.amount.exact:
        minutes = _MINUTES_AFTER.match(text, measure.end)
        if minutes and (number := small(minutes[1])):
            total = measure.amount.low * 60 + number
            return measure.of(total, minutes.end(), ("duration", "minute", _ONE))
    half = _HALF_AFTER.match(text, measure.end)
    if measure.amount.exact and half:
        return measure.of(measure.amount.low + _HALF, half.end(), measure.unit)
    return measure


def days(text: str, measure: Measure) -> Measure | None:
    """7日内, 近30日: 日 counts days there."""
    match = _DAYS_MEANT.match(text, measure.end)
    if not match and text[measure.end : measure.end + 1] == "日":
        match = RECENT.search(text, max(0, measure.start - 6), measure.start)
    return measure.ending(measure.end + 1, ("duration", "day", _ONE)) if match else None


def tenths(text: str, measure: Measure, end: int) -> Measure:
    """六成, 六成五, 6成5; more than ten of them are none."""
    number = measure.amount
    if number.high > 10 or number.low < 0:
        return measure
    tail = _TENTH_AFTER.match(text, end)
    unit: Named = ("share", None, Decimal("0.1"))
    if tail and number.exact:
        part = Decimal(5) if tail[0] == "半" else Decimal(_digit(tail[0]))
        return measure.of(number.low + part / 10, tail.end(), unit)
    return vague(text, measure.ending(end, unit))


def change(text: str, measure: Measure, unit: Named, end: int) -> Measure:
    """三块五, 五元六角, 两毛五."""
    number, word = measure.amount.low, text[end - 1]
    if word in "毛角":
        if cents := _CENT_AFTER.match(text, end):
            number += Decimal(_digit(cents[1])) / 10
            end = cents.end()
    elif (tail := _CHANGE.match(text, end)) and (word != "元" or tail["jiao"] or tail["fen"]):
        tenth = Decimal(_digit(tail["tenth"]))
        number += tenth / (100 if tail["zero"] or tail["fen"] else 10)
        number += Decimal(_digit(tail["cent"] or "0")) / 100
        end = tail.end()
    return vague(text, measure.of(number, end, unit))


def _digit(char: str) -> int:
    found = chinese(char) if not char.isascii() else None
    return int(found.low) if found else int(char)
