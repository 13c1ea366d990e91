"""Talks to a conversation the way a channel does: state goes through JSON between two turns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.conversation import Conversation, Message
from handlers.language import Language
from handlers.reply import Reply, Setting

APRIL_22 = "2021-04-22T10:00"


def moment(text: str) -> datetime:
    """A Beijing time as an aware moment."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Talk:
    """A finished talk: the replies in order, and what is remembered behind the last one."""

    replies: tuple[Reply, ...]
    state: Mapping[str, Any]

    @property
    def last(self) -> Reply:
        return self.replies[-1]


def talk(
    conversation: Conversation,
    *turns: str,
    at: str = APRIL_22,
    setting: Setting = "dm",
    language: Language | None = None,
    state: Mapping[str, Any] | None = None,
) -> Talk:
    """Says the turns one after the other; `state` continues an earlier talk."""
    kept = dict(state or {})
    replies = []
    for turn in turns:
        before = json.loads(json.dumps(kept))
        reply, kept = conversation.reply(Message(turn, setting, language), before, moment(at))
        replies.append(reply)
    return Talk(tuple(replies), kept)


def ask(
    conversation: Conversation, text: str, *, at: str = APRIL_22, setting: Setting = "dm"
) -> Reply:
    """The reply to a single message."""
    return talk(conversation, text, at=at, setting=setting).last


def first_line(reply: Reply) -> str:
    return reply.text.split("\n")[0]
