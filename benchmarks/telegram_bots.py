"""The bots that `benchmarks.telegram` measures, one process each.

`bare` is an echo as python-telegram-bot's own examples make it, in memory; `echo` is this project's
delivery and channel with the same echo in place of the conversation; `whole` is the bot as it is.
"""

import argparse
import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import SecretStr
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.app import load_conversation
from bot.channels.settings import ChannelSettings
from bot.channels.telegram.channel import TelegramChannel
from bot.delivery.answering import Answerer
from bot.delivery.engine import Delivery
from bot.delivery.rules import Rules
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.thinking import AtOnce
from bot.server import build_app, serve
from bot.settings import Settings
from handlers.conversation import Message
from handlers.language import Language
from handlers.reply import Reply


class Echo:
    """Says what it was told."""

    def reply(
        self, message: Message, state: Mapping[str, Any], now: datetime
    ) -> tuple[Reply, dict[str, Any]]:
        return Reply("ask", "en", message.text, ()), dict(state)

    def greeting(self, language: Language, now: datetime) -> str:
        return ""

    topics = deadlines = help = greeting


async def bare(base: str, token: str, webhook: str) -> None:
    """The echo of the library alone."""

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    builder = Application.builder().token(token).base_url(f"{base}/bot").concurrent_updates(True)
    app = builder.connection_pool_size(64).pool_timeout(60).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    await app.initialize()
    await app.start()
    if webhook:

        async def handle(request: web.Request) -> web.Response:
            await app.update_queue.put(Update.de_json(await request.json(), app.bot))
            return web.Response()

        server = web.Application()
        server.router.add_post(urlsplit(webhook).path, handle)
        await serve(server, "127.0.0.1", urlsplit(webhook).port or 0)
        await app.bot.set_webhook(webhook)
    elif app.updater is not None:
        await app.updater.start_polling()
    await asyncio.Event().wait()


async def ours(base: str, token: str, webhook: str, folder: Path, answerer: Answerer) -> None:
    """This project's delivery and channel."""
    settings = ChannelSettings(
        telegram_bot_token=SecretStr(token),
        telegram_api_base=base,
        telegram_webhook_url=webhook or None,
        telegram_webhook_secret=SecretStr("secret") if webhook else None,
        telegram_rate_total=0,
        telegram_rate_chat=0,
        telegram_rate_group=0,
    )
    delivery = Delivery(folder, lambda: SqliteStore(folder / "bot.db"), answerer, Rules(), AtOnce())
    await delivery.open()
    delivery.add(TelegramChannel.of(settings, delivery))
    await serve(build_app(delivery), "127.0.0.1", urlsplit(webhook).port or 0)
    await delivery.start()
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bot", choices=("bare", "echo", "whole"))
    parser.add_argument("base")
    parser.add_argument("token")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--webhook", default="")
    given = parser.parse_args()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    if given.bot == "bare":
        asyncio.run(bare(given.base, given.token, given.webhook))
    else:
        answerer: Answerer = Echo()
        if given.bot == "whole":
            answerer = load_conversation(Settings())
        asyncio.run(ours(given.base, given.token, given.webhook, given.folder, answerer))


if __name__ == "__main__":
    main()
