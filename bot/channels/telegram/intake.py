"""Where python-telegram-bot puts updates: not into memory but into the inbox."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Update

from bot.channels.telegram.incoming import Reader
from bot.delivery.clock import backoff
from bot.delivery.model import Incoming
from bot.delivery.store import Accepted

_LOG = logging.getLogger(__name__)


class Intake(asyncio.Queue[object]):
    """A queue whose `put` returns when the update is on disk, and never raises.

    The updater confirms an update to Telegram only after `put` has returned, so none is lost. An
    error out of `put` would end its polling without a word, so a store that fails is tried again
    until it works.
    """

    def __init__(self, reader: Reader, accept: Callable[[Incoming], Awaitable[Accepted]]) -> None:
        super().__init__()
        self._reader = reader
        self._accept = accept

    async def put(self, item: object) -> None:
        """Keep an update."""
        incoming = self.read(item)
        attempt = 0
        while incoming is not None:
            try:
                await self._accept(incoming)
                return
            except Exception as error:
                attempt += 1
                _LOG.error(
                    "an update cannot be kept yet",
                    extra={"error": type(error).__name__, "attempt": attempt},
                )
                await asyncio.sleep(backoff(min(attempt, 4)).total_seconds())

    def read(self, item: object) -> Incoming | None:
        """The update as an event; None where there is nothing to do."""
        if not isinstance(item, Update):
            return None
        try:
            return self._reader.read(item)
        except Exception:
            # A fault of ours that no repetition would mend; the log names the update.
            _LOG.exception("an update cannot be read", extra={"update": item.update_id})
            return None
