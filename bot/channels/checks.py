"""What `seller-bot doctor` finds out about any platform."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.delivery.channel import Health

_DRIFT = timedelta(seconds=30)


def clock(date: str, now: datetime) -> list[Health]:
    """Whether our clock agrees with the Date header of an answer; nothing where it had none."""
    if not date:
        return []
    drift = abs(now - parsedate_to_datetime(date))
    ok = drift < _DRIFT
    word = "right" if ok else f"{drift.total_seconds():.0f} s wrong: set it by NTP"
    return [Health("clock", ok, word)]
