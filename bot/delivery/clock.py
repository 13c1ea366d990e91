"""Time, as far as the delivery needs it: the clock, leases, and how long to wait."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.delivery.store import Lease

Clock = Callable[[], datetime]
LEASE = timedelta(seconds=60)
_FIRST, _LONGEST = 0.5, 60.0


def utc_now() -> datetime:
    """The aware moment in UTC."""
    return datetime.now(UTC)


def lease(holder: str, now: datetime, length: timedelta = LEASE) -> Lease:
    """A lease from now on."""
    return Lease(holder, now + length)


def backoff(attempt: int) -> timedelta:
    """How long to wait before the try after this one (1 for the first); a little by chance."""
    longest = min(_LONGEST, _FIRST * 2 ** min(attempt - 1, 10))
    return timedelta(seconds=longest * random.uniform(0.75, 1.25))
