"""Opens the bulletins: from kept files where these are of the same data and code, else anew."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import overload

from bot.cache import learned as learned_lines
from bot.cache import months
from bot.cache.files import KeptFiles
from bot.cache.prints import fingerprint, month_version
from handlers.routing import Learned
from knowledge.library import Library, Outline, Place, Turns, View
from knowledge.loader import (
    KnowledgeError,
    everyday_talk,
    load_bulletin,
    load_library,
    month_folders,
)
from knowledge.shelf import Shelf

VIEWS, INDEXES, MONTHS = 8, 8, 240  # files that are kept


class Kept:
    """What is known of a library's views: a `handlers.routing.Memory` in files."""

    def __init__(self, files: KeptFiles, version: str) -> None:
        self._files = files
        self._version = version
        self._read: dict[Place, list[bytes]] = {}

    def outline(self, place: Place) -> Outline | None:
        lines = self._lines(place)
        return json.loads(lines[0]) if lines else None

    def get(self, view: View) -> Learned | None:
        lines = self._lines(view.place)
        return learned_lines.from_lines(lines[1:]) if lines else None

    def put(self, view: View, learned: Learned) -> None:
        outline = json.dumps(view.outline).encode()
        self._files.write(self._name(view.place), [outline, *learned_lines.to_lines(learned)])
        self._files.prune("view-", VIEWS)

    def _name(self, place: Place) -> str:
        return f"view-{self._version}-{place[0]}-{place[1]}"

    def _lines(self, place: Place) -> list[bytes]:
        if place not in self._read:
            self._read[place] = self._files.read(self._name(place)) or []
        return self._read[place]


def open_library(folders: list[Path], files: KeptFiles) -> tuple[Library, Kept]:
    """All bulletins below the folders; KnowledgeError lists every fault of every file."""
    found = month_folders(folders)
    versions = [month_version(folder) for folder in found]
    kept = Kept(files, version := fingerprint(versions))
    if index := files.read(f"index-{version}"):
        order, turns = _index(index[0])
        shelves = _Shelves([(found[n], versions[n]) for n in order], files)
        return Library(shelves, everyday_talk(), turns, kept.outline), kept
    try:
        read = [_month(*pair, files) for pair in zip(found, versions, strict=True)]
    except KnowledgeError:
        read = []
    order = sorted(range(len(read)), key=lambda number: read[number].month.id)
    in_order = [read[number] for number in order]
    if not in_order or not _fits_together(in_order):
        return load_library(folders), kept  # tells all that is wrong
    library = Library(in_order, everyday_talk())
    files.write(f"index-{version}", [_index_line(order, library.turns)])
    files.prune("index-", INDEXES)
    files.prune("month-", max(MONTHS, 2 * len(read)))
    return library, kept


class _Shelves(Sequence[Shelf]):
    """The months, each read when somebody asks for it."""

    def __init__(self, months: list[tuple[Path, str]], files: KeptFiles) -> None:
        self._months = months
        self._files = files
        self._read: dict[int, Shelf] = {}

    def __len__(self) -> int:
        return len(self._months)

    @overload
    def __getitem__(self, place: int) -> Shelf: ...

    @overload
    def __getitem__(self, place: slice) -> list[Shelf]: ...

    def __getitem__(self, place: int | slice) -> Shelf | list[Shelf]:
        if isinstance(place, slice):
            return [self[number] for number in range(len(self))[place]]
        number = range(len(self))[place]
        if number not in self._read:
            self._read[number] = _month(*self._months[number], self._files)
        return self._read[number]

    def __iter__(self) -> Iterator[Shelf]:
        return (self[number] for number in range(len(self)))


def _month(folder: Path, version: str, files: KeptFiles) -> Shelf:
    lines = files.read(f"month-{version}")
    if lines is None:
        lines = list(months.to_lines(Shelf.of(load_bulletin(folder))))
        if month_version(folder) == version:  # nobody has changed a file meanwhile
            files.write(f"month-{version}", lines)
    return months.from_lines(lines)


def _fits_together(shelves: list[Shelf]) -> bool:
    """Whether each month stands there once, and replaces only what an earlier one has."""
    earlier: set[str] = set()
    for shelf in shelves:
        if any(item.replaces and item.replaces not in earlier for item in shelf.items):
            return False
        earlier |= {item.id for item in shelf.items}
    return len({shelf.month.id for shelf in shelves}) == len(shelves)


def _index_line(order: list[int], turns: Turns) -> bytes:
    published, replaced = ([one.isoformat() for one in many] for many in
                           (turns.published, turns.replaced))  # fmt: skip
    return json.dumps({"order": order, "published": published, "replaced": replaced}).encode()


def _index(line: bytes) -> tuple[list[int], Turns]:
    about = json.loads(line)
    return about["order"], Turns(
        tuple(date.fromisoformat(day) for day in about["published"]),
        tuple(datetime.fromisoformat(moment) for moment in about["replaced"]),
    )
