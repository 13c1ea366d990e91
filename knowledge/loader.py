"""Reads bulletin folders, and says clearly what is wrong with one."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.library import Library
from knowledge.model import (
    AnyItem,
    Bulletin,
    Calendar,
    Eligibility,
    Enrolment,
    Item,
    Month,
    SubjectFile,
    Table,
    WeightedScore,
)
from knowledge.shelf import Shelf

MONTH_FILE = "bulletin.toml"
KIND_POSITION = 2  # in a fault's place: "items", number, kind, key …
BUILT_IN = Path(__file__).parent
EVERYDAY = BUILT_IN / "everyday.txt"
Model = TypeVar("Model", bound=BaseModel)

REMEDIES = {
    "extra_forbidden": "remove the key, or correct its spelling",
    "missing": "add the key",
    "union_tag_invalid": "use one of the kinds named in docs/new-bulletin.md",
    "union_tag_not_found": "add `kind`, one of the kinds named in docs/new-bulletin.md",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A month with the files that its subjects come from, for messages about several months."""

    folder: Path
    month: Month
    files: tuple[tuple[Path, SubjectFile], ...]

    @property
    def bulletin(self) -> Bulletin:
        return Bulletin(month=self.month, subjects=tuple(subject for _, subject in self.files))


class KnowledgeError(Exception):
    """A bulletin that cannot be used. `problems` has one line for each fault found."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def problem(path: Path, place: str, fault: str, remedy: str) -> str:
    """One line that names the file, the place in it, what is wrong and what to do."""
    return f"{path.parent.name}/{path.name}: {place or 'top level'}: {fault}; {remedy}"


def load_library(folders: list[Path]) -> Library:
    """All bulletins below the folders given; KnowledgeError lists every fault of every file."""
    loaded: list[Loaded] = []
    problems: list[str] = []
    for folder in month_folders(folders):
        try:
            loaded.append(_load(folder))
        except KnowledgeError as error:
            problems.extend(error.problems)
    if not loaded and not problems:
        named = ", ".join(str(folder) for folder in folders)
        problems.append(f"{named}: no folder with a {MONTH_FILE}; name a folder that has one")
    loaded.sort(key=lambda month: month.month.id)
    for one, other in pairwise(loaded):
        if one.month.id == other.month.id:
            fault = f"`{one.month.id}` is the month of {one.folder} too"
            problems.append(problem(other.folder / MONTH_FILE, "id", fault, "keep one of the two"))
    if problems := problems or list(_broken_replacements(loaded)):
        raise KnowledgeError(problems)
    return Library([Shelf.of(month.bulletin) for month in loaded], everyday_talk())


def everyday_talk() -> tuple[str, ...]:
    """Utterances that no bulletin is about, one a line of the built-in file."""
    return tuple(EVERYDAY.read_text(encoding="utf-8").split("\n"))


def month_folders(folders: list[Path]) -> list[Path]:
    """The folders that hold a bulletin: those given, and those directly below them."""
    found: dict[Path, Path] = {}
    for folder in folders:
        for candidate in (folder, *sorted(folder.glob("*/"))):
            if (candidate / MONTH_FILE).is_file():
                found.setdefault(candidate.resolve(), candidate)
    return list(found.values())


def load_bulletin(folder: Path) -> Bulletin:
    """One month's folder; KnowledgeError lists every fault found in it."""
    return _load(folder).bulletin


def _load(folder: Path) -> Loaded:
    problems: list[str] = []
    month = _read(folder / MONTH_FILE, Month, problems)
    files: list[tuple[Path, SubjectFile]] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name != MONTH_FILE and (subject := _read(path, SubjectFile, problems)):
            files.append((path, subject))
    if month is not None:
        problems.extend(_cross_check(month, files))
    if problems or month is None:
        raise KnowledgeError(problems)
    return Loaded(folder, month, tuple(files))


def _read(path: Path, model: type[Model], problems: list[str]) -> Model | None:
    try:
        # Some editors put a byte-order mark in front of UTF-8.
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        problems.append(problem(path, "", f"not valid TOML: {error}", "correct the line"))
        return None
    except UnicodeDecodeError:
        problems.append(problem(path, "", "not UTF-8 text", "save the file as UTF-8"))
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for fault in _root_faults(error):
            place = _place(data, fault["loc"])
            remedy = REMEDIES.get(fault["type"], "correct the value")
            problems.append(problem(path, place, fault["msg"], remedy))
        return None


