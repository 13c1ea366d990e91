"""The conversation with a model beside it: the same replies, in other words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.llm.counts import Counts
from bot.llm.phrasing import Phraser
from bot.llm.understanding import Understander
from handlers.conversation import Conversation, Message
from handlers.language import Language
from handlers.reply import Reply


class PhrasedConversation:
    """Answers as a Conversation does; replies are reworded, questions understood, where allowed."""

    def __init__(
        self, conversation: Conversation, phraser: Phraser, understander: Understander | None
    ) -> None:
        self._conversation, self._phraser, self._understander = conversation, phraser, understander

    @property
    def counts(self) -> Counts:
        return self._phraser.counts

    def reply(
        self, message: Message, state: Mapping[str, Any], now: datetime
    ) -> tuple[Reply, dict[str, Any]]:
        """The reply as of `now`, and the state for the next message."""
        reply, after = self._conversation.reply(message, state, now)
        if self._understander is not None and reply.kind == "decline":
            clearer = self._understander.clearer(message, state, now)
            if clearer is not None:
                again, later = self._conversation.reply(clearer.message, state, now)
                if clearer.confirmed(again):
                    reply, after = again, later
        return self._phraser.phrase(reply), after

    def greeting(self, language: Language, now: datetime) -> str:
        return self._conversation.greeting(language, now)

    def help(self, language: Language, now: datetime) -> str:
        return self._conversation.help(language, now)

    def topics(self, language: Language, now: datetime) -> str:
        return self._conversation.topics(language, now)

    def deadlines(self, language: Language, now: datetime) -> str:
        return self._conversation.deadlines(language, now)
