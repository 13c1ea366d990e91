"""The SQLite index of imported tariffs: its tables and the one way to replace an edition."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.tariff.rows import Placed

if TYPE_CHECKING:
    from sqlite_utils import Database

FILE = "tariff.db"
ROOM = 1_000_000  # row ids of an edition: edition id * ROOM + row number


def open_for_writing(folder: Path) -> "Database":
    """The index under the data folder, created when it is not there."""
    from sqlite_utils import Database  # noqa: PLC0415 - heavy, and only an import needs it

    folder.mkdir(parents=True, exist_ok=True)
    db = Database(folder / FILE)
    _create(db)
    return db


def _create(db: "Database") -> None:
    db.table("editions").create(
        {
            "id": int, "name": str, "destination": str, "starts": str, "ends": str,
            "nomenclature": str, "source": str, "currency": str, "lists_known": int, "rows": int,
        },
        pk="id", if_not_exists=True,
    )  # fmt: skip
    db.table("lines").create(
        {
            "id": int, "edition": int, "parent": int, "code": str, "hts8": str, "rate_line": int,
            "description": str, "units": str, "general": str, "special": str, "other": str,
            "additional": str, "headings": str, "measures": str,
        },
        pk="id", if_not_exists=True,
    )  # fmt: skip
    db.table("lines").create_index(["edition", "code"], if_not_exists=True)
    db.table("lines").create_index(["edition", "hts8"], if_not_exists=True)
    db.table("section301").create(
        {"file": str, "code": str, "list": str}, pk=("file", "code", "list"), if_not_exists=True
    )
    db.table("section301").create_index(["code"], if_not_exists=True)
    db.table("renumbered").create(
        {"hs2022": str, "hs2017": str}, pk=("hs2022", "hs2017"), if_not_exists=True
    )
    db.table("renumbered").create_index(["hs2017"], if_not_exists=True)
    db.execute("create virtual table if not exists line_words using fts5(words, tokenize='porter')")


@contextmanager
def all_or_nothing(folder: Path) -> Iterator["Database"]:
    """A database in one transaction: kept when the block ends, undone when it raises."""
    db = open_for_writing(folder)
    try:
        with db.atomic():
            yield db
    finally:
        db.close()


def replace_edition(
    db: "Database",
    *,
    name: str,
    destination: str,
    starts: date,
    ends: date | None,
    nomenclature: str,
    source: str,
    currency: str,
    placed: Iterable[Placed],
) -> tuple[int, bool]:
    """Write an edition, in place of one of the same name; returns its rows and whether it was there."""
    old = [
        row["id"]
        for row in db.query(
            "select id from editions where name = ? and destination = ?", [name, destination]
        )
    ]
    for number in old:
        _drop(db, number)
    edition = max((row["id"] for row in db.query("select id from editions")), default=0) + 1
    db.table("editions").insert(
        {
            "id": edition, "name": name, "destination": destination, "starts": starts.isoformat(),
            "ends": ends.isoformat() if ends else None, "nomenclature": nomenclature,
            "source": source, "currency": currency, "lists_known": 0, "rows": 0,
        }
    )  # fmt: skip
    rows, listed = _write(db, edition, placed)
    db.table("editions").update(edition, {"rows": rows, "lists_known": int(listed)})
    return rows, bool(old)


def _drop(db: "Database", edition: int) -> None:
    span = [edition * ROOM, (edition + 1) * ROOM]
    db.execute("delete from line_words where rowid > ? and rowid < ?", span)
    db.execute("delete from lines where id > ? and id < ?", span)
    db.execute("delete from editions where id = ?", [edition])


def _write(db: "Database", edition: int, placed: Iterable[Placed]) -> tuple[int, bool]:
    words: list[tuple[int, str]] = []
    listed = False
    count = 0

    def records() -> Iterator[dict[str, Any]]:
        nonlocal listed, count
        for one in placed:
            record = _record(edition, one)
            count += 1
            listed = listed or any(h.startswith("9903.88") for h in one.row.headings)
            if one.rate_line and not one.row.code.startswith(("98", "99")):  # goods, not provisions
                words.append((record["id"], " ".join(one.path)))
            yield record

    db.table("lines").insert_all(records(), batch_size=2000)
    db.conn.executemany("insert into line_words(rowid, words) values (?, ?)", words)
    return count, listed


def _record(edition: int, one: Placed) -> dict[str, Any]:
    row, base = one.row, edition * ROOM
    return {
        "id": base + one.number,
        "edition": edition,
        "parent": base + one.parent if one.parent else None,
        "code": row.code,
        "hts8": row.code[:8],
        "rate_line": int(one.rate_line),
        "description": row.description,
        "units": json.dumps(row.units),
        "general": row.general,
        "special": row.special,
        "other": row.other,
        "additional": row.additional,
        "headings": " ".join(row.headings),
        "measures": " ".join(row.measures),
    }


def replace_lists(db: "Database", file: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Write the lines of a Section 301 list file, in place of the same file's earlier lines."""
    db.execute("delete from section301 where file = ?", [file])
    db.table("section301").insert_all(
        ({"file": file, "code": code, "list": name} for code, name in dict.fromkeys(pairs)),
        replace=True,
    )


def replace_renumbering(db: "Database", pairs: Sequence[tuple[str, str]]) -> None:
    """Write the pairs (HS 2022, HS 2017) of six digits, in place of all earlier ones."""
    db.execute("delete from renumbered")
    db.table("renumbered").insert_all(
        ({"hs2022": new, "hs2017": old} for new, old in dict.fromkeys(pairs)), replace=True
    )