def _root_faults(error: ValidationError) -> list[ErrorDetails]:
    """The faults without those that only follow from others: a list is short of a faulty part."""
    faults = error.errors(include_url=False)
    inner = {fault["loc"][:length] for fault in faults for length in range(len(fault["loc"]))}
    return [f for f in faults if f["type"] != "too_short" or f["loc"] not in inner]


def _place(data: dict[str, Any], loc: tuple[int | str, ...]) -> str:
    """The fault's place in words a curator knows: the item's id instead of its number."""
    words: list[str] = []
    here: Any = data
    for position, step in enumerate(loc):
        if isinstance(step, int) and isinstance(here, list) and step < len(here):
            here = here[step]
            name = here.get("id") or here.get("name") if isinstance(here, dict) else None
            words.append(f"[{name or step + 1}]")
        elif position == KIND_POSITION and isinstance(here, dict) and step == here.get("kind"):
            continue  # pydantic names the kind that it chose; a key may have the same name
        elif isinstance(here, dict):
            here = here.get(str(step))
            words.append(str(step))
        # Below a plain value pydantic names the alternatives that it tried.
    return ".".join(words).replace(".[", "[")


def _cross_check(month: Month, files: list[tuple[Path, SubjectFile]]) -> Iterator[str]:
    items: dict[str, tuple[Path, AnyItem]] = {}
    aliases: dict[str, str] = {}
    subjects: dict[str, Path] = {}
    for path, file in files:
        if file.topic not in month.topics:
            yield problem(path, "topic", f"`{file.topic}` is no topic", f"add it to {MONTH_FILE}")
        if file.subject in subjects:
            there = subjects[file.subject].name
            yield problem(path, "subject", f"`{file.subject}` stands in {there} too", "rename one")
        subjects[file.subject] = path
        for alias in (file.title.zh, file.title.en, *file.aliases):
            holder = aliases.setdefault(alias.casefold(), file.subject)
            if holder != file.subject:
                fault = f"`{alias}` stands for `{holder}` and `{file.subject}`"
                yield problem(path, "aliases", fault, "keep it in one of the two")
        for item in file.items:
            if item.id in items:
                there = items[item.id][0].name
                fault = f"the id `{item.id}` stands in {there} too"
                yield problem(path, f"items[{item.id}]", fault, "rename one")
            items[item.id] = (path, item)
    for path, item in items.values():
        yield from _broken_links(path, item, items)


def _broken_links(
    path: Path, item: AnyItem, items: dict[str, tuple[Path, AnyItem]]
) -> Iterator[str]:
    wanted: list[tuple[str, str, type[Item]]] = [("related", slug, Item) for slug in item.related]
    if isinstance(item, Eligibility):
        wanted.extend(("together", slug, Eligibility) for slug in item.together)
    if isinstance(item, Enrolment):
        wanted.append(("calendar", item.calendar, Calendar))
        yield from _broken_phase(path, item, items.get(item.calendar))
    if isinstance(item, Table) and item.score:
        wanted.append(("score", item.score, WeightedScore))
    for key, slug, kind in wanted:
        place = f"items[{item.id}].{key}"
        if slug not in items:
            yield problem(path, place, f"there is no item `{slug}`", "name an item of this month")
        elif not isinstance(items[slug][1], kind):
            yield problem(path, place, f"`{slug}` is of another kind", f"name a {kind.__name__}")


def _broken_phase(
    path: Path, item: Enrolment, calendar: tuple[Path, AnyItem] | None
) -> Iterator[str]:
    if calendar is None or not isinstance(calendar[1], Calendar):
        return
    phases = [phase.id for phase in calendar[1].phases]
    if item.phase not in phases:
        fault = f"`{item.calendar}` has no phase `{item.phase}`"
        yield problem(path, f"items[{item.id}].phase", fault, f"name one of {phases}")


def _broken_replacements(months: list[Loaded]) -> Iterator[str]:
    earlier: set[str] = set()
    for month in months:
        for path, subject in month.files:
            for item in subject.items:
                if item.replaces and item.replaces not in earlier:
                    place = f"items[{item.id}].replaces"
                    fault = f"no earlier month has `{item.replaces}`"
                    yield problem(path, place, fault, "correct the id, or remove the key")
        earlier |= {item.id for _, subject in month.files for item in subject.items}
