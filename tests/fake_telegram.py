"""A Bot API server on loopback, for tests and measurements: it records, and fails as it is told.

`python -m tests.fake_telegram --port 8081` runs it by itself; `/control/...` steers it then.
"""

import argparse
import asyncio
import itertools
import json
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import aiohttp
from aiohttp import web

from tests.loopback import Loopback

TOKEN = "123456:CANARY-token_that_no_log_may_show"
BOT = {"id": 123456, "is_bot": True, "first_name": "Seller Bot", "username": "SellerTestBot",
       "can_join_groups": True, "can_read_all_group_messages": False,
       "supports_inline_queries": True}  # fmt: skip
_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler", "strong", "em"}


class BotApiError(Exception):
    """What the server answers instead of a result; `reset` breaks the connection off."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters


RESET = BotApiError(0, "connection reset")


@dataclass
class Call:
    """One call that was made: `error` is what was answered instead of a result."""

    method: str
    params: dict[str, Any]
    at: float
    error: int = 0
    message_id: int = 0


@dataclass
class FakeTelegram(Loopback):
    """State of the server. Ids count up; nothing is forgotten."""

    latency: float = 0.0
    calls: list[Call] = field(default_factory=list)
    faults: dict[str, deque[BotApiError]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    admins: set[int] = field(default_factory=set)
    retry_after: Callable[[int], float] = lambda chat: 0
    pending: deque[dict[str, Any]] = field(default_factory=deque)
    webhook: dict[str, Any] = field(default_factory=dict)
    mute: bool = False  # polls are taken and never answered

    def __post_init__(self) -> None:
        self._update_ids = itertools.count(1000)
        self._message_ids = itertools.count(1)
        self._arrived = asyncio.Event()
        self._poll = 0
        self._deliveries: set[asyncio.Task[None]] = set()
        self._last_of: dict[str, asyncio.Task[None]] = {}
        self.confirmed = 0

    def route(self, router: web.UrlDispatcher) -> None:
        router.add_post("/bot{token}/{method}", self._handle)
        router.add_get("/control/calls", self._control_calls)
        router.add_post("/control/updates", self._control_updates)

    async def start(self, port: int) -> None:
        await super().start(port)
        self._client = aiohttp.ClientSession()

    async def stop(self) -> None:
        for task in self._deliveries:
            task.cancel()
        await self._client.close()
        await super().stop()

    # What tests say and ask

    def push(self, **update: Any) -> dict[str, Any]:
        """An update arrives at the server, and goes on to the bot."""
        update = {"update_id": next(self._update_ids), **update}
        if self.webhook:
            self._queue(update)
        else:
            self.repeat(update)
        return update

    def repeat(self, update: dict[str, Any]) -> None:
        """An update comes to a poller that it may have come to before."""
        self.pending.append(update)
        self._arrived.set()

    def say(self, text: str | None = None, person: int = 7, chat: int | None = None,
            **more: Any) -> dict[str, Any]:  # fmt: skip
        """A person writes, in private unless a group (a negative number) is named."""
        return self.push(message=self.message(text, person, chat, **more))

    def message(self, text: str | None = None, person: int = 7, chat: int | None = None,
                **more: Any) -> dict[str, Any]:  # fmt: skip
        """A message as the Bot API writes it."""
        message: dict[str, Any] = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "from": user(person),
            "chat": chat_of(person if chat is None else chat),
            **more,
        }
        if text is not None:
            message["text"] = text
        return message

    def made(self, *methods: str, ok: bool = True) -> list[Call]:
        """The calls of these methods, those that failed left out."""
        return [c for c in self.calls if c.method in methods and not (ok and c.error)]

    def texts(self, chat: int | None = None) -> list[str]:
        """The texts that were sent, as a person sees them."""
        return [
            visible(c.params["text"])
            for c in self.made("sendMessage")
            if chat in (None, int(c.params["chat_id"]))
        ]

    def fail(self, method: str, *errors: BotApiError) -> None:
        """The next calls of a method fail."""
        self.faults.setdefault(method, deque()).extend(errors)

    # The server

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params: dict[str, Any] = dict(await request.post())
        call = Call(method, params, time.monotonic())
        if method != "getUpdates":
            self.calls.append(call)
        try:
            if request.match_info["token"] != TOKEN:
                raise BotApiError(401, "Unauthorized")
            if self.latency and method != "getUpdates":
                await asyncio.sleep(self.latency)
            if faults := self.faults.get(method):
                raise faults.popleft()
            known = getattr(self, f"_{method}", None)
            result: Any = True if known is None else await known(params)
            if method == "sendMessage":
                call.message_id = result["message_id"]
        except BotApiError as error:
            call.error = error.code or -1
            if error is RESET:
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            body = {"ok": False, "error_code": error.code, "description": str(error)}
            if error.parameters:
                body["parameters"] = error.parameters
            return web.json_response(body, status=error.code)
        return web.json_response({"ok": True, "result": result})

    async def _getMe(self, params: dict[str, Any]) -> dict[str, Any]:
        return BOT

    async def _getUpdates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise BotApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        while self.mute:
            await asyncio.sleep(0.02)
        self._poll += 1
        mine = self._poll
        self._arrived.set()  # wakes a poll that this one ends
        offset, timeout = int(params.get("offset", 0)), float(params.get("timeout", 0))
        while self.pending and self.pending[0]["update_id"] < offset:
            self.confirmed = self.pending.popleft()["update_id"]
        deadline = time.monotonic() + timeout
        while not self.pending and (left := deadline - time.monotonic()) > 0:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), left)
            except TimeoutError:
                break
            if self._poll != mine:
                raise BotApiError(409, "Conflict: terminated by other getUpdates request")
        return list(itertools.islice(self.pending, int(params.get("limit", 100))))

    async def _sendMessage(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = self._checked(params)
        return {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": chat_of(chat),
            "from": BOT,
            "text": visible(params["text"]),
        }

    async def _editMessageText(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = self._checked(params)
        return {
            "message_id": int(params["message_id"]),
            "date": int(time.time()),
            "edit_date": int(time.time()),
            "chat": chat_of(chat),
            "from": BOT,
            "text": visible(params["text"]),
        }

    async def _getChatMember(self, params: dict[str, Any]) -> dict[str, Any]:
        person = int(params["user_id"])
        status = "administrator" if person in self.admins else "member"
        rights = dict.fromkeys(
            ["can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
             "can_manage_video_chats", "can_restrict_members", "can_promote_members",
             "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
             "can_delete_stories"], False
        )  # fmt: skip
        return {"status": status, "user": user(person), **(rights if person in self.admins else {})}

    async def _getWebhookInfo(self, params: dict[str, Any]) -> dict[str, Any]:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }

    async def _setWebhook(self, params: dict[str, Any]) -> bool:
        self.webhook = dict(params)
        while self.pending:
            self._queue(self.pending.popleft())
        return True

    async def _deleteWebhook(self, params: dict[str, Any]) -> bool:
        self.webhook = {}
        if params.get("drop_pending_updates") == "true":
            self.pending.clear()
        return True

    def _checked(self, params: dict[str, Any]) -> int:
        chat = int(params["chat_id"])
        if chat in self.blocked:
            raise BotApiError(403, "Forbidden: bot was blocked by the user")
        if chat in self.moved:
            raise BotApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved[chat],
            )
        if wait := self.retry_after(chat):
            raise BotApiError(429, "Too Many Requests", retry_after=wait)
        if params.get("parse_mode") == "HTML":
            Checker().check(params["text"])
        text = visible(params["text"]) if params.get("parse_mode") else params["text"]
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise BotApiError(400, "Bad Request: message is too long")
        if not text.strip():
            raise BotApiError(400, "Bad Request: message text is empty")
        return chat

    def _queue(self, update: dict[str, Any]) -> None:
        """To the webhook: those of a chat one after another.

        So the Bot API server is believed to do it; no public source that says so was found.
        """
        chat = str(next((v["chat"]["id"] for v in update.values() if _has_chat(v)), "none"))
        before = self._last_of.get(chat)
        task = asyncio.ensure_future(self._deliver(update, before))
        self._last_of[chat] = task
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)

    async def _deliver(self, update: dict[str, Any], before: "asyncio.Task[None] | None") -> None:
        """To the webhook, again and again until it says that it has it."""
        if before is not None:
            await asyncio.wait([before])
        headers = {}
        if secret := self.webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        while True:
            try:
                async with self._client.post(
                    self.webhook["url"], json=update, headers=headers
                ) as response:
                    if response.status < 300:
                        self.confirmed = max(self.confirmed, update["update_id"])
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)

    async def _control_calls(self, request: web.Request) -> web.Response:
        after = int(request.query.get("after", 0))
        return web.json_response([vars(call) for call in self.calls[after:]])

    async def _control_updates(self, request: web.Request) -> web.Response:
        pushed = [self.push(**update) for update in await request.json()]
        return web.json_response([update["update_id"] for update in pushed])


class Checker(HTMLParser):
    """Refuses what Telegram's parser refuses: tags that it does not know or that are not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []

    def check(self, text: str) -> None:
        self.feed(text)
        self.close()
        if self.open or re.search(r"<(?![/a-zA-Z])", text):
            raise BotApiError(400, "Bad Request: can't parse entities: unclosed start tag")

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _TAGS:
            raise BotApiError(400, f'Bad Request: can\'t parse entities: unsupported tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise BotApiError(400, "Bad Request: can't parse entities: unexpected end tag")


def _has_chat(part: Any) -> bool:
    return isinstance(part, dict) and "chat" in part


def visible(text: str) -> str:
    """What a person sees of HTML."""
    bare = re.sub(r"</?[a-z][^>]*>", "", text)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": f"P{person}", "language_code": "en"}


def chat_of(chat: int) -> dict[str, Any]:
    if chat < 0:
        return {"id": chat, "type": "supergroup", "title": f"G{chat}"}
    return {"id": chat, "type": "private", "first_name": f"P{chat}"}


def buttons(call: Call) -> dict[str, str]:
    """Label to callback data of the keyboard under a message."""
    markup = json.loads(call.params.get("reply_markup", "{}"))
    return {b["text"]: b["callback_data"] for row in markup.get("inline_keyboard", ()) for b in row}


def busiest(calls: list[Call]) -> Iterator[tuple[str, int]]:
    """Methods by how often they were called."""
    yield from Counter(call.method for call in calls).most_common()


async def _main(port: int, latency: float) -> None:
    fake = FakeTelegram(latency=latency)
    await fake.start(port)
    print(fake.base, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    given = parser.parse_args()
    asyncio.run(_main(given.port, given.latency))
