"""The official SDK, one client for one connection; works with 0.24.3 and with 0.24.4b1.

0.24.3 reconnects by itself, at once or after ten seconds, blocks its loop while it asks for a
connection and goes on when it is cancelled; 0.24.4b1 has `stop()`. Both get a connection that was
asked for beforehand, and are ended when it is over: reconnecting is the supervisor's work.
"""

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

# 0.24.3 names websockets.exceptions without importing it.
import websockets.exceptions  # noqa: F401
from dingtalk_stream import AckMessage, CallbackHandler, Credential, DingTalkStreamClient
from dingtalk_stream.version import VERSION_STRING

from bot.channels.dingtalk.gateway import TOPIC, subscription

_LOG = logging.getLogger(__name__)
VERSION = str(VERSION_STRING)
CONNECTED_WITHIN = timedelta(seconds=10)
_TO_END = timedelta(seconds=3)

Take = Callable[[Mapping[str, Any], str], Awaitable[bool]]


class _FirstWords(logging.Filter):
    """What the SDK logs, without its values: these hold tickets, and what people wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = "the SDK says: " + re.split(r"[,:=%]", str(record.msg))[0].strip()
        record.args, record.exc_info, record.exc_text = (), None, None
        return True


def _quiet_logger() -> logging.Logger:
    logger = logging.getLogger("bot.channels.dingtalk.sdk.client")
    if not logger.filters:
        logger.addFilter(_FirstWords())
    logger.setLevel(logging.ERROR)
    return logger


class _Handler(CallbackHandler):  # type: ignore[misc]
    """Acknowledges a message when it is kept; one that is not stays without an answer."""

    def __init__(self, take: Take, logger: logging.Logger) -> None:
        super().__init__()
        self.logger = logger
        self._take = take

    async def raw_process(self, message: Any) -> Any:
        data = message.data if isinstance(message.data, Mapping) else {}
        if not await self._take(data, str(message.headers.message_id or "")):
            return None
        ack = AckMessage()
        ack.code = AckMessage.STATUS_OK
        ack.headers.message_id = message.headers.message_id
        ack.headers.content_type = "application/json"
        ack.message = "OK"
        ack.data = {"response": None}
        return ack


class Connection(DingTalkStreamClient):  # type: ignore[misc]
    """One connection, from its ticket to its end."""

    def __init__(self, client_id: str, secret: str, take: Take, heard: Callable[[], None]) -> None:
        logger = _quiet_logger()
        self._socket: Any = None
        self._given: Mapping[str, str] | None = None
        self._heard = heard
        self._running: asyncio.Task[None] | None = None
        self._at_work: set[asyncio.Task[None]] = set()
        self.connected = asyncio.Event()
        self.leaving = asyncio.Event()  # the server will send nothing more here
        self.over = asyncio.Event()
        super().__init__(Credential(client_id, secret), logger)
        for handler in (self.event_handler, self.system_handler):
            handler.logger = logger
        self.register_callback_handler(TOPIC, _Handler(take, logger))

    # What the SDK calls

    @property
    def websocket(self) -> Any:
        """The socket, as the SDK sets it."""
        return self._socket

    @websocket.setter
    def websocket(self, socket: Any) -> None:
        if socket is not None:
            self._socket = socket
            self.connected.set()

    def open_connection(self) -> Mapping[str, str] | None:
        """The connection that was given; the SDK asks again only when that one is over."""
        given, self._given = self._given, None
        if given is None:
            self._now_over()
            if not hasattr(self, "stop"):
                raise KeyboardInterrupt  # the one thing that ends 0.24.3; its start() catches it
        return given

    async def background_task(self, json_message: Any, *socket: Any) -> None:
        """One frame. A server that is about to close may still take acknowledgements."""
        self._heard()
        if not isinstance(json_message, dict) or not isinstance(json_message.get("headers"), dict):
            return
        task = asyncio.current_task()
        if task is not None:
            self._at_work.add(task)
        try:
            topic = json_message["headers"].get("topic")
            if json_message.get("type") == "SYSTEM" and topic == "disconnect":
                self.leaving.set()
                return
            # 0.24.3 would take any error for an error of the loop.
            with contextlib.suppress(json.JSONDecodeError, AttributeError, ValueError):
                await super().background_task(json_message, *socket)
        finally:
            if task is not None:
                self._at_work.discard(task)

    # What the supervisor calls

    def topics(self) -> list[dict[str, str]]:
        """What is subscribed to."""
        return [subscription(topic) for topic in self.callback_handler_map]

    async def begin(self, given: Mapping[str, str]) -> bool:
        """Connect; whether that worked within the time limit."""
        self._given = given
        self._running = asyncio.create_task(self._run())
        waits = [asyncio.create_task(e.wait()) for e in (self.connected, self.over)]
        done, _ = await asyncio.wait(
            waits,
            timeout=CONNECTED_WITHIN.total_seconds(),
            return_when=asyncio.FIRST_COMPLETED,
        )
        for wait in waits:
            wait.cancel()
        if done and self.connected.is_set():
            self._watch = asyncio.create_task(self._wait_closed())
            return True
        await self.end()
        return False

    async def end(self) -> None:
        """Finish what is at work, close, and make the SDK stop."""
        me = asyncio.current_task()
        if at_work := {task for task in self._at_work if task is not me}:
            await asyncio.wait(at_work, timeout=_TO_END.total_seconds())
        if hasattr(self, "stop"):
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self.stop(), _TO_END.total_seconds())
        if self._socket is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._socket.close(), _TO_END.total_seconds())
        self._now_over()
        # 0.24.3 catches the first cancellation; the second one meets it in its pause.
        for _ in range(5):
            if self._running is None or self._running.done():
                return
            self._running.cancel()
            await asyncio.wait([self._running], timeout=0.2)

    async def _run(self) -> None:
        try:
            await self.start()
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            _LOG.warning("the SDK broke off", extra={"error": type(error).__name__})
        finally:
            self._now_over()

    async def _wait_closed(self) -> None:
        await self._socket.wait_closed()
        self.over.set()

    def _now_over(self) -> None:
        """Also from the thread in which 0.24.4b1 asks for a connection."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            if self._running is not None:
                self._running.get_loop().call_soon_threadsafe(self.over.set)
        else:
            self.over.set()
