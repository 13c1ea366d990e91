"""DingTalk on loopback, for tests: gateway, stream, session webhooks, OpenAPI, signed callbacks.

It records, and fails as it is told. Frames that nobody acknowledged are pushed again when
`redeliver` says after how long; those for which there is no connection wait for one when `queue`.
"""

import asyncio
import contextlib
import itertools
import json
import random
import time
import uuid
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import WSMsgType, web

from bot.channels.dingtalk.robot import PATH, sign
from tests.loopback import Loopback

CLIENT_ID = "dingtestapp"
CLIENT_SECRET = "CANARY-dingtalk-client-secret"
ROBOT_SECRET = "CANARY-dingtalk-robot-secret"
BOT_ID = "$:LWCP_v1:$bot"
TOPIC = "/v1.0/im/bot/messages/get"
TICKET = "CANARY-ticket-"
SESSION = "CANARY-session-"
_MINUTE = 60.0


@dataclass
class Sent:
    """One message that was posted: `way` is session, person or group."""

    way: str
    to: str
    body: dict[str, Any]
    at: float
    errcode: int = 0
    chat: str = ""  # the group of the session

    @property
    def text(self) -> str:
        if self.way == "session":
            kind = self.body["msgtype"]
            return str(self.body[kind]["content" if kind == "text" else "text"])
        params = json.loads(self.body["msgParam"])
        return str(params.get("content") or params.get("text"))

    @property
    def kind(self) -> str:
        return str(self.body.get("msgtype") or self.body.get("msgKey"))

    @property
    def at_users(self) -> list[str]:
        return list(self.body.get("at", {}).get("atUserIds", []))


@dataclass
class Frame:
    """One frame that waits for its acknowledgement."""

    text: str
    message_id: str
    pushed: int = 0
    due: float = 0.0


