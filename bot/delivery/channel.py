"""What a channel must offer to the delivery, and what its sending can come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.delivery.limits import Limits
from bot.delivery.model import Button, Incoming, Outgoing


class SendError(Exception):
    """A message could not be sent. Its text may be logged: it holds no secret and no wording."""


class TryAgain(SendError):
    """Not now: the platform or the network is troubled. `after` is what the platform asked for."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Refused(SendError):
    """This message will never be accepted."""


class Gone(SendError):
    """Nothing may be sent to this chat any more: the bot was blocked or removed."""


class Moved(SendError):
    """The chat goes on under another id."""

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has moved")
        self.chat = chat


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to say in reply; a channel may need several messages for it."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    plain: bool = False  # to be copied: without any emphasis
    private: bool = False  # leaves no trace once sent


@dataclass(frozen=True, slots=True)
class Health:
    """How one part is: `ok`, and in plain words what is the matter."""

    name: str
    ok: bool
    word: str


class Channel(Protocol):
    """A platform, as far as the delivery needs it."""

    @property
    def name(self) -> str:
        """The channel's name, for example telegram."""

    @property
    def account(self) -> str:
        """Which bot it is on the platform."""

    @property
    def limits(self) -> Limits:
        """How much may be sent."""

    def compose(self, incoming: Incoming, says: Sequence[Say]) -> tuple[Outgoing, ...]:
        """The messages that say it all in reply to an event."""

    async def send(self, outgoing: Outgoing, target: str) -> str:
        """One call to the platform; its id of the message. Raises SendError."""

    async def working(self, incoming: Incoming) -> None:
        """Show that an answer is being worked on. Never raises."""

    async def is_admin(self, incoming: Incoming) -> bool:
        """Whether who wrote may settle things for the chat. Raises SendError."""

    async def start(self) -> None:
        """Begin to receive; returns at once, and tries for ever."""

    async def stop(self) -> None:
        """Receive nothing more; returns when all that was taken is kept."""

    async def close(self) -> None:
        """Nothing will be sent any more."""

    def health(self, now: datetime) -> list[Health]:
        """How it is."""


@runtime_checkable
class Merging(Protocol):
    """A channel that can say several messages as one, where its limit has let them pile up."""

    def merged(self, messages: Sequence[Outgoing]) -> tuple[Outgoing, int]:
        """As many of a chat's messages as fit into one, at least the first; and how many."""
