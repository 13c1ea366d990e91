"""Finds rules of a library by kind and id, and looks for floats in results."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from knowledge.library import Library
from knowledge.model import Item

Kind = TypeVar("Kind", bound=Item)
BEIJING = ZoneInfo("Asia/Shanghai")


def rule(library: Library, kind: type[Kind], item_id: str) -> Kind:
    """The item of the newest bulletin with this id; fails where it is of another kind."""
    for subject in library.newest.subjects:
        for item in subject.items:
            if item.id == item_id:
                assert isinstance(item, kind), f"{item_id} is a {type(item).__name__}"
                return item
    raise KeyError(item_id)


def beijing(text: str) -> datetime:
    """An ISO time read as Beijing time."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def floats(value: Any) -> list[float]:
    """Every float anywhere inside a result."""
    return [part for part in _leaves(value) if isinstance(part, float)]


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, BaseModel):
        yield from _leaves(dict(value))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from _leaves(list(value.items()))
    elif isinstance(value, Sequence | Set) and not isinstance(value, str | bytes):
        for part in value:
            yield from _leaves(part)
    else:
        yield value
