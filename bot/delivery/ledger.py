"""The store's own thread: the event loop never waits for the disk, and commits are shared."""

import asyncio
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.delivery.store import Store

T = TypeVar("T")
_TOGETHER = 64


class _Job:
    __slots__ = ("error", "future", "result", "work")

    def __init__(self, work: Callable[[Store], Any], future: "asyncio.Future[Any]") -> None:
        self.work = work
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None


class Ledger:
    """Runs what is asked of the store in one thread, in the order in which it was asked.

    What has gathered meanwhile shares one transaction and so one write to the disk; a call returns
    after that. Each is undone alone when it fails.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop

    async def start(self) -> None:
        """Open the store; raises what opening it raises."""
        self._loop = asyncio.get_running_loop()
        opened: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.Thread(
            target=self._run, args=(opened,), name="ledger", daemon=True
        )
        self._thread.start()
        await opened

    async def stop(self) -> None:
        """Finish what was asked for, close the store."""
        if self._thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    async def call(self, work: Callable[[Store], T]) -> T:
        """The result of `work` on the store, once it is on disk; raises what it raises.

        It is done even when the caller is cancelled meanwhile.
        """
        if self._thread is None:
            raise RuntimeError("the ledger is closed")
        job = _Job(work, self._loop.create_future())
        self._jobs.put(job)
        result: T = await job.future
        return result

    def _run(self, opened: "asyncio.Future[None]") -> None:
        try:
            store = self._open_store()
        except BaseException as error:
            self._loop.call_soon_threadsafe(opened.set_exception, error)
            return
        self._loop.call_soon_threadsafe(opened.set_result, None)
        going = True
        while going:
            jobs, going = self._gather()
            if jobs:
                _do(store, jobs)
                self._loop.call_soon_threadsafe(_tell, jobs)
        store.close()

    def _gather(self) -> tuple[list[_Job], bool]:
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == _TOGETHER:
                return jobs, True
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return jobs, True
        return jobs, False


def _do(store: Store, jobs: list[_Job]) -> None:
    try:
        with store.transaction():
            if len(jobs) == 1:
                jobs[0].result = jobs[0].work(store)
                return
            for job in jobs:
                try:
                    with store.apart():
                        job.result = job.work(store)
                except Exception as error:
                    job.error = error
    except Exception as error:
        for job in jobs:
            job.error = error


def _tell(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.cancelled():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
