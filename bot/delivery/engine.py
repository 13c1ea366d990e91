"""The delivery of one process: its store, its workers, and a sender for each channel."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.delivery.answering import Answerer, Answering
from bot.delivery.channel import Channel
from bot.delivery.clock import LEASE, Clock, lease, utc_now
from bot.delivery.commands import Commands
from bot.delivery.ledger import Ledger
from bot.delivery.metrics import Metrics
from bot.delivery.model import Incoming, Work
from bot.delivery.presence import Presence
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.delivery.signal import Signal
from bot.delivery.steps import Steps
from bot.delivery.store import Accepted, Lease, Store
from bot.delivery.thinking import Thinking
from bot.delivery.worker import Worker

_LOG = logging.getLogger(__name__)
_TEND_EVERY, _PRUNE_EVERY = timedelta(seconds=3), timedelta(hours=1)


class Delivery:
    """Keeps what comes in, answers it, sends the answers."""

    def __init__(
        self,
        folder: Path,
        open_store: Callable[[], Store],
        answerer: Answerer,
        rules: Rules,
        thinking: Thinking,
        clock: Clock = utc_now,
    ) -> None:
        self.ledger = Ledger(open_store)
        self.metrics = Metrics()
        self.clock = clock
        self._folder = folder
        self._rules = rules
        answering = Answering(answerer, self.ledger, thinking)
        self._steps = Steps(answering, Commands(answering))
        self._channels: dict[tuple[str, str], Channel] = {}
        self._inbox = Signal()
        self._senders: dict[tuple[str, str], Sender] = {}
        self._accepting: set[asyncio.Task[Accepted]] = set()
        self._working: list[asyncio.Task[None]] = []
        self._sending: list[asyncio.Task[None]] = []
        self._tending: list[asyncio.Task[None]] = []
        self._worker: Worker
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
        for key, channel in self._channels.items():
            self._senders[key] = Sender(
                self.ledger, channel, self.holder, self.clock, self.metrics, Signal()
            )
        self._worker = Worker(
            self.ledger,
            self._steps,
            self._channels,
            self._senders,
            self._rules,
            self.holder,
            self.clock,
            self.metrics,
            self._inbox,
        )
        self._working = [asyncio.create_task(self._worker.run())]
        self._sending = [asyncio.create_task(sender.run()) for sender in self._senders.values()]
        self._tending = [asyncio.create_task(self._tend()), asyncio.create_task(self._prune())]
        for channel in self._channels.values():
            await channel.start()

    async def stop(self) -> None:
        """Receive no more, and finish what was claimed."""
        for channel in self._channels.values():
            await channel.stop()
        await asyncio.gather(*self._accepting, return_exceptions=True)
        for tasks in (self._tending, self._working, self._sending):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for channel in self._channels.values():
            await channel.close()

    async def close(self) -> None:
        """Leave nothing taken, close the store; after `stop`, or where `start` never came."""
        now = self.clock()
        with contextlib.suppress(Exception):
            await self.ledger.call(lambda store: store.release(self.holder, now))
            self._presence.leave()
        await self.ledger.stop()

    async def accept(self, incoming: Incoming) -> Accepted:
        """Keep an event; it is on disk when this returns. Raises what the store raises."""
        keeping = asyncio.create_task(self._keep(incoming))
        self._accepting.add(keeping)
        keeping.add_done_callback(self._accepting.discard)
        # Who waits for this may give up; what was claimed is begun all the same.
        return await asyncio.shield(keeping)

    async def _keep(self, incoming: Incoming) -> Accepted:
        now, budget, worker = self.clock(), self._rules.person_rate, self._worker

        def keep(store: Store) -> tuple[Accepted, list[Work]]:
            accepted = store.accept(incoming, now, budget)
            # In the same transaction: one write to the disk less before the answer.
            return accepted, worker.crew.claim(store, 1) if accepted == "new" else []

        accepted, works = await self.ledger.call(keep)
        worker.crew.begin(works)
        self.metrics.messages.labels(incoming.channel, incoming.kind, accepted).inc()
        self._inbox.set()
        return accepted

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that are served."""
        return tuple(self._channels.values())

    def alive(self) -> bool:
        """Whether workers and senders run."""
        tasks = [*self._working, *self._sending, *self._tending]
        return bool(tasks) and not any(task.done() for task in tasks)

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
            for sender in self._senders.values():
                sender.wake()

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


def _renew(held: Lease, store: Store) -> None:
    store.renew(held)


def _release(holder: str, now: datetime, store: Store) -> int:
    return store.release(holder, now)


def _prune(before: datetime, store: Store) -> int:
    return store.prune(before)
