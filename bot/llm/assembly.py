"""Puts the model's parts together for a conversation, where one is configured."""

import time
from datetime import UTC, datetime
from pathlib import Path

from bot.llm.breaker import Breaker
from bot.llm.client import LangchainProvider
from bot.llm.conversation import PhrasedConversation
from bot.llm.counts import Counts
from bot.llm.names import known_names
from bot.llm.phrasing import Limits, Phraser
from bot.llm.settings import LlmSettings
from bot.llm.store import LlmStore
from bot.llm.understanding import Understander
from handlers.conversation import Conversation


def with_model(
    conversation: Conversation, settings: LlmSettings, folder: Path
) -> Conversation | PhrasedConversation:
    """The conversation with the configured model beside it; as it is where none is configured."""
    if settings.llm_model is None:
        return conversation
    phraser = Phraser(
        LangchainProvider(settings),
        known_names(conversation.library),
        LlmStore(folder),
        Breaker(time.monotonic),
        Limits(
            settings.llm_model,
            settings.llm_daily_tokens,
            settings.llm_mark,
            lambda: datetime.now(UTC).date(),
        ),
        Counts(),
    )
    understander = Understander(conversation, phraser) if settings.llm_sees_questions else None
    return PhrasedConversation(conversation, phraser, understander)
