"""One process that serves all channels that are configured, until it is told to stop."""

import asyncio
import logging
import signal
from collections.abc import Iterable

from bot.app import load_conversation
from bot.channels.settings import ChannelSettings
from bot.data import DATABASE, data_folder
from bot.delivery.channel import Channel
from bot.delivery.engine import Delivery
from bot.delivery.rules import Rules
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.thinking import AtOnce, InThreads
from bot.llm.assembly import with_model
from bot.llm.conversation import PhrasedConversation
from bot.llm.settings import LlmSettings
from bot.moments import clock
from bot.server import build_app, serve
from bot.settings import Settings
from handlers.conversation import Conversation, Message
from knowledge.model import Bilingual

_LOG = logging.getLogger(__name__)


def channels_of(settings: ChannelSettings, delivery: Delivery) -> Iterable[Channel]:
    """The channels that the settings ask for; their libraries are loaded only then."""
    if settings.telegram_bot_token is not None:
        from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415  (heavy)

        yield TelegramChannel.of(settings, delivery)
    if "dingtalk" in settings.channels():
        from bot.channels.dingtalk.channel import DingTalkChannel  # noqa: PLC0415

        yield DingTalkChannel(settings, delivery)


def subjects_of(conversation: Conversation) -> dict[str, dict[str, str]]:
    """What a deep link may open: the id of a topic or a subject, and the words for it."""
    titles: dict[str, Bilingual] = {}
    for bulletin in conversation.library.bulletins:
        titles |= bulletin.month.topics
        titles |= {subject.subject: subject.title for subject in bulletin.subjects}
    return {slug: {"zh": title.zh, "en": title.en} for slug, title in titles.items()}


async def run(settings: Settings, channels: ChannelSettings, llm: LlmSettings) -> None:
    """Serve until SIGTERM or SIGINT; then nothing that was taken is left. Raises at the start."""
    conversation = load_conversation(settings)
    # The first reply prepares what all others use; nobody shall wait for that.
    conversation.reply(Message("?"), {}, clock(settings.as_of))
    folder = data_folder(settings)
    rules = Rules(
        person_rate=channels.person_rate,
        retention_days=channels.retention_days,
        subjects=subjects_of(conversation),
        as_of=settings.as_of,
        language=settings.language,
    )
    speaking = with_model(conversation, llm, folder)
    # A model may keep one waiting, templates never do.
    thinking = AtOnce() if speaking is conversation else InThreads()
    delivery = Delivery(folder, lambda: SqliteStore(folder / DATABASE), speaking, rules, thinking)
    if isinstance(speaking, PhrasedConversation):
        delivery.metrics.registry.register(speaking.counts.registry)
    await delivery.open()
    for channel in channels_of(channels, delivery):
        delivery.add(channel)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    try:
        runner, _ = await serve(build_app(delivery), channels.http_host, channels.http_port)
        try:
            await delivery.start()
            await stop.wait()
            _LOG.info("stopping")
        finally:
            # The server last: a webhook call may still be on its way to the inbox.
            await delivery.stop()
            await runner.cleanup()
    finally:
        await delivery.close()
