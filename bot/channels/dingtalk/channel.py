"""The DingTalk channel: receives by stream or HTTP, sends by session webhook or OpenAPI."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiohttp import web

from bot.channels.dingtalk.api import Api
from bot.channels.dingtalk.choices import resolve
from bot.channels.dingtalk.compose import compose, merged
from bot.channels.dingtalk.gateway import App
from bot.channels.dingtalk.hosts import Hosts
from bot.channels.dingtalk.incoming import CHANNEL, Reader
from bot.channels.dingtalk.outgoing import Replies
from bot.channels.dingtalk.robot import PATH, Robot
from bot.channels.dingtalk.stream import Stream
from bot.channels.settings import ChannelSettings
from bot.delivery.channel import Health, Say
from bot.delivery.clock import backoff
from bot.delivery.engine import Delivery
from bot.delivery.limits import Limits
from bot.delivery.model import Incoming, Outgoing
from bot.delivery.store import Store

_LOG = logging.getLogger(__name__)
_JITTER = timedelta(seconds=0.2)  # one message too much, and the group hears nothing for a minute


class DingTalkChannel:
    """bot.delivery.channel.Channel for one app, or one robot, of DingTalk."""

    name = CHANNEL

    def __init__(self, settings: ChannelSettings, delivery: Delivery) -> None:
        self._delivery = delivery
        self.account = settings.dingtalk_client_id or "robot"
        self.limits = Limits(group=settings.dingtalk_rate_group, jitter=_JITTER)
        secret, robot = settings.dingtalk_client_secret, settings.dingtalk_robot_secret
        app = App(
            settings.dingtalk_openapi_endpoint,
            settings.dingtalk_client_id or "",
            secret.get_secret_value() if secret else "",
        )
        hosts = Hosts(settings.dingtalk_allowed_webhook_hosts)
        self._reader = Reader(self.account, settings.support_staff, hosts)
        self._api = Api(app.endpoint, app.client_id, app.client_secret, delivery.clock)
        self._replies = Replies(self._api, hosts, delivery.clock)
        # An app whose messages are posted needs no stream; with both secrets both are open.
        self.stream = Stream(app, self.keep, delivery.clock) if secret else None
        self._robot = Robot(robot.get_secret_value(), self.keep, delivery.clock) if robot else None
        self._stopped = asyncio.Event()

    # Receiving

    async def start(self) -> None:
        if self.stream is not None:
            self.stream.start()

    async def stop(self) -> None:
        self._stopped.set()
        if self.stream is not None:
            await self.stream.stop()

    async def close(self) -> None:
        await self._api.close()

    async def keep(self, data: Mapping[str, Any], name: str) -> bool:
        """Store a callback, `name` its id where it has none; whether it needs no repetition.

        DingTalk may never send it again, so a store that fails is tried until it works.
        """
        try:
            incoming = self._reader.read(data, name)
        except Exception:
            # A fault of ours that no repetition would mend.
            _LOG.exception("a callback cannot be read")
            return True
        if incoming is None:
            return True
        attempt = 0
        while True:
            try:
                found = await self._delivery.ledger.call(partial(_resolved, incoming))
                await self._delivery.accept(found)
                return True
            except Exception as error:
                attempt += 1
                _LOG.error(
                    "a callback cannot be kept yet",
                    extra={"error": type(error).__name__, "attempt": attempt},
                )
            if self._stopped.is_set():
                return False
            await asyncio.sleep(backoff(min(attempt, 4)).total_seconds())

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The robot's address, when there is one."""
        if self._robot is not None:
            yield web.post(PATH, self._robot.handle)

    def health(self, now: datetime) -> list[Health]:
        name = f"{CHANNEL} {self.account}"
        found = []
        if (stream := self.stream) is not None:
            heard = stream.last_heard
            word = stream.trouble or "connected"
            if heard is not None:
                word += f", last heard {(now - heard).total_seconds():.0f} s ago"
            ok = stream.alive() and stream.connected and not stream.trouble
            found.append(Health(name, ok, word))
        if (robot := self._robot) is not None:
            word = "no post yet" if robot.last_post is None else "posts arrive"
            found.append(Health(f"{name} robot", True, word))
        return found

    # Sending

    def compose(self, incoming: Incoming, says: Sequence[Say]) -> tuple[Outgoing, ...]:
        return compose(incoming, says)

    async def send(self, outgoing: Outgoing, target: str) -> str:
        return await self._replies.send(outgoing)

    def merged(self, messages: Sequence[Outgoing]) -> tuple[Outgoing, int]:
        return merged(messages)

    async def working(self, incoming: Incoming) -> None:
        """DingTalk has nothing to show."""

    async def is_admin(self, incoming: Incoming) -> bool:
        return bool(incoming.details.get("admin"))


def _resolved(incoming: Incoming, store: Store) -> Incoming:
    return resolve(store, incoming)
