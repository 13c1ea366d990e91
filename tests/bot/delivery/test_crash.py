"""A process that dies at any step leaves what the next one needs, and nothing that it must wait for."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.delivery.clock import lease, utc_now
from bot.delivery.model import Outcome, Outgoing, Profile
from bot.delivery.sqlite.store import SqliteStore
from tests.bot.delivery.doubles import Running, message

DEAD = "dead-process"


def accepted(store: SqliteStore) -> None:
    store.accept(message("1"), utc_now(), 0)


def claimed(store: SqliteStore) -> None:
    accepted(store)
    store.claim_work(utc_now(), lease(DEAD, utc_now()), 1)


def answered(store: SqliteStore) -> None:
    accepted(store)
    (work,) = store.claim_work(utc_now(), lease(DEAD, utc_now()), 1)
    outgoing = (Outgoing("text", "c1", text="1: 1"),)
    store.complete(work, Outcome(outgoing, Profile(state={"count": 1})), utc_now())


def sending(store: SqliteStore) -> None:
    answered(store)
    store.claim_dispatches("fake", "bot", utc_now(), lease(DEAD, utc_now()), 1)


def sent(store: SqliteStore) -> None:
    answered(store)
    (dispatch,) = store.claim_dispatches("fake", "bot", utc_now(), lease(DEAD, utc_now()), 1)
    store.sent(dispatch, "p1", utc_now())


@pytest.mark.parametrize(
    ("step", "texts"),
    [
        pytest.param(accepted, ["1: 1", "2: 2"], id="accepted"),
        pytest.param(claimed, ["1: 1", "2: 2"], id="claimed by a worker"),
        pytest.param(answered, ["1: 1", "2: 2"], id="answered"),
        pytest.param(sending, ["1: 1", "2: 2"], id="claimed by a sender, perhaps sent"),
        pytest.param(sent, ["2: 2"], id="sent"),
    ],
)
def test_what_a_dead_process_had_goes_on_at_once(
    tmp_path: Path, step: Callable[[SqliteStore], None], texts: list[str]
) -> None:
    store = SqliteStore(tmp_path / "bot.db")
    step(store)
    store.close()
    (tmp_path / "processes").mkdir()
    (tmp_path / "processes" / DEAD).touch()  # its lock went with it

    async def story() -> None:
        async with Running(tmp_path) as running:
            await running.say(message("1"), message("2"))
            await running.idle(5)  # leases are longer than that
            assert running.platform.texts() == texts

    asyncio.run(story())
