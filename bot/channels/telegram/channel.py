"""The Telegram channel: receives by polling or webhook, sends by the Bot API."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, ChatMember
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.settings import ChannelSettings
from bot.channels.telegram import outgoing as calls
from bot.channels.telegram.incoming import CHANNEL, Reader
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.menus import set_menus
from bot.channels.telegram.polling import ALLOWED, UNWELL, Poller
from bot.channels.telegram.request import AiohttpRequest, PollRequest
from bot.channels.telegram.webhook import Webhook
from bot.delivery.channel import Health, Say
from bot.delivery.clock import backoff, lease
from bot.delivery.engine import Delivery
from bot.delivery.limits import Limits
from bot.delivery.model import Incoming, Outgoing
from bot.delivery.store import Store

_LOG = logging.getLogger(__name__)
_LEASE = timedelta(seconds=30)
_CONNECTIONS, _WEBHOOK_CONNECTIONS = 64, 40


class TelegramChannel:
    """bot.delivery.channel.Channel for one bot of Telegram."""

    name = CHANNEL

    def __init__(self, settings: ChannelSettings, token: str, delivery: Delivery) -> None:
        self._settings = settings
        self._delivery = delivery
        self.account = token.partition(":")[0]
        self.limits = Limits(
            settings.telegram_rate_total,
            settings.telegram_rate_chat,
            settings.telegram_rate_group,
        )
        self._poller: Poller | None = None
        self._requests = (PollRequest(self._polled), AiohttpRequest(_CONNECTIONS))
        self.bot = Bot(
            token,
            base_url=f"{settings.telegram_api_base}/bot",
            base_file_url=f"{settings.telegram_api_base}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        secret = settings.telegram_webhook_secret
        self._webhook = (
            Webhook(secret.get_secret_value(), delivery.accept)
            if settings.telegram_webhook_url and secret
            else None
        )
        self._task: asyncio.Task[None] | None = None
        self._ready = ""

    @classmethod
    def of(cls, settings: ChannelSettings, delivery: Delivery) -> Self:
        """The channel that the settings describe; they must hold a token."""
        token = settings.telegram_bot_token
        if token is None:
            raise ValueError("there is no TELEGRAM_BOT_TOKEN")
        return cls(settings, token.get_secret_value(), delivery)

    # Receiving

    async def start(self) -> None:
        # Only the sessions; Bot.initialize would ask who we are, which may have to be tried often.
        for request in self._requests:
            await request.initialize()
        self._task = asyncio.create_task(self._receive())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()

    async def _receive(self) -> None:
        await _until_done(self.bot.initialize, "no answer from Telegram", self._not_ready)
        reader = Reader(self.account, self.bot.username, self._settings.support_staff)
        intake = Intake(reader, self._delivery.accept)
        menus = asyncio.create_task(
            _until_done(partial(set_menus, self.bot), "the menus are not set")
        )
        try:
            if self._webhook is not None:
                await self._listen(self._webhook, intake)
            else:
                self._ready = "polling"
                self._poller = Poller(self.bot, intake, self._hold_lease, self._delivery.clock)
                await self._poller.run()
        finally:
            menus.cancel()
            await self._drop_lease()

    async def _listen(self, webhook: Webhook, intake: Intake) -> None:
        webhook.bot, webhook.intake = self.bot, intake
        set_webhook = partial(
            self.bot.set_webhook,
            self._settings.telegram_webhook_url or "",
            secret_token=webhook.secret,
            allowed_updates=ALLOWED,
            drop_pending_updates=False,
            max_connections=_WEBHOOK_CONNECTIONS,
        )
        await _until_done(set_webhook, "the webhook is not set", self._not_ready)
        self._ready = "webhook"
        await asyncio.Event().wait()

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The webhook's address, when there is one."""
        if self._webhook is not None:
            path = urlsplit(self._settings.telegram_webhook_url or "").path
            yield web.post(path, self._webhook.handle)

    def health(self, now: datetime) -> list[Health]:
        name = f"{CHANNEL} {self.account}"
        poller = self._poller
        if poller is None:
            return [Health(name, self._ready == "webhook", self._ready or "starting")]
        if poller.last_success is None:
            return [Health(name, False, poller.trouble or "not polled yet")]
        age = now - poller.last_success
        word = f"last successful poll {age.total_seconds():.0f} s ago"
        if poller.trouble:
            word += f"; {poller.trouble}"
        return [Health(name, age < UNWELL and not poller.trouble, word)]

    def _polled(self) -> None:
        if self._poller is not None:
            self._poller.succeeded()

    def _not_ready(self, why: str) -> None:
        self._ready = why

    async def _hold_lease(self) -> bool:
        now = self._delivery.clock()
        held = lease(self._delivery.holder, now, _LEASE)

        def hold(store: Store) -> bool:
            return store.lease(self._lease_name, held, now)

        return await self._delivery.ledger.call(hold)

    async def _drop_lease(self) -> None:
        holder = self._delivery.holder
        await self._delivery.ledger.call(lambda store: store.unlease(self._lease_name, holder))

    @property
    def _lease_name(self) -> str:
        return f"{CHANNEL} poller {self.account}"

    # Sending

    def compose(self, incoming: Incoming, says: Sequence[Say]) -> tuple[Outgoing, ...]:
        return calls.compose(incoming, says)

    async def send(self, outgoing: Outgoing, target: str) -> str:
        return await calls.send(self.bot, outgoing, target)

    async def working(self, incoming: Incoming) -> None:
        thread = int(incoming.thread) if incoming.thread else None
        with contextlib.suppress(TelegramError):
            await self.bot.send_chat_action(
                incoming.chat, ChatAction.TYPING, message_thread_id=thread
            )

    async def is_admin(self, incoming: Incoming) -> bool:
        if incoming.person == f"chat{incoming.chat}":
            return True  # an administrator who stays anonymous writes as the group
        if not incoming.person.isdecimal():
            return False
        try:
            member = await self.bot.get_chat_member(incoming.chat, int(incoming.person))
        except TelegramError as error:
            raise calls.translated(error) from None
        return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


async def _until_done(
    call: Callable[[], Awaitable[Any]],
    trouble: str,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Try a call until Telegram takes it; `trouble` is how things are until then."""
    attempt = 0
    while True:
        try:
            await call()
            return
        except TelegramError as error:
            attempt += 1
            kind = type(error).__name__
            _LOG.warning("%s yet", trouble, extra={"error": kind})
            tell(f"{trouble}: {kind}")
            await asyncio.sleep(backoff(attempt).total_seconds())