@dataclass
class FakeDingTalk(Loopback):
    """State of the server; nothing is forgotten."""

    opening: deque[Any] = field(default_factory=deque)  # 401, 503, "hang", "xml" for the next ones
    always: Any = None  # the same, for all
    webhook_faults: deque[Any] = field(default_factory=deque)  # errcodes, ("http", 500), "hang"
    openapi_faults: deque[tuple[int, dict[str, Any]]] = field(default_factory=deque)
    token_faults: deque[int] = field(default_factory=deque)
    expired: set[str] = field(default_factory=set)
    per_minute: int = 0  # 20 for what DingTalk does
    redeliver: float = 0.0
    queue: bool = False
    close_after: float = 10.0
    latency: float = 0.0
    token_life: int = 7200
    sent: list[Sent] = field(default_factory=list)
    acks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    acked_at: dict[str, float] = field(default_factory=dict)
    opened: list[dict[str, Any]] = field(default_factory=list)
    tickets: dict[str, float] = field(default_factory=dict)
    refused_tickets: int = 0
    tokens: list[str] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    leaving: set[web.WebSocketResponse] = field(default_factory=set)
    connected_ever: int = 0
    groups: dict[str, str] = field(default_factory=dict)  # session to group

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)
        self._waiting: dict[str, Frame] = {}
        self._transports: set[asyncio.Transport] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def route(self, router: web.UrlDispatcher) -> None:
        router.add_post("/v1.0/gateway/connections/open", self._open)
        router.add_get("/connect", self._connect)
        router.add_post("/robot/sendBySession", self._by_session)
        router.add_post("/v1.0/oauth2/accessToken", self._access_token)
        router.add_post("/v1.0/robot/oToMessages/batchSend", self._to_person)
        router.add_post("/v1.0/robot/groupMessages/send", self._to_group)

    async def start(self, port: int) -> None:
        await super().start(port)
        self._spawn(self._push_again())

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for socket in list(self.sockets):
            with contextlib.suppress(Exception):
                await socket.close()
        await super().stop()

    # What tests say and ask

    def message(self, text: Any = None, person: str = "042", chat: str | None = None,
                **more: Any) -> dict[str, Any]:  # fmt: skip
        """The data of a bot message: single chat unless a group is named."""
        number = next(self._ids)
        now = int(time.time() * 1000)
        data: dict[str, Any] = {
            "conversationId": chat or f"cid-{person}",
            "conversationType": "2" if chat else "1",
            "chatbotCorpId": "ding1",
            "chatbotUserId": BOT_ID,
            "robotCode": CLIENT_ID,
            "msgId": f"msg{number}",
            "senderId": f"$:LWCP_v1:${person}",
            "senderStaffId": person,
            "senderNick": "张三",
            "senderCorpId": "ding1",
            "isAdmin": False,
            "createAt": now,
            "sessionWebhook": f"{self.base}/robot/sendBySession?session={SESSION}{number}",
            "sessionWebhookExpiredTime": now + 5_400_000,
            "msgtype": "text",
        }
        if chat:
            self.groups[f"{SESSION}{number}"] = chat
            data |= {
                "conversationTitle": "T",
                "isInAtList": True,
                "atUsers": [{"dingtalkId": BOT_ID}],
            }
        if text is not None:
            said = {"content": f" {text}" if chat else text}
            data["text"] = text if isinstance(text, dict) else said
        data |= more
        return {name: value for name, value in data.items() if value is not None}

    def push(self, data: dict[str, Any], message_id: str | None = None) -> str:
        """A message goes down a connection at random; the frame's id."""
        frame = Frame(
            json.dumps(
                {
                    "specVersion": "1.0",
                    "type": "CALLBACK",
                    "headers": {
                        "appId": "a",
                        "connectionId": "c",
                        "contentType": "application/json",
                        "messageId": message_id or uuid.uuid4().hex,
                        "time": str(int(time.time() * 1000)),
                        "topic": TOPIC,
                    },
                    "data": json.dumps(data, ensure_ascii=False),
                },
                ensure_ascii=False,
            ),
            message_id or "",
        )
        frame.message_id = json.loads(frame.text)["headers"]["messageId"]
        self._waiting[frame.message_id] = frame
        self._spawn(self._deliver(frame))
        return frame.message_id

    def say(self, text: Any = None, person: str = "042", chat: str | None = None,
            **more: Any) -> dict[str, Any]:  # fmt: skip
        """A person writes; the data of the message."""
        data = self.message(text, person, chat, **more)
        self.push(data)
        return data

    async def system(self, topic: str, data: dict[str, Any]) -> str:
        """A SYSTEM frame down every connection."""
        name = uuid.uuid4().hex
        headers = {"contentType": "application/json", "topic": topic, "messageId": name}
        if topic == "disconnect":
            del headers["messageId"]
        frame = {"specVersion": "1.0", "type": "SYSTEM", "headers": headers,
                 "data": json.dumps(data)}  # fmt: skip
        for socket in self.live():
            await socket.send_str(json.dumps(frame))
        return name

    async def disconnect(self) -> None:
        """Say goodbye, send nothing more there, close after a while."""
        old = self.live()
        await self.system("disconnect", {"reason": "connection is expired"})
        self.leaving |= set(old)

        async def close() -> None:
            await asyncio.sleep(self.close_after)
            for socket in old:
                await socket.close()

        self._spawn(close())

    def live(self) -> list[web.WebSocketResponse]:
        """The connections that get messages."""
        return [s for s in self.sockets if not s.closed and s not in self.leaving]

    async def drop(self) -> None:
        """The network breaks: every connection is gone without a word."""
        for transport in list(self._transports):
            transport.abort()
        await asyncio.sleep(0)

    def texts(self) -> list[str]:
        """What arrived, in order."""
        return [sent.text for sent in self.sent if sent.errcode == 0]

    async def post(self, base: str, data: Any, *, secret: str = ROBOT_SECRET, age: float = 0,
                   **headers: str) -> int:  # fmt: skip
        """A signed callback, as DingTalk posts it to a robot; the status of the answer."""
        timestamp = str(int((time.time() - age) * 1000))
        given = {"timestamp": timestamp, "sign": sign(timestamp, secret), **headers}
        given = {name: value for name, value in given.items() if value != "none"}
        body = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
        async with (
            aiohttp.ClientSession() as session,
            session.post(base + PATH, data=body, headers=given) as response,
        ):
            return response.status

    # The gateway

    async def _open(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.opened.append(body)
        mode = self.opening.popleft() if self.opening else self.always
        if mode == "hang":
            await asyncio.sleep(3600)
        if mode == "xml" or request.headers.get("Accept") != "application/json":
            return web.Response(text="<r><endpoint/></r>", content_type="text/xml")
        if isinstance(mode, int):
            return web.json_response({"code": "x", "message": "y"}, status=mode)
        if (body["clientId"], body["clientSecret"]) != (CLIENT_ID, CLIENT_SECRET):
            return web.json_response({"code": "authFailed"}, status=401)
        assert {"type": "CALLBACK", "topic": TOPIC} in body["subscriptions"]
        ticket = TICKET + uuid.uuid4().hex
        self.tickets[ticket] = time.monotonic() + 90
        if mode == "used":
            del self.tickets[ticket]
        return web.json_response(
            {"endpoint": self.base.replace("http", "ws") + "/connect", "ticket": ticket}
        )

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        until = self.tickets.pop(request.query.get("ticket", ""), 0.0)
        if until < time.monotonic():
            self.refused_tickets += 1
            return web.Response(status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        transport = request.transport
        assert isinstance(transport, asyncio.Transport)
        self._transports.add(transport)
        self.connected_ever += 1
        try:
            async for message in socket:
                if message.type != WSMsgType.TEXT:
                    continue
                ack = json.loads(message.data)
                name = ack["headers"].get("messageId", "")
                self.acks.setdefault(name, []).append(ack)
                self.acked_at.setdefault(name, time.monotonic())
                if ack["code"] == 200:
                    self._waiting.pop(name, None)
        finally:
            self.sockets.remove(socket)
            self._transports.discard(transport)
            self.leaving.discard(socket)
        return socket

    async def _deliver(self, frame: Frame) -> None:
        live = self.live()
        if not live:
            if not self.queue:
                self._waiting.pop(frame.message_id, None)  # gone, as on the real one
            return
        frame.pushed += 1
        frame.due = time.monotonic() + self.redeliver
        with contextlib.suppress(ConnectionError, RuntimeError):
            await random.choice(live).send_str(frame.text)

    async def _push_again(self) -> None:
        while True:
            await asyncio.sleep(0.02)
            now = time.monotonic()
            for frame in list(self._waiting.values()):
                again = frame.pushed and self.redeliver and frame.due <= now
                if again or (not frame.pushed and self.queue):
                    await self._deliver(frame)

    # Sending

    async def _by_session(self, request: web.Request) -> web.Response:
        session, raw = request.query.get("session", ""), await request.read()
        if self.latency:
            await asyncio.sleep(self.latency)
        now = time.monotonic()
        fault = self.webhook_faults.popleft() if self.webhook_faults else 0
        if fault == "hang":
            await asyncio.sleep(3600)
        if isinstance(fault, tuple):
            return web.Response(status=fault[1], headers={"Location": "http://127.0.0.1:9/x"})
        chat = self.groups.get(session, "")
        recent = [s for s in self.sent if s.chat == chat and not s.errcode and now - s.at < _MINUTE]
        if not fault and len(raw) > 20_000:
            fault = 460101
        if not fault and (not session.startswith(SESSION) or session in self.expired):
            fault = 300001
        if not fault and chat and self.per_minute and len(recent) >= self.per_minute:
            fault = 130101
        body = json.loads(raw)
        assert body["msgtype"] in ("text", "markdown")
        for staff in body.get("at", {}).get("atUserIds", ()):
            assert f"@{staff}" in json.dumps(body[body["msgtype"]], ensure_ascii=False)
        self.sent.append(Sent("session", session.removeprefix(SESSION), body, now, fault, chat))
        message = "ok" if not fault else "session does not exist"
        return web.json_response({"errcode": fault, "errmsg": message})

    async def _access_token(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.token_faults:
            return web.json_response({"code": "x"}, status=self.token_faults.popleft())
        if (body.get("appKey"), body.get("appSecret")) != (CLIENT_ID, CLIENT_SECRET):
            return web.json_response({"code": "invalidClientIdOrSecret"}, status=400)
        self.tokens.append(f"CANARY-token-{len(self.tokens)}")
        return web.json_response({"accessToken": self.tokens[-1], "expireIn": self.token_life})

    def _openapi(self, request: web.Request) -> web.Response | None:
        if self.openapi_faults:
            status, body = self.openapi_faults.popleft()
            return web.json_response(body, status=status)
        given = request.headers.get("x-acs-dingtalk-access-token")
        if not self.tokens or given != self.tokens[-1]:
            return web.json_response({"code": "InvalidAuthentication"}, status=401)
        return None

    async def _to_person(self, request: web.Request) -> web.Response:
        body = await request.json()
        if refusal := self._openapi(request):
            return refusal
        (staff,) = body["userIds"]
        return self._accepted("person", staff, body)

    async def _to_group(self, request: web.Request) -> web.Response:
        body = await request.json()
        if refusal := self._openapi(request):
            return refusal
        return self._accepted("group", body["openConversationId"], body)

    def _accepted(self, way: str, to: str, body: dict[str, Any]) -> web.Response:
        assert body["robotCode"] == CLIENT_ID
        if len(body["msgParam"].encode()) > 15_000:
            return web.json_response({"code": "param.tooLong"}, status=400)
        self.sent.append(Sent(way, to, body, time.monotonic()))
        return web.json_response({"processQueryKey": "k", "invalidStaffIdList": [],
                                  "flowControlledStaffIdList": []})  # fmt: skip

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
