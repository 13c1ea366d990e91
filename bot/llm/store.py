"""What outlives a restart: verified phrasings, what was spent today, and the switch."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

FILE, SWITCH = "llm.db", "llm.off"
_MOST = 4096
_TABLES = """
create table if not exists phrasing(key text primary key, text text not null, used integer not null);
create table if not exists spending(day text primary key, tokens integer not null);
"""


class LlmStore:
    """A small SQLite file in the data folder. Where it cannot be written nothing is remembered."""

    def __init__(self, folder: Path, most: int = _MOST) -> None:
        self._folder, self._most = folder, most
        self._lock = threading.Lock()
        self._database = self._open(folder / FILE)
        self._turn = self._number("select coalesce(max(used), 0) from phrasing")

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            made = sqlite3.connect(path, timeout=2, check_same_thread=False, isolation_level=None)
            made.executescript(f"pragma journal_mode=wal; pragma synchronous=normal; {_TABLES}")
        except (OSError, sqlite3.Error):
            made = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            made.executescript(_TABLES)
        return made

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._database

    def _number(self, query: str, *values: str) -> int:
        with self._using() as database:
            row = database.execute(query, values).fetchone()
        return int(row[0]) if row else 0

    def phrasing(self, key: str) -> str | None:
        """The phrasing that was kept under the key."""
        with self._using() as database:
            row = database.execute("select text from phrasing where key = ?", (key,)).fetchone()
            if row is None:
                return None
            self._turn += 1
            database.execute("update phrasing set used = ? where key = ?", (self._turn, key))
        return str(row[0])

    def keep(self, key: str, text: str) -> None:
        """Keeps a verified phrasing; of too many the longest unused go."""
        with self._using() as database:
            self._turn += 1
            database.execute(
                "insert or replace into phrasing values (?, ?, ?)", (key, text, self._turn)
            )
            database.execute(
                "delete from phrasing where key in"
                " (select key from phrasing order by used desc limit -1 offset ?)",
                (self._most,),
            )

    def spend(self, day: date, tokens: int) -> None:
        """Adds to what was spent on that day; earlier days are forgotten."""
        with self._using() as database:
            database.execute("delete from spending where day < ?", (day.isoformat(),))
            database.execute(
                "insert into spending values (?, ?)"
                " on conflict(day) do update set tokens = tokens + excluded.tokens",
                (day.isoformat(), tokens),
            )

    def spent(self, day: date) -> int:
        """Tokens that were spent on that day."""
        return self._number("select tokens from spending where day = ?", day.isoformat())

    def close(self) -> None:
        with self._using() as database:
            database.close()

    @property
    def off(self) -> bool:
        """Whether an operator has switched the model off, in this process or another."""
        return is_off(self._folder)


def is_off(folder: Path) -> bool:
    """Whether the model is switched off for all processes with this data folder."""
    return (folder / SWITCH).exists()


def switch(folder: Path, state: str) -> None:
    """Switches the model `on` or `off`, at once and for all processes. Raises OSError."""
    if state == "on":
        (folder / SWITCH).unlink(missing_ok=True)
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SWITCH).touch()
