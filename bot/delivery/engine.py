"""The delivery of one process: its store, its workers, and a sender for each channel."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.delivery.answering import Answerer, Answering
from bot.delivery.channel import Channel
from bot.delivery.clock import LEASE, Clock, lease, utc_now
from bot.delivery.commands import Commands
from bot.delivery.ledger import Ledger
from bot.delivery.metrics import Metrics
from bot.delivery.model import Incoming
from bot.delivery.presence import Presence
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.delivery.signal import Signal
from bot.delivery.steps import Steps
from bot.delivery.store import Accepted, Lease, Store
from bot.delivery.worker import Worker

_LOG = logging.getLogger(__name__)
_TEND_EVERY, _PRUNE_EVERY = timedelta(seconds=3), timedelta(hours=1)
_THINKERS = 16


class Delivery:
    """Keeps what comes in, answers it, sends the answers."""

    def __init__(
        self,
        folder: Path,
        open_store: Callable[[], Store],
        answerer: Answerer,
        rules: Rules,
        clock: Clock = utc_now,
    ) -> None:
        self.ledger = Ledger(open_store)
        self.metrics = Metrics()
        self.clock = clock
        self._folder = folder
        self._rules = rules
        self._executor = ThreadPoolExecutor(_THINKERS, thread_name_prefix="answer")
        answering = Answering(answerer, self.ledger, self._executor)
        self._steps = Steps(answering, Commands(answering))
        self._channels: dict[tuple[str, str], Channel] = {}
        self._inbox = Signal()
        self._outboxes: list[Signal] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._presence: Presence

    @property
    def holder(self) -> str:
        """This process's name, under which it claims."""
        return self._presence.holder

    async def open(self) -> None:
        """Open the store and free what the dead have held; before any channel is made."""
        await self.ledger.start()
        self._presence = Presence(self._folder / "processes")
        await self._free_the_dead()

    def add(self, channel: Channel) -> None:
        """A channel to be served; before `start`."""
        self._channels[channel.name, channel.account] = channel

    async def start(self) -> None:
        """Begin to work, to send, and to receive."""
        outbox = _Together(self._outboxes)
        worker = Worker(
            self.ledger,
            self._steps,
            self._channels,
            self._rules,
            self.holder,
            self.clock,
            self.metrics,
            inbox=self._inbox,
            outbox=outbox,
        )
        self._spawn(worker.run())
        for channel in self._channels.values():
            signal = Signal()
            self._outboxes.append(signal)
            sender = Sender(self.ledger, channel, self.holder, self.clock, self.metrics, signal)
            self._spawn(sender.run())
        self._spawn(self._tend())
        self._spawn(self._prune())
        for channel in self._channels.values():
            await channel.start()

    async def stop(self) -> None:
        """Receive no more, finish what was claimed, and leave nothing taken."""
        for channel in self._channels.values():
            await channel.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for channel in self._channels.values():
            await channel.close()
        now = self.clock()
        with contextlib.suppress(Exception):
            await self.ledger.call(lambda store: store.release(self.holder, now))
            self._presence.leave()
        await self.ledger.stop()
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def accept(self, incoming: Incoming) -> Accepted:
        """Keep an event; it is on disk when this returns. Raises what the store raises."""
        now, budget = self.clock(), self._rules.person_rate
        accepted = await self.ledger.call(lambda store: store.accept(incoming, now, budget))
        self.metrics.messages.labels(incoming.channel, incoming.kind, accepted).inc()
        self._inbox.set()
        return accepted

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that are served."""
        return tuple(self._channels.values())

    def alive(self) -> bool:
        """Whether workers and senders run."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _tend(self) -> None:
        """Renew what is claimed; free what the dead have held."""
        while True:
            await asyncio.sleep(_TEND_EVERY.total_seconds())
            try:
                held = lease(self.holder, self.clock(), LEASE)
                await self.ledger.call(partial(_renew, held))
                await self._free_the_dead()
            except Exception as error:
                _LOG.error("claims are not renewed", extra={"error": type(error).__name__})

    async def _free_the_dead(self) -> None:
        for dead in self._presence.dead():
            freed = await self.ledger.call(partial(_release, dead, self.clock()))
            self._presence.bury(dead)
            _LOG.info("took over from a process that died", extra={"freed": freed})
            self._inbox.set()
            for signal in self._outboxes:
                signal.set()

    async def _prune(self) -> None:
        days = self._rules.retention_days
        while days:
            before = self.clock() - timedelta(days=days)
            try:
                gone = await self.ledger.call(partial(_prune, before))
                _LOG.info("deleted what was kept long enough", extra={"rows": gone})
            except Exception as error:
                _LOG.error("nothing could be deleted", extra={"error": type(error).__name__})
            await asyncio.sleep(_PRUNE_EVERY.total_seconds())
        await asyncio.Event().wait()


class _Together(Signal):
    """Wakes every sender: whose message it is, each finds out itself."""

    def __init__(self, signals: list[Signal]) -> None:
        super().__init__()
        self._signals = signals

    def set(self) -> None:
        for signal in self._signals:
            signal.set()


def _renew(held: Lease, store: Store) -> None:
    store.renew(held)


def _release(holder: str, now: datetime, store: Store) -> int:
    return store.release(holder, now)


def _prune(before: datetime, store: Store) -> int:
    return store.prune(before)
