"""Claims what waits and handles it, much at once, until told to stop; then finishes what it has."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Generic, TypeVar

from bot.delivery.clock import backoff
from bot.delivery.ledger import Ledger
from bot.delivery.signal import Signal
from bot.delivery.store import Store

_LOG = logging.getLogger(__name__)
AT_ONCE = 64
_LOOK_AGAIN = timedelta(seconds=0.5)

T = TypeVar("T")


class Crew(Generic[T]):
    """`claim` takes up to a number of items from the store; `handle` deals with one, never raises.

    Who writes to the store may claim in the same transaction, and hand what it got to `begin`.
    """

    def __init__(
        self,
        ledger: Ledger,
        signal: Signal,
        claim: Callable[[Store, int], list[T]],
        handle: Callable[[T], Coroutine[Any, Any, None]],
    ) -> None:
        self._ledger = ledger
        self._signal = signal
        self._claim = claim
        self._handle = handle
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def claim(self, store: Store, most: int) -> list[T]:
        """What `begin` can be given; nothing when there is no room. Runs in the ledger's thread."""
        most = min(most, self._room())
        return self._claim(store, most) if most > 0 else []

    def begin(self, items: list[T]) -> None:
        """Handle what was claimed."""
        for item in items:
            task = asyncio.create_task(self._handle(item))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    async def run(self) -> None:
        """Claim and handle until cancelled; then finish what was claimed."""
        try:
            while True:
                if not await self._look():
                    await self._signal.wait(_LOOK_AGAIN)
        finally:
            self._closed = True
            while self._tasks:
                await asyncio.wait(self._tasks)

    async def _look(self) -> bool:
        """Begin with what can be begun; whether there was anything."""
        if self._room() <= 0:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            return True
        claim = asyncio.ensure_future(self._ledger.call(lambda store: self.claim(store, AT_ONCE)))
        try:
            items = await asyncio.shield(claim)
        except asyncio.CancelledError:
            self.begin(await claim)
            raise
        except Exception as error:
            _LOG.error("what waits cannot be read", extra={"error": type(error).__name__})
            await asyncio.sleep(backoff(3).total_seconds())
            return False
        self.begin(items)
        return bool(items)

    def _room(self) -> int:
        return 0 if self._closed else AT_ONCE - len(self._tasks)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        # The next item of the same lane may be waiting for this.
        self._signal.set()
