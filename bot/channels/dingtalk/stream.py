"""Stream mode: a thread with a loop of its own, in which the SDK is kept connected.

Whatever the SDK does to its loop, the loop of the rest does not feel it.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.channels.dingtalk.gateway import App, NoConnection, open_connection
from bot.delivery.clock import Clock, backoff

if TYPE_CHECKING:
    from bot.channels.dingtalk.sdk import Connection

_LOG = logging.getLogger(__name__)
SILENT = timedelta(seconds=60)  # the server pings every 20 to 30 s
_LONGEST_SILENCE = 10
_GRACE = timedelta(seconds=12)  # how long a server that said goodbye keeps its connection
_TO_STOP = timedelta(seconds=8)
_SHORT = timedelta(seconds=5)

Keep = Callable[[Mapping[str, Any], str], Coroutine[Any, Any, bool]]


class Stream:
    """Keeps one connection open; hands every message to `keep`, which runs in the main loop."""

    def __init__(self, app: App, keep: Keep, clock: Clock) -> None:
        self._app = app
        self._keep = keep
        self._clock = clock
        self._main: asyncio.AbstractEventLoop
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._retiring: set[asyncio.Task[None]] = set()
        self._silences = 0
        self._short = 0
        self._quiet_since = 0.0
        self.connections = 0
        self.connected = False
        self.last_heard: datetime | None = None
        self.trouble = "starting"

    def start(self) -> None:
        """Begin; returns at once. Call it in the loop in which `keep` is to run."""
        self._main = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="dingtalk stream", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Receive nothing more; returns when all that was taken is kept."""
        if self._thread is None:
            return
        if self._loop is not None and self._stopping is not None:
            with contextlib.suppress(RuntimeError):  # it has just ended by itself
                self._loop.call_soon_threadsafe(self._stopping.set)
        # A daemon: should the SDK hang for good, the process ends all the same.
        await asyncio.to_thread(self._thread.join, _TO_STOP.total_seconds())
        self.connected = False

    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    # In the thread

    def _run(self) -> None:
        attempt = 0
        while True:
            try:
                asyncio.run(self._supervise())
                return
            except BaseException as error:
                attempt += 1
                self.connected, self.trouble = False, f"broke off: {type(error).__name__}"
                _LOG.error("the stream broke off", extra={"error": type(error).__name__})
                stopping = self._stopping
                if stopping is not None and stopping.is_set():
                    return
                threading.Event().wait(backoff(attempt).total_seconds())

    async def _supervise(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        current: Connection | None = None
        while not self._stopping.is_set():
            new = await self._connect()
            if current is not None:
                self._retire(current)
            current = new
            if current is not None:
                await self._attend(current)
        for task in list(self._retiring):
            task.cancel()
        ends = [current.end()] if current is not None else []
        await asyncio.gather(*ends, *self._retiring, return_exceptions=True)

    async def _connect(self) -> "Connection | None":
        """A connection, however often it has to be tried; None when told to stop."""
        from bot.channels.dingtalk.sdk import VERSION, Connection  # noqa: PLC0415  (heavy)

        assert self._stopping is not None
        attempt = 0
        while not self._stopping.is_set():
            line = Connection(self._app.client_id, self._app.client_secret, self._take, self._heard)
            try:
                given = await self._unless_stopped(
                    open_connection(self._app, line.topics(), VERSION, line.get_host_ip())
                )
                if given is None:
                    return None
                if await line.begin(given):
                    self.connections += 1
                    self.connected, self.trouble = True, ""
                    self._quiet_since = self._loop_time()
                    return line
                reason = "the gateway's address does not connect"
            except NoConnection as error:
                reason = str(error)
            attempt += 1
            self.trouble = reason
            _LOG.warning("no stream connection yet", extra={"error": reason, "attempt": attempt})
            await self._pause(backoff(attempt))
        return None

    async def _attend(self, line: "Connection") -> None:
        """Until this connection has to be followed by another one."""
        assert self._stopping is not None
        began = self._loop_time()
        events = (line.leaving, line.over, self._stopping)
        waits = [asyncio.create_task(event.wait()) for event in events]
        try:
            while True:
                patience = SILENT.total_seconds() * min(2**self._silences, _LONGEST_SILENCE)
                left = self._quiet_since + patience - self._loop_time()
                if left <= 0:
                    self._silences += 1
                    _LOG.warning("the stream is silent; another connection is opened")
                    return
                done, _ = await asyncio.wait(
                    waits, timeout=left, return_when=asyncio.FIRST_COMPLETED
                )
                if done:
                    break
        finally:
            for wait in waits:
                wait.cancel()
        if line.over.is_set() and not self._stopping.is_set():
            self.connected, self.trouble = False, "the connection was closed"
            if self._loop_time() - began > _SHORT.total_seconds():
                self._short = 0
                return
            # A gateway that closes whatever it opens is not to be asked without a pause.
            self._short += 1
            await self._pause(backoff(self._short))

    def _retire(self, line: "Connection") -> None:
        """Close a connection after its successor is open, when it has had time to finish."""

        async def finish() -> None:
            with contextlib.suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(line.over.wait(), _GRACE.total_seconds())
            await line.end()

        task = asyncio.create_task(finish())
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    async def _take(self, data: Mapping[str, Any], name: str) -> bool:
        kept = asyncio.run_coroutine_threadsafe(self._keep(data, name), self._main)
        return await asyncio.wrap_future(kept)

    def _heard(self) -> None:
        self.last_heard = self._clock()
        self._quiet_since = self._loop_time()
        self._silences = 0

    async def _pause(self, span: timedelta) -> None:
        assert self._stopping is not None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), span.total_seconds())

    async def _unless_stopped(
        self, work: Coroutine[Any, Any, Mapping[str, str]]
    ) -> Mapping[str, str] | None:
        assert self._stopping is not None
        task, stop = asyncio.create_task(work), asyncio.create_task(self._stopping.wait())
        await asyncio.wait([task, stop], return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            return task.result()
        task.cancel()
        return None

    def _loop_time(self) -> float:
        return asyncio.get_running_loop().time()
