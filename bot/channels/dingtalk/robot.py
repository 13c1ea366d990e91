"""HTTP robots: DingTalk's posts at an address of our own server, signed with the robot's secret."""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.delivery.clock import Clock

_LOG = logging.getLogger(__name__)
PATH = "/dingtalk/robot"
_SKEW = timedelta(hours=1)

Keep = Callable[[Mapping[str, Any], str], Awaitable[bool]]


def sign(timestamp: str, secret: str) -> str:
    """The signature of a post."""
    text = f"{timestamp}\n{secret}".encode("utf-8", "surrogateescape")
    digest = hmac.new(secret.encode(), text, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class Robot:
    """Answers 200 when a message is on disk."""

    def __init__(self, secret: str, keep: Keep, clock: Clock) -> None:
        self._secret = secret
        self._keep = keep
        self._clock = clock
        self.last_post: datetime | None = None

    async def handle(self, request: web.Request) -> web.Response:
        """One message."""
        headers = request.headers
        if not self._genuine(headers.get("timestamp", ""), headers.get("sign", "")):
            return web.Response(status=403)
        self.last_post = self._clock()
        raw = await request.read()
        try:
            data = json.loads(raw)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(data, Mapping):
            return web.Response(status=400)
        if not await self._keep(data, hashlib.sha256(raw).hexdigest()):
            return web.Response(status=503)
        return web.json_response({})

    def _genuine(self, timestamp: str, given: str) -> bool:
        right = hmac.compare_digest(
            given.encode("utf-8", "surrogateescape"), sign(timestamp, self._secret).encode()
        )
        if not right or not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 15:
            return False
        sent = datetime.fromtimestamp(int(timestamp) / 1000, UTC)
        return abs(self._clock() - sent) <= _SKEW
