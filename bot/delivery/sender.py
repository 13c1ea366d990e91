"""Sends what waits in the outbox of one account: in order within a chat, within the limits."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.delivery.channel import Channel, Gone, Merging, Moved, Refused, SendError, TryAgain
from bot.delivery.clock import Clock, backoff, lease
from bot.delivery.crew import Crew
from bot.delivery.ledger import Ledger
from bot.delivery.limits import Limiter, windows_of
from bot.delivery.metrics import Metrics
from bot.delivery.model import Dispatch, Outgoing
from bot.delivery.signal import Signal
from bot.delivery.store import LostClaim, Store
from bot.delivery.wording import say
from handlers.language import Language

_LOG = logging.getLogger(__name__)
ATTEMPTS = 6
_GIVE_UP_AFTER = timedelta(hours=24)
_LIMITED = ("text", "edit")
_HELD_UP = timedelta(seconds=1)  # what waits so long takes along what waits behind it
_TOGETHER = 64


class Sender:
    """Claims what is to be sent, keeps the platform's limits, marks what was sent."""

    def __init__(
        self,
        ledger: Ledger,
        channel: Channel,
        holder: str,
        clock: Clock,
        metrics: Metrics,
        outbox: Signal,
    ) -> None:
        self._ledger = ledger
        self._channel = channel
        self._holder = holder
        self._clock = clock
        self._metrics = metrics
        self._outbox = outbox
        self._limiter = Limiter(channel.limits)
        self.crew = Crew(ledger, outbox, self._claim, self._handle)
        self._ready = False

    async def run(self) -> None:
        """Claim and send until cancelled; then finish what was claimed."""
        since = self._clock() - windows_of(self._channel.limits)
        name, account = self._channel.name, self._channel.account
        self._limiter.recall(
            await self._ledger.call(lambda store: store.sent_since(name, account, since))
        )
        self._ready = True
        await self.crew.run()

    def wake(self) -> None:
        """There may be something to send."""
        self._outbox.set()

    def _claim(self, store: Store, most: int) -> list[Dispatch]:
        if not self._ready:  # what left before the start is not known yet, so no limit is
            return []
        now = self._clock()
        held = lease(self._holder, now)
        return store.claim_dispatches(self._channel.name, self._channel.account, now, held, most)

    async def _handle(self, dispatch: Dispatch) -> None:
        try:
            await self._dispatch(dispatch)
        except LostClaim:
            _LOG.warning("another one has taken the message over", extra=_ids(dispatch))
        except Exception as error:
            _LOG.error("what was sent cannot be kept", extra=_ids(dispatch, error))

    async def _dispatch(self, dispatch: Dispatch) -> None:
        outgoing, now = dispatch.outgoing, self._clock()
        limited = outgoing.kind in _LIMITED
        if limited:
            free_at = self._limiter.free_at(outgoing.chat, outgoing.group, now)
            if free_at > now:
                self._count("limited")
                attempts = dispatch.attempts - 1
                await self._ledger.call(
                    lambda store: store.postpone_dispatch(dispatch, free_at, "", attempts)
                )
                self._outbox.set_after(free_at - now)
                return
            self._limiter.take(outgoing.chat, outgoing.group, now)
        try:
            platform_id, others = await self._send(dispatch)
        except SendError as error:
            await self._not_sent(dispatch, error)
        except Exception as error:
            await self._unknown(dispatch, error)
        else:
            now = self._clock()
            await self._ledger.call(lambda store: store.sent(dispatch, platform_id, now, others))
            self._count("sent")
            for left in (dispatch, *others):
                if left.asked_at is not None:
                    waited = (now - left.asked_at).total_seconds()
                    self._metrics.latency.labels(left.channel).observe(waited)

    async def _send(self, dispatch: Dispatch) -> tuple[str, list[Dispatch]]:
        """The platform's id of the message, and what left in the same one."""
        message, others = await self._merged(dispatch)
        try:
            return await self._channel.send(message, dispatch.target), others
        except Exception as error:
            if not others:
                raise
            await self._ledger.call(partial(_give_back, others, self._clock()))
            if not isinstance(error, Refused):
                raise
        # Any of them may be what was refused, so only this one's own refusal counts against it.
        self._limiter.take(message.chat, message.group, self._clock())
        return await self._channel.send(dispatch.outgoing, dispatch.target), []

    async def _merged(self, dispatch: Dispatch) -> tuple[Outgoing, list[Dispatch]]:
        """The message; once the limit of a group has held it up, with what waits behind it."""
        outgoing, channel, now = dispatch.outgoing, self._channel, self._clock()
        if (
            not isinstance(channel, Merging)
            or not channel.limits.group
            or not outgoing.group
            or now - dispatch.created_at < _HELD_UP
        ):
            return outgoing, []
        held = lease(self._holder, now)

        def gather(store: Store) -> tuple[Outgoing, list[Dispatch]]:
            message, count = channel.merged([outgoing, *store.behind(dispatch, _TOGETHER)])
            others = store.claim_behind(dispatch, held, count - 1) if count > 1 else []
            return message, others

        return await self._ledger.call(gather)

    async def _not_sent(self, dispatch: Dispatch, error: SendError) -> None:
        now, outgoing = self._clock(), dispatch.outgoing
        channel, account, chat = dispatch.channel, dispatch.account, outgoing.chat
        match error:
            case TryAgain(after=after):
                self._count("retry")
                if now - dispatch.created_at > _GIVE_UP_AFTER:
                    await self._bury(dispatch, error)
                    return
                due = now + (after or backoff(dispatch.attempts))
                if after is not None:
                    self._limiter.pause(chat, due)
                # Trouble of the platform says nothing against the message: it stays in line.
                await self._ledger.call(
                    lambda store: store.postpone_dispatch(
                        dispatch, due, str(error), dispatch.attempts
                    )
                )
                self._outbox.set_after(due - now)
            case Moved(chat=new):
                self._count("moved")

                def follow(store: Store) -> None:
                    store.postpone_dispatch(dispatch, now, str(error), dispatch.attempts)
                    store.move_chat(channel, account, chat, new)

                await self._ledger.call(follow)
            case Gone():
                self._count("gone")
                _LOG.warning("a chat was left", extra=_ids(dispatch, error))
                await self._ledger.call(
                    lambda store: store.stop_chat(channel, account, chat, str(error), now)
                )
            case _:
                self._count("refused")
                await self._bury(dispatch, error)

    async def _unknown(self, dispatch: Dispatch, error: Exception) -> None:
        """A fault of ours in sending: tried a bounded number of times."""
        self._count("retry")
        if dispatch.attempts >= ATTEMPTS:
            await self._bury(dispatch, error)
            return
        _LOG.warning("a message is tried again", extra=_ids(dispatch, error))
        due = self._clock() + backoff(dispatch.attempts)
        await self._ledger.call(
            lambda store: store.postpone_dispatch(
                dispatch, due, type(error).__name__, dispatch.attempts
            )
        )
        self._outbox.set_after(due - self._clock())

    async def _bury(self, dispatch: Dispatch, error: Exception) -> None:
        now, outgoing = self._clock(), dispatch.outgoing
        _LOG.error("a message was given up", extra=_ids(dispatch, error))
        apology: tuple[Outgoing, ...] = ()
        if outgoing.kind in _LIMITED and not outgoing.details.get("apology"):
            language: Language = outgoing.details.get("language", "zh")
            apology = (
                replace(
                    outgoing,
                    kind="text",
                    text=say("unsent", language),
                    buttons=(),
                    quote="",
                    target=None,
                    details={**outgoing.details, "apology": True},
                ),
            )
        reason = str(error) if isinstance(error, Refused | TryAgain) else type(error).__name__
        await self._ledger.call(lambda store: store.bury_dispatch(dispatch, reason, apology, now))
        self._outbox.set()

    def _count(self, outcome: str) -> None:
        self._metrics.sends.labels(self._channel.name, outcome).inc()


def _give_back(dispatches: list[Dispatch], now: datetime, store: Store) -> None:
    for dispatch in dispatches:
        store.postpone_dispatch(dispatch, now, "", dispatch.attempts - 1)


def _ids(dispatch: Dispatch, error: Exception | None = None) -> dict[str, object]:
    ids: dict[str, object] = {"outbox": dispatch.id, "channel": dispatch.channel}
    if error is not None:
        known = isinstance(error, SendError)
        ids["error"] = str(error) if known else type(error).__name__
    return ids
