"""The Telegram channel at work: the real python-telegram-bot against the fake Bot API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.channels.settings import ChannelSettings
from bot.channels.telegram.channel import TelegramChannel
from bot.delivery.engine import Delivery
from bot.delivery.rules import Rules
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.thinking import InThreads
from bot.server import build_app, serve
from tests.bot.delivery.doubles import Echo
from tests.fake_telegram import TOKEN, FakeTelegram

SECRET = "CANARY-secret_of_the_webhook"
GROUP = -100500


class Bot:
    """A running bot and what it talks to."""

    def __init__(self, fake: FakeTelegram, delivery: Delivery, echo: Echo, base: str) -> None:
        self.fake = fake
        self.delivery = delivery
        self.echo = echo
        self.base = base


def settings(fake: FakeTelegram, **more: Any) -> ChannelSettings:
    """Settings without limits, for the fake server."""
    return ChannelSettings(
        **{
            "telegram_bot_token": SecretStr(TOKEN),
            "telegram_api_base": fake.base,
            "telegram_rate_total": 0,
            "telegram_rate_chat": 0,
            "telegram_rate_group": 0,
            "person_rate": 0,
            "http_port": 0,
            **more,
        }
    )


@asynccontextmanager
async def running(
    fake: FakeTelegram, folder: Path, *, echo: Echo | None = None, port: int = 0, **more: Any
) -> AsyncIterator[Bot]:
    """A bot on the fake server, polling unless a webhook is set."""
    echo = echo or Echo()
    given = settings(fake, **more)
    rules = Rules(
        person_rate=given.person_rate, subjects={"express": {"zh": "空快", "en": "express"}}
    )
    delivery = Delivery(folder, lambda: SqliteStore(folder / "bot.db"), echo, rules, InThreads())
    await delivery.open()
    delivery.add(TelegramChannel.of(given, delivery))
    app: web.Application = build_app(delivery)
    runner, found = await serve(app, "127.0.0.1", port)
    await delivery.start()
    try:
        yield Bot(fake, delivery, echo, f"http://127.0.0.1:{found}")
    finally:
        await delivery.stop()
        await runner.cleanup()
        await delivery.close()
