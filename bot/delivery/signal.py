"""Wakes a loop when there may be something to do."""

import asyncio
from datetime import timedelta


class Signal:
    """Set once, wakes one wait; a set between two waits is not lost."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """There may be something to do."""
        self._event.set()

    def set_after(self, wait: timedelta) -> None:
        """There will be something to do."""
        loop = asyncio.get_running_loop()
        loop.call_later(max(0.0, wait.total_seconds()), self.set)

    async def wait(self, longest: timedelta) -> None:
        """Until the signal, but not longer: another process may have written too."""
        try:
            async with asyncio.timeout(longest.total_seconds()):
                await self._event.wait()
        except TimeoutError:
            return
        self._event.clear()
