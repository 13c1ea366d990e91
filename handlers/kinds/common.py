"""What the kinds share: citations, asking for what is missing, telling validity."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from pydantic import BaseModel

from handlers.reply import Choice, Citation, Kind, Part
from handlers.slots import Slot
from handlers.turn import Turn
from handlers.wording import render
from knowledge.model import FieldSpec
from tools.windows import window


def citation(turn: Turn) -> Citation:
    return Citation(turn.known.month.id, turn.known.topic, turn.known.item.section)


def plain_record(value: Any) -> Any:
    """A tool's arguments or result as plain JSON: decimals and dates as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain_record(inner) for key, inner in asdict(value).items()}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", include={"id", "title", "tier", "name"})
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, dict):
        return {str(key): plain_record(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_record(inner) for inner in value]
    return value


def part(
    turn: Turn,
    kind: Kind,
    lines: Sequence[str],
    *,
    tool: str | None = None,
    arguments: dict[str, Any] | None = None,
    result: Any = None,
    missing: Sequence[FieldSpec] = (),
    choices: Iterable[Choice] = (),
) -> Part:
    """A part of the reply about the turn's item, with what was assumed and asked."""
    assumed = tuple(
        render(turn.language, "assumed", name=turn.say(field.name), text=turn.slots[field.id].text,
               currency=field.currency)[0]
        for field in getattr(turn.known.item, "fields", ())
        if field.id in turn.fresh and "currency" in turn.slots[field.id].assumed
    )  # fmt: skip
    return Part(
        kind=kind,
        topic=turn.known.topic,
        lines=(*lines, *assumed),
        tool=tool,
        item=turn.known.id,
        arguments=plain_record(arguments or {}),
        result=plain_record(result) if result is not None else None,
        missing=tuple(field.id for field in missing),
        citations=(citation(turn),),
        choices=tuple(choices),
        assumed=assumed,
        to_ask=tuple(turn.say(field.ask) for field in missing),
    )


def ask(
    turn: Turn,
    missing: Sequence[FieldSpec],
    beside: Sequence[str] = (),
    *,
    tool: str,
    arguments: dict[str, Any] | None = None,
) -> Part:
    """Names all that is missing and asks for the first, with its choices; the rule beside it."""
    first = missing[0]
    lines = render(
        turn.language,
        "ask",
        first=turn.say(first.ask),
        names=[turn.say(field.name) for field in missing],
    )
    choices = [
        Choice(turn.say(choice.title), turn.say(choice.title)) for choice in first.choices[:8]
    ]
    known = {name: slot.value for name, slot in turn.slots.items()}
    return part(
        turn,
        "ask",
        (*lines, *beside),
        tool=tool,
        arguments=arguments or known,
        missing=missing,
        choices=choices,
    )


def foreign_currency(turn: Turn, field: FieldSpec, currency: str, *, tool: str) -> Part:
    """A money value in another currency is not converted: the right one is asked for."""
    lines = render(
        turn.language,
        "currency",
        name=turn.say(field.name),
        given=currency,
        wanted=field.currency,
        ask=turn.say(field.ask),
    )
    return part(turn, "ask", lines, tool=tool, missing=[field])


def missing_count(required: Decimal, slot: Slot) -> Decimal:
    """How many more of the whole the part needs for a required share; 0 where it is enough."""
    if slot.part is None or slot.whole is None:
        return Decimal(0)
    needed = (required * slot.whole).to_integral_value(rounding=ROUND_CEILING)
    return max(needed - slot.part, Decimal(0))


def offer_closed(turn: Turn) -> tuple[str, ...]:
    """For an item without dates of its own: its subject's offer is over, or has not begun."""
    rule = turn.view.offer(turn.known)
    if rule is None:
        return ()
    at = window(rule, now=turn.now)
    return render(turn.language, "offer", subject=turn.known.subject.title, rule=rule, window=at)


def validity(turn: Turn) -> tuple[str, ...]:
    """Not yet, expected, over: as of the turn's moment. Nothing where it simply holds."""
    item = turn.known.item
    at = window(item, now=turn.now)
    return render(
        turn.language,
        "validity",
        item=item,
        window=at,
        successor=turn.known.successor,
        now=turn.now,
    )
