"""Import of schedules, Section 301 lists and HS renumbering: all or nothing, with a report."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from bot.tariff import uk, usitc
from bot.tariff.rows import ImportFailed, Placed, Row, place
from bot.tariff.source import Kind, Progress, kind_of, opened
from bot.tariff.store import all_or_nothing, replace_edition, replace_lists, replace_renumbering
from tools.tariff.grammar import parse_rate
from tools.tariff.rates import understood

HS2022_STARTS = {"US": date(2022, 1, 27), "GB": date(2022, 1, 1), "EU": date(2022, 1, 1)}
_SOURCES = {
    "US": "USITC Harmonized Tariff Schedule",
    "GB": "UK Global Tariff",
    "EU": "UK Global Tariff file, column of the EU common external tariff",
}
_CURRENCIES = {"US": "USD", "GB": "GBP", "EU": "EUR"}
_BASIC = re.compile(r"(20\d\d)[-_ ]basic", re.IGNORECASE)
_MONTH = re.compile(r"(20\d\d)[-_](0[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class Unread:
    """A duty text that the grammar does not read, how often it stands, and where first."""

    text: str
    count: int
    code: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `rates` counts rate lines with a text, `read` those understood."""

    file: str
    kind: Kind
    edition: str
    destination: str
    rows: int
    rates: int = 0
    read: int = 0
    unread: tuple[Unread, ...] = ()
    lists_known: bool = False
    replaced: bool = False


def import_schedule(
    path: Path,
    folder: Path,
    *,
    edition: str | None = None,
    starts: date | None = None,
    ends: date | None = None,
    progress: Progress = lambda _: None,
) -> list[ImportReport]:
    """Import a schedule; the UK file gives two editions, one for GB and one for the EU.

    `edition` and `starts` are taken from the file's name where it tells them. Raises ImportFailed,
    and then nothing has changed.
    """
    kind = kind_of(path)
    if kind not in ("usitc-json", "usitc-csv", "uk-csv"):
        raise ImportFailed(f"{path}: not a schedule ({kind})")
    name = edition or _name_of(path)
    first = starts or _start_of(path)
    reports = []
    with all_or_nothing(folder) as db:
        for destination, read in _readers(kind):
            tally = _Tally()
            full, begins, last = _validity(destination, name, first, ends)
            with _naming(path), opened(path, progress) as stream:
                rows, replaced = replace_edition(
                    db,
                    name=full,
                    destination=destination,
                    starts=begins,
                    ends=last,
                    nomenclature=_nomenclature(destination, begins),
                    source=_SOURCES[destination],
                    currency=_CURRENCIES[destination],
                    placed=tally.watch(place(read(stream))),
                )
            reports.append(tally.report(path, kind, full, destination, rows, replaced))
    return reports


def _readers(kind: Kind) -> list[tuple[str, Callable[[TextIO], Iterator[Row]]]]:
    if kind == "usitc-json":
        return [("US", usitc.json_rows)]
    if kind == "usitc-csv":
        return [("US", usitc.csv_rows)]
    return [(destination, uk.rows_for(destination)) for destination in ("GB", "EU")]


def _validity(
    destination: str, name: str, starts: date, ends: date | None
) -> tuple[str, date, date | None]:
    """Name and days of an edition; the EU column of the UK file is that of the year before."""
    if destination != "EU":
        return name, starts, ends
    year = starts.year - 1
    return f"{name} (EU {year})", date(year, 1, 1), date(year, 12, 31)


def _nomenclature(destination: str, starts: date) -> str:
    return "HS2022" if starts >= HS2022_STARTS[destination] else "HS2017"


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except ImportFailed as error:
        text = str(error)
        raise ImportFailed(text if text.startswith(str(path)) else f"{path}: {text}") from error


class _Tally:
    """Counts the rates of the lines that pass through."""

    def __init__(self) -> None:
        self._texts: Counter[str] = Counter()
        self._first: dict[str, str] = {}
        self._listed = False

    def watch(self, placed: Iterable[Placed]) -> Iterator[Placed]:
        for one in placed:
            row = one.row
            if one.rate_line and row.general:
                self._texts[row.general] += 1
                self._first.setdefault(row.general, row.code)
            self._listed = self._listed or any(h.startswith("9903.88") for h in row.headings)
            yield one

    def report(
        self, path: Path, kind: Kind, name: str, destination: str, rows: int, replaced: bool
    ) -> ImportReport:
        unread = tuple(
            Unread(text, count, self._first[text])
            for text, count in self._texts.items()
            if not understood(parse_rate(text))
        )
        rates = self._texts.total()
        if not rows or not rates:
            raise ImportFailed(f"{path}: no line with a rate in it")
        read = rates - sum(one.count for one in unread)
        return ImportReport(
            path.name, kind, name, destination, rows, rates, read, unread, self._listed, replaced
        )


def import_lists(path: Path, folder: Path, known: Iterable[str]) -> ImportReport:
    """Import a Section 301 list file: CSV with the columns `hts8` (or `hts`) and `list`.

    `known` are the names of lists; "1|2|3" may stand where only the common rate is certain.
    """
    names = set(known)
    pairs: list[tuple[str, str]] = []
    with _naming(path), opened(path) as stream:
        for at, item in enumerate(csv.DictReader(stream), start=2):
            code = re.sub(r"\D", "", item.get("hts8") or item.get("hts") or "")
            label = (item.get("list") or "").strip()
            if len(code) not in (8, 10) or not set(label.split("|")) <= names:
                raise ImportFailed(f"row {at}: no code and list: {code!r}, {label!r}")
            pairs.append((code[:8], label))
    if not pairs:
        raise ImportFailed(f"{path}: no row in it")
    with all_or_nothing(folder) as db:
        replace_lists(db, path.name, pairs)
    return ImportReport(path.name, "section301", "", "US", len(pairs), lists_known=True)


def import_renumbering(path: Path, folder: Path) -> ImportReport:
    """Import the pairs of HS 2022 and HS 2017 numbers: columns `hs6_2022` and `hs6_2017`."""
    pairs: list[tuple[str, str]] = []
    with _naming(path), opened(path) as stream:
        for at, item in enumerate(csv.DictReader(stream), start=2):
            new, old = item.get("hs6_2022") or "", item.get("hs6_2017") or ""
            if not all(len(code) == 6 and code.isdigit() for code in (new, old)):
                raise ImportFailed(f"row {at}: not two numbers of six digits: {new!r}, {old!r}")
            pairs.append((new, old))
    if not pairs:
        raise ImportFailed(f"{path}: no row in it")
    with all_or_nothing(folder) as db:
        replace_renumbering(db, pairs)
    return ImportReport(path.name, "renumbering", "", "", len(pairs))


def _name_of(path: Path) -> str:
    return path.name.split(".")[0].replace("_", " ").strip()


def _start_of(path: Path) -> date:
    if found := _BASIC.search(path.name):
        return date(int(found[1]), 1, 1)
    if found := _MONTH.search(path.name):
        return date(int(found[1]), int(found[2]), 1)
    raise ImportFailed(
        f"{path}: its name does not tell from when it is in force; give --valid-from"
    )
