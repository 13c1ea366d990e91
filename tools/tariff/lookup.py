"""From a code to the line of the edition that counts on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tools.tariff.codes import Code
from tools.tariff.table import Edition, TariffLine, TariffTable

ReadAs = Literal["line", "statistical", "hs", "renumbered", "name"]


@dataclass(frozen=True, slots=True)
class Found:
    """One line. `in_force` is false when the nearest edition answers for another day.

    `read_as` says how the code led here: the line itself, a 10-digit statistical number, the first
    six digits only ("hs": a Chinese code, or a code that this edition lacks), through the other
    HS version ("renumbered"), or by name.
    """

    line: TariffLine
    edition: Edition
    in_force: bool
    read_as: ReadAs
    asked: str
    statistical: str | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """Several lines share the code; the seller has to choose unless their duty is the same."""

    lines: tuple[TariffLine, ...]
    edition: Edition
    in_force: bool
    read_as: ReadAs
    asked: str


@dataclass(frozen=True, slots=True)
class NoTable:
    """There is no table for this destination."""

    destination: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """No edition of the destination holds the code or the name."""

    asked: str
    editions: tuple[Edition, ...]


def editions_for(table: TariffTable, destination: str, on: date) -> list[Edition]:
    """The editions in the order in which they may answer: in force, then nearest, full first."""
    return sorted(table.editions(destination), key=lambda edition: _order(edition, on))


def _order(edition: Edition, on: date) -> tuple[bool, timedelta, bool, int]:
    if edition.covers(on):
        away = timedelta(0)
    elif on < edition.starts:
        away = edition.starts - on
    else:
        away = on - (edition.ends or on)
    return (not edition.covers(on), away, not edition.complete, -edition.starts.toordinal())


def lookup_code(
    table: TariffTable, code: Code, *, destination: str = "US", on: date
) -> Found | Several | NoTable | NotFound:
    """The line or lines of a 4, 6, 8 or 10-digit code on a day, in the edition that counts."""
    editions = editions_for(table, destination, on)
    if not editions:
        return NoTable(destination)
    current = [edition for edition in editions if edition.covers(on)]
    others = editions[len(current) :]
    for group in (current, others):  # another number of today's edition before another day's
        for find in (_in_edition, _renumbered):
            for edition in group:
                if found := find(table, edition, code, on):
                    return found
    return NotFound(code.digits, tuple(editions))


def _in_edition(
    table: TariffTable, edition: Edition, code: Code, on: date
) -> Found | Several | None:
    digits, in_force = code.digits, edition.covers(on)
    if len(digits) == 10 and table.has_statistical(edition, digits):
        if line := table.line(edition, digits):
            return Found(line, edition, in_force, "statistical", digits, digits)
    elif len(digits) == 8 and (line := table.line(edition, digits)):
        return Found(line, edition, in_force, "line", digits)
    return _one_or_several(table.under(edition, digits[:6]), edition, in_force, "hs", digits)


def _renumbered(
    table: TariffTable, edition: Edition, code: Code, on: date
) -> Found | Several | None:
    if len(code.digits) < 6:
        return None
    lines: list[TariffLine] = []
    for hs6 in table.renumbered(code.hs6, edition.nomenclature):
        lines += table.under(edition, hs6)
    return _one_or_several(lines, edition, edition.covers(on), "renumbered", code.digits)


def _one_or_several(
    lines: Sequence[TariffLine], edition: Edition, in_force: bool, read_as: ReadAs, asked: str
) -> Found | Several | None:
    if not lines:
        return None
    if len(lines) == 1:
        return Found(lines[0], edition, in_force, read_as, asked)
    return Several(tuple(lines), edition, in_force, read_as, asked)
