"""Rows of a schedule as an importer reads them, and their inheritance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


class ImportFailed(Exception):
    """A file that cannot be imported: says the file, the place and the problem."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a schedule, texts as printed but without tags; empty means inherited.

    `headings` are the chapter 99 headings of the footnote to the general rate, `measures` those of
    footnotes to the row's own description.
    """

    code: str
    indent: int
    description: str
    units: tuple[str, ...] = ()
    general: str = ""
    special: str = ""
    other: str = ""
    additional: str = ""
    headings: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place: `number` counts from 1, `parent` is the number of the row above it.

    `rate_line` marks the line that bears the rate: 8 digits, or 10 where there is no 8-digit row.
    `path` is the full description.
    """

    number: int
    parent: int | None
    row: Row
    rate_line: bool
    path: tuple[str, ...]


def place(rows: Iterable[Row]) -> Iterator[Placed]:
    """Resolve what a row inherits from its ancestors; keeps only one chain in memory."""
    chain: list[Placed] = []
    for number, row in enumerate(rows, start=1):
        while chain and chain[-1].row.indent >= row.indent:
            chain.pop()
        above = chain[-1] if chain else None
        resolved = _inherit(row, above.row) if above else row
        under_rate_line = any(placed.rate_line for placed in chain)
        rate_line = len(row.code) >= 8 and not under_rate_line
        path = (*(above.path if above else ()), row.description)
        placed = Placed(number, above.number if above else None, resolved, rate_line, path)
        chain.append(placed)
        yield placed


def _inherit(row: Row, above: Row) -> Row:
    return replace(
        row,
        units=row.units or above.units,
        general=row.general or above.general,
        special=row.special or (above.special if not row.general else ""),
        other=row.other or above.other,
        additional=row.additional or above.additional,
        headings=row.headings or above.headings,
    )
