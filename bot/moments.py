"""Times as users write them on the command line and in records."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_FIRST_YEAR, _LAST_YEAR = 1970, 2999


def parse_moment(text: str) -> datetime:
    """An ISO 8601 date or time as an aware moment, in Asia/Shanghai where it has no offset.

    A date alone is its first minute. ValueError says in plain words what is wrong.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            "not an ISO 8601 date or time; write it like 2021-04-22 or 2021-04-22T10:00"
        ) from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"the year is outside {_FIRST_YEAR} to {_LAST_YEAR}")
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def clock(fixed: datetime | None) -> datetime:
    """The moment at which to answer: the fixed one, or now."""
    return fixed or datetime.now(SHANGHAI)
