"""Where the conversation thinks. A reply is milliseconds of pure computing, so a thread gains it
nothing (measured: the change of threads costs 0.8 ms of an otherwise idle machine); what waits for
others, such as a language model, belongs into threads.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Thinking(Protocol):
    """Runs work of the conversation."""

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        """The result of the work; raises what it raises."""


class AtOnce:
    """In the event loop, for work that never waits; one by one.

    Between two the loop sees to what has arrived: a message that has left is marked as sent before
    more thinking begins, so that a crash doubles few.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        async with self._turn:
            await asyncio.sleep(0)
            return work(*arguments)


class InThreads:
    """Beside the event loop, for work that may wait."""

    def __init__(self, threads: int = 16) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="answer")

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, work, *arguments)
