"""Works on events: in order within a conversation, many conversations at once."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from bot.delivery.channel import Channel
from bot.delivery.clock import Clock, backoff, lease
from bot.delivery.ledger import Ledger
from bot.delivery.metrics import Metrics
from bot.delivery.model import Outcome, Work
from bot.delivery.rules import Rules
from bot.delivery.signal import Signal
from bot.delivery.steps import Steps, apology
from bot.delivery.store import LostClaim
from bot.delivery.turn import Turn

_LOG = logging.getLogger(__name__)
ATTEMPTS, AT_ONCE = 6, 64
_SHOW_WORKING_AFTER = timedelta(seconds=1)
_LOOK_AGAIN = timedelta(seconds=0.5)


class Worker:
    """Claims what waits in the inbox and writes what it comes to."""

    def __init__(
        self,
        ledger: Ledger,
        steps: Steps,
        channels: Mapping[tuple[str, str], Channel],
        rules: Rules,
        holder: str,
        clock: Clock,
        metrics: Metrics,
        *,
        inbox: Signal,
        outbox: Signal,
    ) -> None:
        self._ledger = ledger
        self._steps = steps
        self._channels = channels
        self._rules = rules
        self._holder = holder
        self._clock = clock
        self._metrics = metrics
        self._inbox = inbox
        self._outbox = outbox
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Claim and work until cancelled; then finish what was claimed."""
        try:
            while True:
                if not await self._claim():
                    await self._inbox.wait(_LOOK_AGAIN)
        finally:
            if self._tasks:
                await asyncio.wait(self._tasks)

    async def _claim(self) -> bool:
        """Begin with what can be begun; whether there was anything."""
        room = AT_ONCE - len(self._tasks)
        if room <= 0:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            return True
        now = self._clock()
        claim = asyncio.ensure_future(
            self._ledger.call(lambda store: store.claim_work(now, lease(self._holder, now), room))
        )
        try:
            works = await asyncio.shield(claim)
        except asyncio.CancelledError:
            works = await claim
            self._begin(works)
            raise
        except Exception as error:
            _LOG.error("the inbox cannot be read", extra={"error": type(error).__name__})
            await asyncio.sleep(backoff(3).total_seconds())
            return False
        self._begin(works)
        return bool(works)

    def _begin(self, works: list[Work]) -> None:
        for work in works:
            task = asyncio.create_task(self._handle(work))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        # The next event of the same conversation may be waiting for this.
        self._inbox.set()

    async def _handle(self, work: Work) -> None:
        started = self._clock()
        try:
            await self._work(work)
        except LostClaim:
            _LOG.warning("another one has taken the event over", extra=_ids(work))
        except Exception as error:
            # Whatever is wrong with one event, the others go on; its lease will run out.
            _LOG.error("the outcome cannot be kept", extra=_ids(work, error))
        took = (self._clock() - started).total_seconds()
        self._metrics.work.labels(work.incoming.channel).observe(took)

    async def _work(self, work: Work) -> None:
        incoming = work.incoming
        channel = self._channels.get((incoming.channel, incoming.account))
        if channel is None:
            # Its channel is not configured any more; it waits until it is again.
            due = self._clock() + timedelta(minutes=1)
            await self._ledger.call(lambda store: store.postpone_work(work, due, "no channel"))
            return
        turn = Turn(work, channel, self._rules, self._clock())
        if work.attempts > ATTEMPTS:
            await self._bury(turn, "given up: the process died with it again and again")
            return
        try:
            outcome = await self._outcome(turn)
        except Exception as error:
            await self._failed(turn, error)
            return
        now = self._clock()
        await self._ledger.call(lambda store: store.complete(work, outcome, now))
        self._outbox.set()
        self._count(work, outcome)

    async def _outcome(self, turn: Turn) -> Outcome:
        loop = asyncio.get_running_loop()
        showing: set[asyncio.Task[None]] = set()

        def show() -> None:
            showing.add(loop.create_task(turn.channel.working(turn.incoming)))

        timer = loop.call_later(_SHOW_WORKING_AFTER.total_seconds(), show)
        try:
            return await self._steps.outcome(turn)
        finally:
            timer.cancel()
            for task in showing:
                task.cancel()

    async def _failed(self, turn: Turn, error: Exception) -> None:
        work = turn.work
        reason = f"{type(error).__name__} in {_place(error)}"
        if work.attempts >= ATTEMPTS:
            await self._bury(turn, reason)
            return
        self._metrics.retries.labels(work.incoming.channel).inc()
        _LOG.warning("an event is tried again", extra={**_ids(work), "error": reason})
        due = self._clock() + backoff(work.attempts)
        await self._ledger.call(lambda store: store.postpone_work(work, due, reason))
        self._inbox.set_after(due - self._clock())

    async def _bury(self, turn: Turn, reason: str) -> None:
        work, now = turn.work, self._clock()
        _LOG.error("an event was given up", extra={**_ids(work), "error": reason})
        said = apology(turn, "apology").outgoing
        await self._ledger.call(lambda store: store.bury_work(work, reason, said, now))
        self._outbox.set()

    def _count(self, work: Work, outcome: Outcome) -> None:
        if outcome.answer is None:
            return
        record = outcome.answer.record
        topics = record.get("topics") or ["none"]
        for topic in topics:
            self._metrics.answers.labels(work.incoming.channel, record["kind"], topic).inc()
        _LOG.info(
            "answered",
            extra={
                **_ids(work),
                "kind": record["kind"],
                "topics": topics,
                "tools": [part.get("tool") for part in record.get("parts", ())],
            },
        )


def _ids(work: Work, error: Exception | None = None) -> dict[str, object]:
    ids: dict[str, object] = {"inbox": work.id, "channel": work.incoming.channel}
    if error is not None:
        ids["error"] = type(error).__name__
    return ids


def _place(error: Exception) -> str:
    """Where an error arose. Its text stays out: it may hold what a seller wrote."""
    trace = error.__traceback__
    if trace is None:
        return "?"
    while trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return f"{code.co_name}:{trace.tb_lineno}"
