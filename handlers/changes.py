"""Reads how much figures have changed: "visitors 1,200 → 1,500", "询盘少了2个"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.names import find_names
from handlers.values import Value
from knowledge.model import WeightedScore

_UP = re.compile(
    r"涨|增|多了?|加了?|升|\+|上升|up|rose|rise|gain|grew|grow|increas|more|added|higher"
)
_DOWN = re.compile(
    r"降|跌|少|掉|减|(?<![\d~\-–—至到])[-−](?=\s*\d)|下滑|负|down|drop|fell|fall|los[et]|decreas|fewer|less|lower|minus"
)
_SAME = re.compile(r"不变|没变|持平|没涨没跌|没动|unchanged|same|flat|no change|stayed")
_TO = re.compile(r"^\s*(?:个|人|次|位)?\s*(?:→|->|=>|—>|➜|到了?|变成?|变为|涨到|降到|升到|掉到|to|now|became|至)", re.IGNORECASE)  # fmt: skip
_THIS_PERIOD = ("本月", "这个月", "this month")
_LAST_PERIOD = ("上月", "上个月", "last month")


@dataclass(frozen=True, slots=True)
class Periods:
    """How a text names the two periods that a score compares."""

    earlier: re.Pattern[str]
    later: re.Pattern[str]

    @classmethod
    def of(cls, rule: WeightedScore) -> "Periods":
        """The periods in the rule's own words, and as last and this month."""
        earlier = (rule.earlier.zh, rule.earlier.en, *rule.earlier_cues, *_LAST_PERIOD)
        later = (rule.later.zh, rule.later.en, *rule.later_cues, *_THIS_PERIOD)
        return cls(_named(earlier), _named(later))


def _named(names: Sequence[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name.casefold()) for name in names)
    return re.compile(rf"(?<![a-z0-9])(?:{listed})(?![a-z])")


def changes(rule: WeightedScore, plain: str, values: Sequence[Value]) -> dict[str, Decimal]:
    """The change of each of the rule's fields that the text tells, later minus earlier.

    A figure belongs to the field named last before it, else to the one named right behind it.
    A field named twice with a figure each ("四月访客800…五月访客1000") has changed between them.
    """
    fields = [rule.field(component.field) for component in rule.components]
    periods = Periods.of(rule)
    names = find_names(plain, [(cue, field.id) for field in fields for cue in field.cues])
    figures = [figure for value in values for figure in _figures(value)]
    if not names or not (figures or _SAME.search(plain)):
        return {}
    told: dict[str, Decimal] = {}
    single: dict[str, Value] = {}
    used: set[int] = set()
    for position, name in enumerate(names):
        behind = names[position + 1].start if position + 1 < len(names) else len(plain)
        ahead = names[position - 1].end if position else 0
        mine = [v for v in figures if name.end <= v.start < behind]
        if not mine and name.payload not in told and _SAME.search(plain, name.end, behind):
            told[name.payload] = Decimal(0)
            continue
        if not mine and name.payload not in told:
            free = [v for v in figures if v.start not in used]
            mine = [v for v in free if ahead <= v.start and v.end <= name.start][-1:]
        used |= {v.start for v in mine}
        if len(mine) == 1 and name.payload in single:
            told[name.payload] = _between(plain, single[name.payload], mine[0], periods)
        elif name.payload not in told:
            start = min([name.start, *(v.start for v in mine)])
            change = _change(plain, max(ahead, start - 8), behind, mine, periods)
            if change is not None:
                told[name.payload] = change
                if len(mine) == 1:
                    single[name.payload] = mine[0]
    return told


def _figures(value: Value) -> tuple[Value, ...]:
    """A count or a number, both ends of a range, the one behind a month's name ("april 2000")."""
    if value.kind in ("number", "count") and value.unit != "point":
        if value.value is not None:
            return (value,)
        return _ends(value)
    behind = re.search(r"[a-z]\s+(\d{4})$", value.text, re.IGNORECASE)
    if value.kind == "date" and behind:
        at = value.start + behind.start(1)
        return (Value("number", at, value.end, behind.group(1), Decimal(behind.group(1))),)
    return ()


def _ends(value: Value) -> tuple[Value, ...]:
    """ "50 to 62" as its two figures, each at its own place."""
    found = list(re.finditer(r"\d[\d,.]*", value.text))
    if len(found) != 2 or value.low is None or value.high is None:
        return ()
    first, second = (value.start + match.start() for match in found)
    return (
        Value("number", first, value.start + found[0].end(), found[0].group(), value.low),
        Value("number", second, value.end, found[1].group(), value.high),
    )


def _between(plain: str, first: Value, second: Value, periods: Periods) -> Decimal:
    assert first.value is not None
    assert second.value is not None
    reverse = periods.later.search(plain, 0, first.start) and not periods.earlier.search(
        plain, 0, first.start
    )
    return first.value - second.value if reverse else second.value - first.value


def _change(
    plain: str, start: int, end: int, figures: list[Value], periods: Periods
) -> Decimal | None:
    segment = plain[start:end]
    if not figures:
        return Decimal(0) if _SAME.search(segment) else None
    first = figures[0]
    assert first.value is not None
    if len(figures) > 1 and (second := figures[1].value) is not None:
        between = plain[first.end : figures[1].start]
        if _TO.match(between) or _compared(plain, first, figures[1], periods):
            later_first = periods.later.search(plain, max(0, first.start - 6), first.start)
            return first.value - second if later_first else second - first.value
    size = abs(first.value)
    if first.value < 0 or first.text.startswith(("-", "−")):
        return -size
    before = re.split(r"[,，。;；、\n]", plain[max(start, first.start - 12) : first.start])[-1]
    after = re.split(r"[,，。;；、\n]", plain[first.end : first.end + 8])[0]
    for words in (before, after):
        down, up = _last(_DOWN, words), _last(_UP, words)
        if down >= 0 or up >= 0:
            return -size if down >= up else size
    if periods.later.search(plain) and not periods.earlier.search(plain) and not _UP.search(plain):
        return None  # one month's figure alone is no change
    return size


def _compared(plain: str, first: Value, second: Value, periods: Periods) -> bool:
    around = plain[max(0, first.start - 20) : second.end]
    return bool(periods.earlier.search(around) and periods.later.search(around)) or "vs" in around


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)
