"""The tools of the bulletins as langchain tools, for those who build agents of their own.

Each computable item becomes a StructuredTool whose arguments are the item's fields; it calls the
pure function of tools/ with the item as its rule. What it returns is plain data, with the place in
the bulletin that it rests on.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field, create_model

from knowledge.library import Known, View
from knowledge.model import (
    Capacity,
    Computable,
    Fee,
    FieldSpec,
    RankReward,
    TieredScore,
    WeightedScore,
)
from tools.capacity import containers_needed
from tools.fees import compare_fees
from tools.rewards import rank_reward
from tools.scores import weighted_score
from tools.tiers import tier_for

_TYPES: dict[str, Any] = {
    "money": Decimal,
    "number": Decimal,
    "share": Decimal,
    "count": int,
    "duration": Decimal,
    "rank": int,
    "choice": str,
    "flag": bool,
    "date": date,
    "moment": datetime,
}
Given = Mapping[str, Any]


def _tier(rule: TieredScore, given: Given, now: datetime) -> Any:
    numbers = {name: value for name, value in given.items() if isinstance(value, Decimal)}
    scope = given.get(rule.scope) if rule.scope else None
    return tier_for(rule, numbers, scope=scope, now=now)


def _score(rule: WeightedScore, given: Given, now: datetime) -> Any:
    wanted = {component.field for component in rule.components}
    return weighted_score(rule, {k: Decimal(v) for k, v in given.items() if k in wanted})


def _reward(rule: RankReward, given: Given, now: datetime) -> Any:
    return rank_reward(rule, given[rule.rank], given.get(rule.spend))


def _fee(rule: Fee, given: Given, now: datetime) -> Any:
    return compare_fees(rule, [given[rule.amount]])


def _capacity(rule: Capacity, given: Given, now: datetime) -> Any:
    return containers_needed(rule, given[rule.count])


_CALLS: dict[
    type[Computable], tuple[Callable[[Any, Given, datetime], Any], Callable[[Any], set[str]]]
] = {
    TieredScore: (_tier, lambda rule: {f for tier in rule.tiers for f in tier.minimum}),
    WeightedScore: (_score, lambda rule: set()),
    RankReward: (_reward, lambda rule: {rule.rank}),
    Fee: (_fee, lambda rule: {rule.amount}),
    Capacity: (_capacity, lambda rule: {rule.count}),
}


def langchain_tools(view: View, now: datetime) -> list[Any]:
    """A StructuredTool for each item that computes from given values, as of `now` (aware)."""
    from langchain_core.tools import StructuredTool  # noqa: PLC0415  (late: heavy)

    made = []
    for known in view:
        item = known.item
        if isinstance(item, Computable) and type(item) in _CALLS:
            call, required = _CALLS[type(item)]
            made.append(
                StructuredTool.from_function(
                    func=_function(known, call, now),
                    name=item.id.replace("-", "_"),
                    description=f"{item.title.en} / {item.title.zh}. Bulletin {known.month.id},"
                    f" {item.section}.",
                    args_schema=_arguments(item, required(item)),
                )
            )
    return made


def _arguments(item: Computable, required: set[str]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for field in item.fields:
        kind = _TYPES[field.kind]
        if field.id in required:
            fields[_name(field)] = (kind, Field(description=_described(field)))
        else:
            fields[_name(field)] = (kind | None, Field(None, description=_described(field)))
    return create_model(f"{item.id.replace('-', '_')}_arguments", **fields)


def _name(field: FieldSpec) -> str:
    return field.id.replace("-", "_")


def _described(field: FieldSpec) -> str:
    parts = [f"{field.name.en} / {field.name.zh}"]
    if field.kind == "share":
        parts.append("from 0 to 1")
    if field.kind == "money" and field.currency:
        parts.append(f"in {field.currency}")
    if field.choices:
        parts.append("one of " + ", ".join(choice.id for choice in field.choices))
    return "; ".join(parts)


def _function(
    known: Known, call: Callable[[Any, Given, datetime], Any], now: datetime
) -> Callable[..., dict[str, Any]]:
    ids = {_name(field): field.id for field in getattr(known.item, "fields", ())}

    def run(**arguments: Any) -> dict[str, Any]:
        given = {ids[name]: value for name, value in arguments.items() if value is not None}
        result = call(known.item, given, now)
        return {
            "result": _plain(result),
            "certainty": known.item.certainty,
            "source": {"bulletin": known.month.id, "section": known.item.section},
        }

    return run


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(inner) for key, inner in asdict(value).items()}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    return value
