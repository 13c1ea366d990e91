"""Keeps DingTalk's limit of a group, and makes few messages of what has piled up meanwhile.

The delivery's limits count every row of the outbox; here several rows may leave as one message.
Each person's answers have a lane of their own, so that those of many can leave together.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from bot.channels.dingtalk.compose import merged
from bot.delivery.channel import SendError, TryAgain
from bot.delivery.clock import Clock
from bot.delivery.limits import Limiter, Limits
from bot.delivery.model import Outgoing

_GATHER = timedelta(seconds=0.1)  # how long after a pause the others of a chat are waited for

Send = Callable[[Outgoing], Awaitable[str]]
Waiting = tuple[Outgoing, "asyncio.Future[str]"]


class Pace:
    """Sends a group's messages: singly while the limit allows, together after a pause."""

    def __init__(self, per_minute: float, send: Send, clock: Clock) -> None:
        self._limiter = Limiter(Limits(group=per_minute))
        self._limited = bool(per_minute)
        self._send = send
        self._clock = clock
        self._piled: set[str] = set()
        self._gathering: dict[str, list[Waiting]] = {}

    def recall(self, sent: Iterable[tuple[str, datetime]]) -> None:
        """What left before this process began."""
        self._limiter.recall(sent)

    async def send(self, outgoing: Outgoing) -> str:
        """The platform's id. Raises SendError; TryAgain where the limit has been reached."""
        chat = outgoing.chat
        if not self._limited or not outgoing.group or outgoing.kind not in ("text", "edit"):
            return await self._send(outgoing)
        if (others := self._gathering.get(chat)) is not None:
            future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            others.append((outgoing, future))
            return await future
        self._room(chat)
        if chat not in self._piled:
            self._take(chat)
            return await self._send_one(outgoing)
        return await self._together(outgoing)

    async def _together(self, outgoing: Outgoing) -> str:
        """Gather what else has waited, and send it as few messages."""
        chat = outgoing.chat
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        waiting: list[Waiting] = [(outgoing, mine)]
        self._gathering[chat] = waiting
        try:
            await asyncio.sleep(_GATHER.total_seconds())
        finally:
            del self._gathering[chat]
        if len(waiting) == 1:
            self._piled.discard(chat)
        while waiting:
            message, count = merged([message for message, _ in waiting])
            try:
                self._room(chat)
                self._take(chat)
                found = await self._send_one(message)
            except SendError as error:
                if isinstance(error, TryAgain):
                    count = len(waiting)  # the rest would meet the same
                _tell(waiting[:count], error)
            except Exception as error:
                _tell(waiting[:count], error)
            else:
                _tell(waiting[:count], found)
            del waiting[:count]
        return await mine

    async def _send_one(self, message: Outgoing) -> str:
        try:
            return await self._send(message)
        except TryAgain as error:
            if error.after is not None:
                self._piled.add(message.chat)
                self._limiter.pause(message.chat, self._clock() + error.after)
            raise

    def _room(self, chat: str) -> None:
        now = self._clock()
        free_at = self._limiter.free_at(chat, True, now)
        if free_at > now:
            self._piled.add(chat)
            raise TryAgain("the group's limit", free_at - now)

    def _take(self, chat: str) -> None:
        self._limiter.take(chat, True, self._clock())


def _tell(waiting: list[Waiting], outcome: str | Exception) -> None:
    for _, future in waiting:
        if future.done():
            continue
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
            future.exception()  # whoever was cancelled meanwhile does not ask
        else:
            future.set_result(outcome)
