"""Works on events: in order within a conversation, many conversations at once."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from bot.delivery.channel import Channel
from bot.delivery.clock import Clock, backoff, lease
from bot.delivery.crew import Crew
from bot.delivery.ledger import Ledger
from bot.delivery.metrics import Metrics
from bot.delivery.model import Dispatch, Outcome, Work
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.delivery.signal import Signal
from bot.delivery.steps import Steps, apology
from bot.delivery.store import LostClaim, Store
from bot.delivery.turn import Turn

_LOG = logging.getLogger(__name__)
ATTEMPTS, SUSPECT, CRASHES = 6, 2, 6
_AN_ANSWER = 2  # lanes: the chat's, and that of a button's acknowledgement
_SHOW_WORKING_AFTER = timedelta(seconds=1)


class Worker:
    """Claims what waits in the inbox and writes what it comes to."""

    def __init__(
        self,
        ledger: Ledger,
        steps: Steps,
        channels: Mapping[tuple[str, str], Channel],
        senders: Mapping[tuple[str, str], Sender],
        rules: Rules,
        holder: str,
        clock: Clock,
        metrics: Metrics,
        inbox: Signal,
    ) -> None:
        self._ledger = ledger
        self._steps = steps
        self._channels = channels
        self._senders = senders
        self._rules = rules
        self._holder = holder
        self._clock = clock
        self._metrics = metrics
        self._inbox = inbox
        self._alone = asyncio.Lock()
        self.crew = Crew(ledger, inbox, self._claim, self._handle)

    async def run(self) -> None:
        """Work until cancelled; then finish what was claimed."""
        await self.crew.run()

    def _claim(self, store: Store, most: int) -> list[Work]:
        # A suspect is claimed alone, and nothing is claimed beside it.
        if self._alone.locked():
            return []
        now = self._clock()
        return store.claim_work(now, lease(self._holder, now), most)

    async def _handle(self, work: Work) -> None:
        started = self._clock()
        try:
            if work.crashes >= SUSPECT:
                async with self._alone:
                    await self._work(work)
            else:
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
        if work.crashes > CRASHES:
            await self._bury(turn, "given up: the process died with it again and again")
            return
        try:
            outcome = await self._outcome(turn)
        except Exception as error:
            await self._failed(turn, error)
            return
        now, sender = self._clock(), self._senders[incoming.channel, incoming.account]

        def write(store: Store) -> list[Dispatch]:
            store.complete(work, outcome, now)
            # In the same transaction: one write to the disk less before the answer leaves.
            return sender.crew.claim(store, _AN_ANSWER) if outcome.outgoing else []

        sender.crew.begin(await self._ledger.call(write))
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
        self._senders[work.incoming.channel, work.incoming.account].wake()

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
