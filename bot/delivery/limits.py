"""A platform's limits on sending, kept before it has to enforce them."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent: in all and to a chat a second, to a group a minute. 0 = no limit.

    The platform counts what arrives, we what leaves: `jitter` is how much closer two messages may
    come there than they were here.
    """

    total: float = 0
    chat: float = 0
    group: float = 0
    jitter: timedelta = timedelta()


class _Window:
    """At most `limit` in any `span`; a limit below one is one in a longer span."""

    def __init__(self, limit: float, span: timedelta) -> None:
        self._room = max(1, int(limit))
        self._span = span * (self._room / limit)
        self._taken: deque[datetime] = deque()

    def free_at(self, now: datetime) -> datetime:
        while self._taken and self._taken[0] + self._span <= now:
            self._taken.popleft()
        return now if len(self._taken) < self._room else self._taken[-self._room] + self._span

    def take(self, now: datetime) -> None:
        self._taken.append(now)

    def empty(self, now: datetime) -> bool:
        self.free_at(now)
        return not self._taken


class Limiter:
    """Says when the next message to a chat may leave; remembers those that left."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._total = _Window(limits.total, _SECOND + limits.jitter) if limits.total else None
        self._chats: dict[str, _Window] = {}
        self._groups: dict[str, _Window] = {}
        self._paused: dict[str, datetime] = {}

    def recall(self, sent: Iterable[tuple[str, datetime]]) -> None:
        """What left before this process began; any chat might be a group."""
        for chat, when in sent:
            for window in self._windows(chat, group=True):
                window.take(when)

    def free_at(self, chat: str, group: bool, now: datetime) -> datetime:
        """When a message may leave; `now` when at once."""
        at = max((window.free_at(now) for window in self._windows(chat, group)), default=now)
        paused = self._paused.get(chat)
        if paused is not None and paused <= now:
            del self._paused[chat]
            paused = None
        return max(at, paused) if paused else at

    def take(self, chat: str, group: bool, now: datetime) -> None:
        """A message leaves."""
        for window in self._windows(chat, group):
            window.take(now)
        if len(self._chats) + len(self._groups) > 10_000:
            self._tidy(now)

    def pause(self, chat: str, until: datetime) -> None:
        """The platform has said how long it wants to hear nothing for a chat."""
        self._paused[chat] = max(until, self._paused.get(chat, until))

    def _windows(self, chat: str, group: bool) -> Iterable[_Window]:
        if self._total is not None:
            yield self._total
        if self._limits.chat:
            window = self._chats.get(chat)
            if window is None:
                window = _Window(self._limits.chat, _SECOND + self._limits.jitter)
                self._chats[chat] = window
            yield window
        if group and self._limits.group:
            window = self._groups.get(chat)
            if window is None:
                window = _Window(self._limits.group, _MINUTE + self._limits.jitter)
                self._groups[chat] = window
            yield window

    def _tidy(self, now: datetime) -> None:
        for windows in (self._chats, self._groups):
            for chat in [chat for chat, window in windows.items() if window.empty(now)]:
                del windows[chat]


def windows_of(limits: Limits) -> timedelta:
    """How far back a limiter must remember."""
    return (_MINUTE if limits.group else _SECOND) + limits.jitter
