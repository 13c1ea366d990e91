"""The Section 301 rules and the vocabulary of the knowledge data as objects."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from tools.tariff.section301 import ListRule, PartialLine, RateStep, Section301
from tools.tariff.words import Vocabulary

_FOLDER = files("knowledge") / "tariff"


@cache
def section301() -> Section301:
    """The dated rules; a broken file raises ValueError with its name and the place."""
    path = _FOLDER / "section301.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    try:
        rules = [_list(one) for one in data["lists"]]
        lists = {rule.name: rule for rule in rules}
        partial = tuple(
            PartialLine(one["list"], one["code"], frozenset(one["excluded"]))
            for one in data["partial"]
        )
        unknown = {part.list for part in partial} - set(lists)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error
    if unknown:
        raise ValueError(f"{path}: partial lines on lists that are not there: {sorted(unknown)}")
    return Section301(lists, partial, data["reference"])


def _list(one: dict[str, Any]) -> ListRule:
    steps = tuple(RateStep(step["from"], Decimal(step["rate"])) for step in one["steps"])
    if list(steps) != sorted(steps, key=lambda step: step.starts):
        raise ValueError(f"list {one['name']}: the steps are not in the order of their dates")
    suspended: date | None = one.get("suspended_from")
    return ListRule(one["name"], one["heading"], one["note"], steps, suspended)


@cache
def vocabulary() -> Vocabulary:
    """The words by which product questions are read."""
    data = tomllib.loads((_FOLDER / "words.toml").read_text(encoding="utf-8"))
    facets = {
        facet: {value: tuple(words) for value, words in values.items()}
        for facet, values in data["facets"].items()
    }
    return Vocabulary(
        noise_zh=tuple(data["noise_zh"]),
        noise_en=frozenset(data["noise_en"]),
        facets=facets,
        ask=tuple(data["ask"]),
        other_head_zh=re.compile(data["other_head_zh"]),
        other_head_en=frozenset(data["other_head_en"]),
    )
