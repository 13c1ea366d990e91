"""Stops calling a provider that fails, and tries again later."""

import threading
from collections.abc import Callable
from typing import Literal

State = Literal["closed", "open", "half-open"]


class Breaker:
    """Opens after some failures in a row; after a pause one call may try. Thread-safe.

    `clock` gives seconds that never go back; the pause doubles with each failed try, up to a limit.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        failures: int = 3,
        pause: float = 30.0,
        longest: float = 600.0,
    ) -> None:
        self._clock, self._limit, self._pause, self._longest = clock, failures, pause, longest
        self._lock = threading.Lock()
        self._failed = 0
        self._rest = pause
        self._until: float | None = None
        self._trying = False

    @property
    def state(self) -> State:
        with self._lock:
            if self._until is None:
                return "closed"
            return "open" if self._clock() < self._until or self._trying else "half-open"

    def allows(self) -> bool:
        """Whether a call may be made now; in half-open state only one may."""
        with self._lock:
            if self._until is None:
                return True
            if self._clock() < self._until or self._trying:
                return False
            self._trying = True
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed, self._rest, self._until, self._trying = 0, self._pause, None, False

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._trying or self._failed >= self._limit:
                self._until = self._clock() + self._rest
                self._rest = min(self._rest * 2, self._longest)
            self._trying = False

    def released(self) -> None:
        """The call that was allowed was not made after all."""
        with self._lock:
            self._trying = False
