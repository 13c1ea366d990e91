"""Puts the parts together: settings, the bulletins on disk, the conversation."""

from bot.settings import Settings
from handlers.conversation import Conversation
from knowledge.library import Library
from knowledge.loader import BUILT_IN, KnowledgeError, load_library
from knowledge.model import Computable

__all__ = ["KnowledgeError", "load_bulletins", "load_conversation", "unit_words"]


def load_bulletins(settings: Settings) -> Library:
    """The built-in bulletins and those of SELLER_BOT_KNOWLEDGE; KnowledgeError lists faults."""
    return load_library([BUILT_IN, *settings.knowledge])


def load_conversation(settings: Settings) -> Conversation:
    """A conversation over all bulletins; KnowledgeError lists their faults."""
    return Conversation(load_bulletins(settings))


def unit_words(library: Library) -> dict[str, str]:
    """The units that fields of the bulletins count in, for the values grammar."""
    return {
        field.unit: field.unit
        for bulletin in library.bulletins
        for subject in bulletin.subjects
        for item in subject.items
        if isinstance(item, Computable)
        for field in item.fields
        if field.kind == "count" and field.unit
    }
