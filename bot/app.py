"""Puts the parts together: settings, the bulletins on disk, the conversation."""

from pathlib import Path

from bot.cache.files import KeptFiles
from bot.cache.opening import Kept, open_library
from bot.settings import Settings
from handlers.conversation import Conversation
from handlers.tariff.port import Desk
from knowledge.library import Library
from knowledge.loader import BUILT_IN, KnowledgeError
from knowledge.model import Computable

__all__ = ["KnowledgeError", "load_bulletins", "load_conversation", "unit_words"]


def load_bulletins(settings: Settings) -> Library:
    """The built-in bulletins and those of SELLER_BOT_KNOWLEDGE; KnowledgeError lists faults."""
    return _open(settings)[0]


def load_conversation(settings: Settings) -> Conversation:
    """A conversation over all bulletins; KnowledgeError lists their faults."""
    return Conversation(*_open(settings), tariff=lambda: _open_desk(settings))


def _open_desk(settings: Settings) -> Desk:
    """The tariff desk over this installation's table; opened by the first tariff question."""
    from bot.tariff.tables import open_table, tariff_folder  # noqa: PLC0415  (late: see above)
    from handlers.tariff.desk import TariffDesk  # noqa: PLC0415

    return TariffDesk(open_table(tariff_folder(settings)))


def cache_folder(settings: Settings) -> Path:
    """SELLER_BOT_CACHE, else the user's own folder for what may be lost."""
    if settings.cache:
        return settings.cache
    from platformdirs import user_cache_path  # noqa: PLC0415  (late: a setting spares it)

    return user_cache_path("seller-bot")


def _open(settings: Settings) -> tuple[Library, Kept]:
    return open_library([BUILT_IN, *settings.knowledge], KeptFiles(cache_folder(settings)))


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
