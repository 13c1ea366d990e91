"""Patterns that are compiled when they are first used.

All of them together take some 40 ms to compile; an import must not wait for that, and a message
in one language does not need the patterns of the other.
"""

import re
from collections.abc import Callable
from typing import cast


class _Late:
    """Stands for a pattern until one of its methods is asked for, then keeps that method."""

    def __init__(self, source: Callable[[], str]) -> None:
        self._source = source
        self._pattern: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> object:
        if self._pattern is None:
            self._pattern = re.compile(self._source())
        method = getattr(self._pattern, name)
        setattr(self, name, method)
        return method


def late(source: str) -> re.Pattern[str]:
    """The pattern of that source, compiled at its first use."""
    return cast("re.Pattern[str]", _Late(lambda: source))


def late_from(source: Callable[[], str]) -> re.Pattern[str]:
    """The same for a source that is itself some work to put together."""
    return cast("re.Pattern[str]", _Late(source))
