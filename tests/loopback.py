"""What the fake servers share: they listen on loopback, and wait for what a test wants to see."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web


@dataclass(kw_only=True)
class Loopback:
    """A server for `async with`; `base` is its address. What it serves is its own."""

    base: str = ""

    async def __aenter__(self) -> Self:
        await self.start(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int) -> None:
        """Listen at the port, or at any free one where it is 0."""
        app = web.Application(client_max_size=2**24)
        self.route(app.router)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    def route(self, router: web.UrlDispatcher) -> None:
        """Say what is served."""
        raise NotImplementedError

    async def until(self, done: Callable[..., Any], longest: float = 10) -> None:
        """Wait for something to hold."""
        await until(done, longest, pause=0.005)


async def until(done: Callable[..., Any], longest: float, pause: float = 0.02) -> None:
    """Wait for something to hold; TimeoutError where it does not in so many seconds."""
    async with asyncio.timeout(longest):
        while not done():
            await asyncio.sleep(pause)
