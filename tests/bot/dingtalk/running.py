"""The DingTalk channel at work: the real SDK against the fake gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.channels.dingtalk.channel import DingTalkChannel
from bot.channels.settings import ChannelSettings
from bot.delivery.channel import Channel
from bot.delivery.engine import Delivery
from bot.delivery.rules import Rules
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.thinking import InThreads
from bot.server import build_app, serve
from tests.bot.delivery.doubles import Echo
from tests.fake_dingtalk import CLIENT_ID, CLIENT_SECRET, FakeDingTalk

GROUP = "cid-group"


class Bot:
    """A running bot and what it talks to."""

    def __init__(self, delivery: Delivery, channel: DingTalkChannel, echo: Echo, base: str) -> None:
        self.delivery = delivery
        self.channel = channel
        self.echo = echo
        self.base = base


def settings(fake: FakeDingTalk, **more: Any) -> ChannelSettings:
    """Settings without limits, for the fake server."""
    return ChannelSettings(
        **{
            "dingtalk_client_id": CLIENT_ID,
            "dingtalk_client_secret": SecretStr(CLIENT_SECRET),
            "dingtalk_openapi_endpoint": fake.base,
            "dingtalk_allowed_webhook_hosts": frozenset({fake.base}),
            "dingtalk_rate_group": 0,
            "person_rate": 0,
            "http_port": 0,
            **more,
        }
    )


@asynccontextmanager
async def running(
    fake: FakeDingTalk,
    folder: Path,
    *,
    echo: Echo | None = None,
    connected: bool = True,
    beside: Channel | None = None,
    **more: Any,
) -> AsyncIterator[Bot]:
    """A bot on the fake server; `connected` waits until its stream is."""
    echo = echo or Echo()
    given = settings(fake, **more)
    rules = Rules(person_rate=given.person_rate)
    delivery = Delivery(folder, lambda: SqliteStore(folder / "bot.db"), echo, rules, InThreads())
    await delivery.open()
    channel = DingTalkChannel(given, delivery)
    delivery.add(channel)
    if beside is not None:
        delivery.add(beside)
    runner, port = await serve(build_app(delivery), "127.0.0.1", 0)
    await delivery.start()
    try:
        if connected and channel.stream is not None:
            await fake.until(fake.live)
        yield Bot(delivery, channel, echo, f"http://127.0.0.1:{port}")
    finally:
        await delivery.stop()
        await runner.cleanup()
        await delivery.close()
