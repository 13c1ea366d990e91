"""The store as the delivery sees it. Nothing above this interface knows the database."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.delivery.model import (
    Answer,
    Chat,
    DeadLetter,
    Dispatch,
    Feedback,
    Incoming,
    Outcome,
    Outgoing,
    Press,
    Work,
)

Accepted = Literal["new", "repeat", "flood"]


class LostClaim(Exception):
    """The claim's lease ran out and another one holds the row: what was done must not count."""


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a claim holds, and who holds it."""

    holder: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and since when the oldest message waits (None: nothing waits)."""

    inbox: int
    outbox: int
    dead: int
    oldest: datetime | None


class Store(Protocol):
    """Every method is one transaction, or a part of the one that `transaction()` opened."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of the calls inside; inside another one, a part of that one."""

    def apart(self) -> AbstractContextManager[None]:
        """Inside a transaction: what fails here is undone alone."""

    def close(self) -> None:
        """Give the database back."""

    # Inbox
    def accept(self, incoming: Incoming, now: datetime, budget: int) -> Accepted:
        """Keep an event once; `budget` is how many a minute a person may send, 0 = any number."""

    def claim_work(self, now: datetime, lease: Lease, limit: int) -> list[Work]:
        """Take the oldest open event of up to `limit` conversations that nobody works on."""

    def complete(self, work: Work, outcome: Outcome, now: datetime) -> list[int]:
        """Write all of an outcome and end the event; the outbox rows. Raises LostClaim."""

    def postpone_work(self, work: Work, due: datetime, error: str) -> None:
        """Give an event back, to be tried again at `due`. Raises LostClaim."""

    def bury_work(
        self, work: Work, error: str, apology: Sequence[Outgoing], now: datetime
    ) -> list[int]:
        """Give an event up, with an apology; the outbox rows. Raises LostClaim."""

    # Outbox
    def claim_dispatches(
        self, channel: str, account: str, now: datetime, lease: Lease, limit: int
    ) -> list[Dispatch]:
        """Take the oldest open message of up to `limit` lanes from which nothing is being sent."""

    def behind(self, dispatch: Dispatch, limit: int) -> list[Outgoing]:
        """What waits directly behind a claimed message in its lane, in order."""

    def claim_behind(self, dispatch: Dispatch, lease: Lease, limit: int) -> list[Dispatch]:
        """Take the first of what `behind` tells, to leave in the same call as the message."""

    def sent(
        self, dispatch: Dispatch, platform_id: str, now: datetime, others: Sequence[Dispatch] = ()
    ) -> None:
        """A message has left, and others in the same call. Raises LostClaim."""

    def postpone_dispatch(
        self, dispatch: Dispatch, due: datetime, error: str, attempts: int
    ) -> None:
        """Give a message back, to be sent at `due`; `attempts` counts from now. Raises LostClaim."""

    def bury_dispatch(
        self, dispatch: Dispatch, error: str, apology: Sequence[Outgoing], now: datetime
    ) -> None:
        """Give a message up. Raises LostClaim."""

    def sent_since(self, channel: str, account: str, since: datetime) -> list[tuple[str, datetime]]:
        """(chat, when) of the calls since then: what the limits must remember over a restart."""

    # Chats
    def chat(self, channel: str, account: str, chat: str) -> Chat:
        """What is kept of a chat; an unknown one is empty."""

    def stop_chat(self, channel: str, account: str, chat: str, reason: str, now: datetime) -> int:
        """Nothing may be sent there any more: drop what waits, say how much."""

    def move_chat(self, channel: str, account: str, old: str, new: str) -> None:
        """A chat goes on under another id, with all that is kept of it."""

    # Answers
    def press(self, channel: str, account: str, press: str) -> Press | None:
        """What a button does; None when that is not known any more."""

    def last_answer(self, conversation: str) -> Answer | None:
        """The newest answer of a conversation."""

    def answer_to(self, conversation: str, message: str) -> Answer | None:
        """The answer to the platform's message `message`."""

    def replies_to(self, event: int) -> list[tuple[int, Outgoing]]:
        """The text messages in the outbox that answer an event, in order."""

    def sent_message(
        self, channel: str, account: str, chat: str, platform_id: str
    ) -> Outgoing | None:
        """What was sent as the platform's message `platform_id`."""

    def record_feedback(self, feedback: Feedback) -> None:
        """Keep what a person thinks of an answer."""

    # Housekeeping
    def renew(self, lease: Lease) -> None:
        """All that the holder has claimed is held longer."""

    def release(self, holder: str, now: datetime) -> int:
        """All that a holder has claimed and leased is free again; how much it was."""

    def lease(self, name: str, lease: Lease, now: datetime) -> bool:
        """Take or renew a named lease; False while another one holds it."""

    def unlease(self, name: str, holder: str) -> None:
        """Give a named lease back."""

    def backlog(self, now: datetime) -> Backlog:
        """What waits."""

    def dead_letters(self, limit: int) -> list[DeadLetter]:
        """What was given up, newest first."""

    def retry(self, box: str, row: int, now: datetime) -> bool:
        """Try a dead letter again; False when there is none of that number."""

    def forget(self, person: str) -> None:
        """Delete all that belongs to a person; what still waits is answered first."""

    def prune(self, before: datetime) -> int:
        """Delete what ended before then; how many rows."""
