"""Fees, discounts, capacities and growing consequences."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from handlers.kinds.common import ask, foreign_currency, part, validity
from handlers.orders import lone_amount, order_amounts, with_kept
from handlers.reply import Part
from handlers.turn import Turn
from handlers.values import Value
from handlers.values.almanac import small
from handlers.wording import render
from knowledge.model import Capacity, Discount, Escalation, Fee, FeeWay, moment
from tools.capacity import containers_needed
from tools.discounts import discount as discount_of
from tools.discounts import discount_times
from tools.escalation import consequence
from tools.fees import compare_fees

AMOUNTS = ("amounts", "freights")  # lists of amounts that a conversation remembers


def fee(turn: Turn, item: Fee) -> Part:
    field = item.field(item.amount)
    chosen = turn.word(item.way)
    if foreign := turn.foreign(item.fields):
        asked = foreign_currency(turn, *foreign, tool="compare_fees")
        beside = _fee_rule(turn, item, chosen)
        return part(turn, "ask", (*asked.lines, *beside), tool="compare_fees", missing=[field])
    told = order_amounts(field, turn.plain, turn.values)
    kept_amounts = _kept(turn, "amounts")
    if kept_amounts and not told:
        told = lone_amount(turn.values)
    amounts = with_kept(turn.plain, told, kept_amounts)
    if not amounts and (kept := turn.number(item.amount)) is not None:
        amounts = (kept,)
    if not amounts:
        rule = _fee_rule(turn, item, chosen)
        if turn.mode == "judge":
            return ask(turn, [field], rule, tool="compare_fees")
        return part(turn, "answer", (*rule, *validity(turn)))
    result = compare_fees(item, amounts)
    first = [result.of(chosen)] if chosen else []
    ordered = [*first, *(way for way in result.ways if way not in first)]
    lines = render(turn.language, "fee", rule=item, result=result, ordered=ordered, ways=())
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool="compare_fees",
        arguments={"amounts": amounts, "way": chosen},
        result=result,
    )


def _kept(turn: Turn, name: str) -> tuple[Decimal, ...]:
    """The amounts told earlier in the conversation."""
    text = turn.word(name)
    return tuple(Decimal(amount) for amount in text.split(",")) if text else ()


def _fee_rule(turn: Turn, item: Fee, chosen: str | None) -> tuple[str, ...]:
    ways: list[FeeWay] = sorted(item.ways, key=lambda way: way.id != chosen)
    return render(turn.language, "fee", rule=item, result=None, ordered=(), ways=ways)


def discount(turn: Turn, item: Discount) -> Part:
    field = item.field(item.freight)
    if foreign := turn.foreign(item.fields):
        asked = foreign_currency(turn, *foreign, tool="discount")
        beside = _discount(turn, item)
        return part(turn, "ask", (*asked.lines, *beside), tool="discount", missing=[field])
    told = order_amounts(field, turn.plain, turn.values)
    kept = _kept(turn, "freights")
    if kept and not told:
        told = lone_amount(turn.values)
    freights = with_kept(turn.plain, told, kept)
    placed, paid = (_moment(turn, item, name) for name in (item.placed, item.paid))
    if not freights and placed is None and paid is None:
        count = turn.number(item.count)
        if turn.mode == "judge" and _wants_sum(turn):
            return ask(turn, [field], _discount(turn, item, short=True), tool="discount")
        return part(turn, "answer", (*_discount(turn, item, count=count), *validity(turn)))
    lines = _discount(turn, item, freights, placed, paid, short=True)
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool="discount",
        arguments={"freights": freights, "placed": placed, "paid": paid},
        result=discount_of(item, freights) if freights else discount_times(
            item, placed=placed, paid=paid
        ),
    )  # fmt: skip


def _wants_sum(turn: Turn) -> bool:
    if re.search(r"最多|最高|封顶|上限|max|at most|limit", turn.plain):
        return False
    return bool(
        re.search(
            r"帮.{0,3}算|核算|让我们算|算一?下|具体|这[单票几]|exactly|calculate|calc|compute|my (?:first |next )?order",
            turn.plain,
        )
    )


def _moment(turn: Turn, item: Discount, name: str) -> datetime | None:
    """A told moment; a whole day as its noon, so that it falls on the day without a claim."""
    slot = turn.slots.get(name)
    if slot is None:
        return None
    if isinstance(slot.value, datetime):
        return slot.value
    if isinstance(slot.value, date):
        return datetime.combine(slot.value, time(12), tzinfo=item.zone)
    return None


def _discount(
    turn: Turn,
    item: Discount,
    freights: Sequence[Decimal] = (),
    placed: datetime | None = None,
    paid: datetime | None = None,
    *,
    count: Decimal | None = None,
    short: bool = False,
) -> tuple[str, ...]:
    times = discount_times(item, placed=placed, paid=paid) if placed or paid else None
    full = [item.per_order] * int(count) if count and 0 < count <= 1000 else []
    return render(
        turn.language,
        "discount",
        rule=item,
        times=times,
        result=discount_of(item, freights) if freights else None,
        count=len(full),
        most=discount_of(item, full).total,
        short=short,
        rule_pay_until=moment(item.pay_until, item.zone, last=True),
    )


_APART = re.compile(
    r"(?:两|二|三|四|几|多|不同|各|另)[个的]?.{0,4}(?:类目|leaf)|类目.{0,12}类目|"
    r"\b(?:two|three|four|several|different|separate)\b.{0,12}categor|categor.{0,40}categor"
)


def _is_lot(value: Value) -> bool:
    whole = value.value is not None and value.value == int(value.value) and value.value > 0
    return whole and value.kind in ("count", "number") and value.unit in (None, "piece", "product")


def capacity(turn: Turn, item: Capacity) -> Part:
    lots = [int(v.value) for v in turn.values if v.value is not None and _is_lot(v)]
    if len(lots) > 1 and _APART.search(turn.plain):
        results = [containers_needed(item, lot) for lot in lots]
        lines = render(turn.language, "capacity_lots", rule=item, results=results)
        return part(
            turn, "answer", (*lines, *validity(turn)), tool="containers_needed",
            arguments={"counts": lots}, result=results,
        )  # fmt: skip
    count = turn.number(item.count)
    if count is None and turn.mode == "judge" and item.count not in turn.fresh:
        beside = render(turn.language, "capacity", rule=item, result=None)
        return ask(turn, [item.field(item.count)], beside, tool="containers_needed")
    result = containers_needed(item, max(int(count), 1)) if count else None
    lines = render(turn.language, "capacity", rule=item, result=result)
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool="containers_needed" if result else None,
        arguments={"count": count} if result else {},
        result=result,
    )


_ORDINAL = re.compile(r"第\s*([一二两三四五六七八九十]{1,3}|\d{1,2})\s*[次回]|(\d{1,2})(?:st|nd|rd|th)\b|\b(first|second|third|fourth|fifth|sixth)\b")  # fmt: skip
_WORDS = {w: n for n, w in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)}


def escalation(turn: Turn, item: Escalation) -> Part:
    occurrence = _occurrence(turn, item)
    result = consequence(item, occurrence) if occurrence else None
    lines = render(turn.language, "escalation", rule=item, result=result)
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool="consequence" if result else None,
        arguments={"occurrence": occurrence} if occurrence else {},
        result=result,
    )


def _occurrence(turn: Turn, item: Escalation) -> int | None:
    if match := _ORDINAL.search(turn.plain):
        text = next(group for group in match.groups() if group)
        return _WORDS.get(text) or max(small(text), 1)
    number = turn.number(item.occurrence)
    return max(int(number), 1) if number is not None and number < 1000 else None
