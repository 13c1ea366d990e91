"""What the stories of a served bot share: a time limit, its log, its readiness."""

import asyncio
import io
import json
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp

from bot import logs


def run(work: Coroutine[Any, Any, None], longest: float = 30) -> None:
    """The story from its beginning to its end; TimeoutError where it takes longer."""
    asyncio.run(asyncio.wait_for(work, longest))


@contextmanager
def logged(*secrets: str) -> Iterator[io.StringIO]:
    """All that this process logs, as it would be written."""
    stream, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:], root.filters[:], root.level
    logs.set_up(secrets, stream)
    try:
        yield stream
    finally:
        root.handlers[:], root.filters[:] = before[0], before[1]
        root.setLevel(before[2])


async def get(base: str, path: str) -> tuple[int, Any]:
    """Status and body, read where it is JSON."""
    async with aiohttp.ClientSession() as session, session.get(base + path) as response:
        text = await response.text()
        return response.status, json.loads(text) if text.startswith("{") else text


async def ready(base: str, status: int = 200, longest: float = 10) -> Any:
    """What `/readyz` says when it has this status at last."""
    async with asyncio.timeout(longest):
        while (found := await get(base, "/readyz"))[0] != status:
            await asyncio.sleep(0.02)
    return found[1]
