"""A month's shelf as lines: what places the items in time first, then an item a line."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, get_args

from knowledge.model import AnyItem, Item, Month, Subject
from knowledge.shelf import Shelf, Shelved

KINDS: dict[str, type[Item]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(AnyItem)[0])
}


def to_lines(shelf: Shelf) -> Iterator[bytes]:
    """The shelf, all of it read."""
    subjects = list({shelved.subject.subject: shelved.subject for shelved in shelf.items}.values())
    numbers = {subject.subject: number for number, subject in enumerate(subjects)}
    head = {
        "month": _plain(shelf.month),
        "subjects": [
            {name: value for name, value in _plain(subject).items() if name != "items"}
            for subject in subjects
        ],
        "items": [
            (one.id, one.replaces, one.opens.isoformat() if one.opens else None,
             numbers[one.subject.subject], one.item.kind)
            for one in shelf.items
        ],
    }  # fmt: skip
    yield json.dumps(head, ensure_ascii=False).encode()
    for one in shelf.items:
        yield one.item.model_dump_json(by_alias=True, exclude_unset=True).encode()


def from_lines(lines: list[bytes]) -> Shelf:
    """The shelf that `to_lines` wrote; its items are decoded when they are asked for."""
    head = json.loads(lines[0])
    subjects = [Subject.model_validate(about) for about in head["subjects"]]
    return Shelf(
        Month.model_validate_json(json.dumps(head["month"])),
        tuple(
            Shelved(
                item_id,
                replaces,
                datetime.fromisoformat(opens) if opens else None,
                subjects[number],
                partial(_decoded, kind, line),
            )
            for (item_id, replaces, opens, number, kind), line in zip(
                head["items"], lines[1:], strict=True
            )
        ),
    )


def _plain(model: Month | Subject) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _decoded(kind: str, line: bytes) -> AnyItem:
    item: AnyItem = KINDS[kind].model_validate_json(line)  # type: ignore[assignment]
    return item
