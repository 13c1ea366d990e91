"""Polling: one poller a token, which is started again when it falls silent."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import Conflict, TelegramError
from telegram.ext import Updater

from bot.channels.telegram.intake import Intake
from bot.delivery.clock import Clock, backoff

_LOG = logging.getLogger(__name__)
ALLOWED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
POLL = timedelta(seconds=10)
UNWELL = timedelta(seconds=25)
SILENT = timedelta(seconds=60)
_LOOK_EVERY = timedelta(seconds=1)
_TO_STOP = timedelta(seconds=3)


class Poller:
    """Polls while it has the lease; tells when a poll last succeeded."""

    def __init__(
        self, bot: Bot, intake: Intake, lease: Callable[[], Awaitable[bool]], clock: Clock
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._lease = lease
        self._clock = clock
        self.last_success: datetime | None = None
        self.trouble = ""

    def succeeded(self) -> None:
        """A poll was answered."""
        self.last_success = self._clock()
        self.trouble = ""

    async def run(self) -> None:
        """Poll until cancelled; then what was fetched is kept and confirmed."""
        attempt = 0
        while True:
            try:
                if await self._lease():
                    attempt = 0
                    await self._poll()
                else:
                    self.trouble = "another process polls with this token"
                    await asyncio.sleep(_LOOK_EVERY.total_seconds())
            except Exception as error:
                attempt += 1
                _LOG.error("polling broke off", extra={"error": type(error).__name__})
                await asyncio.sleep(backoff(attempt).total_seconds())

    async def _poll(self) -> None:
        """Poll until the lease is lost, or until nothing has been heard for too long."""
        updater = Updater(self._bot, self._intake)
        await updater.initialize()
        started = self._clock()
        polling = asyncio.create_task(
            updater.start_polling(
                timeout=POLL,
                bootstrap_retries=-1,
                allowed_updates=ALLOWED,
                drop_pending_updates=False,
                error_callback=self._failed,
            )
        )
        try:
            while True:
                await asyncio.sleep(_LOOK_EVERY.total_seconds())
                if polling.done():
                    await polling  # raises what ended it
                heard = max(self.last_success or started, started)
                if self._clock() - heard > SILENT:
                    _LOG.error("nothing heard from Telegram for long; polling starts again")
                    return
                if not await self._lease():
                    _LOG.warning("another process polls now")
                    return
        finally:
            await self._end(updater, polling)

    async def _end(self, updater: Updater, polling: "asyncio.Task[object]") -> None:
        if not polling.done():
            polling.cancel()
        with contextlib.suppress(asyncio.CancelledError, TelegramError):
            await polling
        if updater.running:
            # This confirms what was fetched, all of which is kept by now. Should it fail, Telegram
            # sends it again, and it is known. It sleeps as long as its pause between two tries.
            with contextlib.suppress(TimeoutError, TelegramError):
                async with asyncio.timeout(_TO_STOP.total_seconds()):
                    await updater.stop()

    def _failed(self, error: TelegramError) -> None:
        # Anything else may pass; should it last, its age tells.
        if isinstance(error, Conflict):
            self.trouble = "another program polls with this token: stop it"
        _LOG.warning("a poll failed", extra={"error": type(error).__name__})
