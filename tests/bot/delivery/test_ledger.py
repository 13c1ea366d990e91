"""The store's thread: shared commits, each call undone alone."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.ledger import Ledger
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.store import Store
from tests.bot.delivery.doubles import NOW, message


def test_a_call_that_fails_is_undone_alone(tmp_path: Path) -> None:
    def broken(store: Store) -> None:
        store.accept(message("broken"), NOW, 0)
        raise ZeroDivisionError

    async def story() -> None:
        ledger = Ledger(lambda: SqliteStore(tmp_path / "bot.db"))
        await ledger.start()
        calls: list[Any] = [lambda store, n=n: store.accept(message(str(n)), NOW, 0) for n in "12"]
        calls.insert(1, broken)
        done = await asyncio.gather(*map(ledger.call, calls), return_exceptions=True)
        assert done[0] == done[2] == "new"
        assert isinstance(done[1], ZeroDivisionError)
        assert (await ledger.call(lambda store: store.backlog(NOW))).inbox == 2
        await ledger.stop()
        with pytest.raises(RuntimeError):
            await ledger.call(lambda store: store.backlog(NOW))

    asyncio.run(story())


def test_a_store_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "bot.db").mkdir()

    async def story() -> None:
        with pytest.raises(Exception, match="unable to open"):
            await Ledger(lambda: SqliteStore(tmp_path / "bot.db")).start()

    asyncio.run(story())
