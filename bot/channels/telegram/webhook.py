"""The webhook: Telegram's updates at an address of our own server."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from json import JSONDecodeError

from aiohttp import web
from telegram import Bot, Update

from bot.channels.telegram.intake import Intake
from bot.delivery.model import Incoming
from bot.delivery.store import Accepted

_LOG = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Webhook:
    """Answers 200 when an update is on disk; anything else makes Telegram send it again."""

    def __init__(self, secret: str, accept: Callable[[Incoming], Awaitable[Accepted]]) -> None:
        self.secret = secret
        self._accept = accept
        self.bot: Bot
        self.intake: Intake | None = None

    async def handle(self, request: web.Request) -> web.Response:
        """One update."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.secret.encode()):
            return web.Response(status=403)
        if self.intake is None:  # who we are is not known yet
            return web.Response(status=503)
        try:
            data = await request.json()
            update = Update.de_json(data, self.bot)
        except (JSONDecodeError, UnicodeDecodeError):
            return web.Response(status=400)
        except (TypeError, KeyError, ValueError, AttributeError):
            _LOG.exception("an update has an unknown form")
            return web.Response(status=200)  # it would have it again
        incoming = self.intake.read(update)
        if incoming is not None:
            try:
                await self._accept(incoming)
            except Exception as error:
                _LOG.error("an update cannot be kept yet", extra={"error": type(error).__name__})
                return web.Response(status=503)
        return web.Response(status=200)
