"""The table that the tools see, on the SQLite index; opened for reading, nothing is written."""

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from bot.tariff.store import ROOM
from tools.tariff.grammar import parse_rate
from tools.tariff.rates import Applicable
from tools.tariff.section301 import UNKNOWN_LIST, Section301
from tools.tariff.table import Edition, Heading, Measure, Nomenclature, Product, TariffLine
from tools.tariff.words import Vocabulary

_COLUMNS = "id, parent, code, hts8, description, units, general, special, other, headings, measures"
_OF_CHINA = re.compile(r"product of (?:China|any country)")
_NOT_CHINA = re.compile(r"except for articles the product of China|enumerated in")
_MOST = 60
_parse = lru_cache(maxsize=4096)(parse_rate)


class SqliteTable:
    """The imported editions of one index file. `rules` and `words` come from the knowledge data."""

    def __init__(self, path: Path, rules: Section301, words: Vocabulary) -> None:
        self.rules = rules
        self.words = words
        self._db = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self._measures: dict[str, tuple[Measure, ...]] = {}
        self._footnoted: set[str] = set()  # editions that name the lists themselves

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @cached_property
    def _lists(self) -> bool:
        return bool(self._db.execute("select 1 from section301 limit 1").fetchone())

    @cached_property
    def _all(self) -> tuple[Edition, ...]:
        found = self._db.execute(
            "select id, name, destination, starts, ends, nomenclature, source, currency, "
            "lists_known from editions order by destination, starts, id"
        ).fetchall()
        self._footnoted = {str(row[0]) for row in found if row[8]}
        editions = [
            Edition(
                key=str(row[0]),
                name=row[1],
                destination=row[2],
                starts=date.fromisoformat(row[3]),
                ends=date.fromisoformat(row[4]) if row[4] else None,
                nomenclature=row[5],
                source=row[6],
                currency=row[7],
                lists_known=row[2] != "US" or bool(row[8]) or self._lists,
            )
            for row in found
        ]
        return tuple(_ended(editions))

    def editions(self, destination: str) -> Sequence[Edition]:
        """All imported editions for a destination."""
        return tuple(one for one in self._all if one.destination == destination)

    def line(self, edition: Edition, code: str) -> TariffLine | None:
        """The rate line of an 8-digit code or of a statistical number under it."""
        rows = self._rows("edition = ? and hts8 = ? and rate_line = 1", int(edition.key), code[:8])
        if len(rows) > 1:  # a schedule with rates at ten digits
            rows = [row for row in rows if row[2] == code]
        if len(rows) != 1:
            return None
        line = self._line(edition, rows[0])
        if len(code) == 10 and rows[0][2] != code:
            own = self._rows("edition = ? and code = ?", int(edition.key), code)
            line = replace(line, measures=tuple(own[0][10].split())) if own else line
        return line

    def has_statistical(self, edition: Edition, code: str) -> bool:
        """Whether the edition holds this 10-digit number."""
        return bool(self._rows("edition = ? and code = ?", int(edition.key), code))

    def under(self, edition: Edition, prefix: str) -> Sequence[TariffLine]:
        """The rate lines whose code begins with the prefix, at most sixty."""
        rows = self._rows(
            "edition = ? and hts8 >= ? and hts8 < ? and rate_line = 1 order by hts8, id",
            int(edition.key),
            prefix,
            f"{prefix}:",
        )
        return tuple(self._line(edition, row) for row in rows[:_MOST])

    def search(self, edition: Edition, words: Sequence[str]) -> Sequence[TariffLine]:
        """Rate lines with all the English words in their full description, best first."""
        wanted = [word for word in words if re.fullmatch(r"[A-Za-z][A-Za-z0-9'-]*", word)]
        if not wanted:
            return ()
        base = int(edition.key) * ROOM
        found = self._db.execute(
            "select rowid from line_words where line_words match ? and rowid > ? and rowid < ? "
            "order by rank limit ?",
            (" ".join(f'"{word}"' for word in wanted), base, base + ROOM, _MOST // 2),
        ).fetchall()
        lines = []
        for (number,) in found:
            lines += [self._line(edition, row) for row in self._rows("id = ?", number)]
        return tuple(lines)

    def products(self) -> Sequence[Product]:
        """None: names belong to the starter table."""
        return ()

    def renumbered(self, hs6: str, to: Nomenclature) -> Sequence[str]:
        """The numbers of the other HS version, when a renumbering file was imported."""
        want, have = ("hs2022", "hs2017") if to == "HS2022" else ("hs2017", "hs2022")
        found = self._db.execute(
            f"select distinct {want} from renumbered where {have} = ? order by 1",
            (hs6,),
        )
        return tuple(row[0] for row in found)

    def measures(self, edition: Edition) -> Sequence[Measure]:
        """Headings of chapter 99 that add a duty on all goods of China, other than the lists."""
        if edition.key not in self._measures:
            rows = self._rows(
                "edition = ? and hts8 >= '99030000' and hts8 < '99040000' and rate_line = 1",
                int(edition.key),
            )
            self._measures[edition.key] = tuple(
                _measure(row) for row in rows if _adds_on_china(row)
            )
        return self._measures[edition.key]

    def measure(self, edition: Edition, heading: str) -> Measure | None:
        """One heading of chapter 99, with its text."""
        rows = self._rows(
            "edition = ? and hts8 = ? and rate_line = 1",
            int(edition.key),
            heading.replace(".", ""),
        )
        return _measure(rows[0]) if rows else None

    def _rows(self, where: str, *values: object) -> list[Any]:
        return self._db.execute(f"select {_COLUMNS} from lines where {where}", values).fetchall()

    def _line(self, edition: Edition, row: Any) -> TariffLine:
        chain = [Heading(row[2], row[4])]
        above = row[1]
        while above:
            parent = self._db.execute(
                "select parent, code, description from lines where id = ?", (above,)
            ).fetchone()
            chain.append(Heading(parent[1], parent[2]))
            above = parent[0]
        us = edition.destination == "US"
        return TariffLine(
            code=row[3] if us else row[2],
            chain=tuple(reversed(chain)),
            general=_parse(row[6]),
            general_text=row[6],
            units=tuple(json.loads(row[5])),
            special_text=row[7],
            column2=_parse(row[8]) if us else None,
            column2_text=row[8],
            headings=tuple(row[9].split()),
            lists=self._list_of(row[3]) if us and edition.key not in self._footnoted else (),
            measures=tuple(row[10].split()),
        )

    def _list_of(self, hts8: str) -> tuple[str, ...]:
        """The lists of a list file; a line that it does not name is on an unknown list.

        A file may be of another year's numbering, so its silence proves nothing.
        """
        found = self._db.execute("select distinct list from section301 where code = ?", (hts8,))
        return tuple(sorted(row[0] for row in found)) or ((UNKNOWN_LIST,) if self._lists else ())


def _ended(editions: list[Edition]) -> list[Edition]:
    """An edition ends the day before the next one of its destination starts."""
    out = []
    for at, one in enumerate(editions):
        later = [e for e in editions[at + 1 :] if e.destination == one.destination]
        following = next((e.starts for e in later if e.starts > one.starts), None)
        if one.ends is None and following:
            out.append(replace(one, ends=following - timedelta(days=1)))
        else:
            out.append(one)
    return out


def _measure(row: Any) -> Measure:
    code = row[3]
    return Measure(f"{code[:4]}.{code[4:6]}.{code[6:]}", row[6], row[4])


def _adds_on_china(row: Any) -> bool:
    rate, text = _parse(row[6]), row[4]
    return (
        isinstance(rate, Applicable)
        and rate.plus > 0
        and not row[3].startswith(("990388", "990391"))
        and bool(_OF_CHINA.search(text))
        and not _NOT_CHINA.search(text)
    )
