"""What travels through the delivery: events in, messages out, and what is kept of an answer."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from handlers.language import Language
from handlers.reply import Setting

IncomingKind = Literal[
    "message",  # text to be answered
    "command",  # `command` with `text` as its argument
    "press",  # a button; `text` is the short id of what it does
    "edit",  # `message` was changed to `text`
    "menu",  # the bot was called without a question
    "unread",  # something that is no text
    "inline",  # a query typed in any chat
    "left",  # the bot may no longer write in `chat`
    "joined",  # the bot was added to `chat`
    "moved",  # `chat` goes on as `text`
    "flood",  # more than the person's budget; answered with one notice
]
OutgoingKind = Literal["text", "edit", "delete", "ack", "inline"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event of a platform, as it is kept in the inbox.

    `external_id` is unique in the account and the same when the platform delivers again. `message`
    is the platform's id of the message, to quote it; `details` is the channel's own, plain JSON.
    """

    channel: str
    account: str
    external_id: str
    kind: IncomingKind
    chat: str
    thread: str = ""
    person: str = ""
    setting: Setting = "dm"
    text: str = ""
    command: str = ""
    message: str = ""
    locale: Language | None = None
    group: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Incoming":
        return cls(**json.loads(text))

    def conversation(self, context: str) -> str:
        """The key under which events are worked on in order.

        `context` is the chat's setting: "group" for one context that all share, else per person.
        """
        parts = [self.channel, self.account, self.chat, self.thread]
        if self.group and context != "group":
            parts.append(self.person)
        return "/".join(parts)

    def person_key(self) -> str:
        return f"{self.channel}/{self.account}/{self.person}" if self.person else ""


@dataclass(frozen=True, slots=True)
class Button:
    """What a user can press; `press` is the short id of what it does."""

    label: str
    press: str


@dataclass(frozen=True, slots=True)
class Press:
    """What a button does when it is pressed: an action in plain JSON under a short id."""

    id: str
    action: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call to a platform, as it is kept in the outbox. `text` is plain text.

    `quote` is the platform's message that is replied to; `target` the row of the outbox whose
    message an edit changes. A `private` row is deleted as soon as it is sent. Rows with the same
    `lane` leave in order; without one they queue with their chat's.
    """

    kind: OutgoingKind
    chat: str
    thread: str = ""
    text: str = ""
    quote: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    target: int | None = None
    group: bool = False
    private: bool = False
    lane: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Outgoing":
        fields = json.loads(text)
        rows = tuple(tuple(Button(**button) for button in row) for row in fields.pop("buttons"))
        return cls(buttons=rows, **fields)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is kept of a conversation."""

    state: Mapping[str, Any] = field(default_factory=dict)
    language: Language | None = None
    as_of: datetime | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """A claimed event: only the claim with the newest token may end it.

    `attempts` counts this try too; `crashes` are the tries in which the process died.
    """

    id: int
    token: int
    attempts: int
    crashes: int
    conversation: str
    incoming: Incoming
    received_at: datetime
    profile: Profile


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A claimed message to be sent. `target` is the platform's id of the message to be edited."""

    id: int
    token: int
    attempts: int
    channel: str
    account: str
    outgoing: Outgoing
    created_at: datetime
    asked_at: datetime | None
    target: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of an answer; `before` is the conversation's state before the question.

    `event` is the inbox row that it answers; 0 for that of the work it is the outcome of.
    """

    question: str
    message: str
    text: str
    record: Mapping[str, Any]
    before: Mapping[str, Any]
    feedback: str = ""
    word: str = ""
    event: int = 0


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thinks of the answer to the event `event`."""

    event: int
    verdict: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """What is kept of a chat: its settings, and why nothing may be sent there any more."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an event comes to. All of it is written in one transaction; None leaves as it is.

    `stop` is why nothing may be sent to the chat any more, `forget` the person to be forgotten.
    """

    outgoing: tuple[Outgoing, ...] = ()
    profile: Profile | None = None
    answer: Answer | None = None
    presses: tuple[Press, ...] = ()
    feedback: Feedback | None = None
    chat: Chat | None = None
    moved_to: str = ""
    stop: str = ""
    forget: str = ""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up: `box` is "inbox" or "outbox"."""

    box: str
    id: int
    channel: str
    attempts: int
    since: datetime
    error: str
