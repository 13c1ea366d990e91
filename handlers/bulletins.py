"""Which month's bulletin a message speaks of."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from handlers.values import Value

_BULLETIN = re.compile(
    r"\s*(?:份|的|商家|月度|国际站|platform|seller|monthly|'s|\s)*(?:公告|月报|通告|bulletin|announcement)"
)


def other_month(plain: str, values: Sequence[Value], known: Iterable[str]) -> str | None:
    """The words for a month whose bulletin is spoken of and is not among `known` ("2021-04").

    A month without a year is any year's.
    """
    months = [date.fromisoformat(f"{month}-01") for month in known]
    for value in values:
        if value.kind != "date" or value.first is None or value.last is None:
            continue
        same = value.first.year, value.first.month
        if same != (value.last.year, value.last.month) or not _BULLETIN.match(plain, value.end):
            continue
        loose = "year" in value.assumed
        if not any(m.month == same[1] and (loose or m.year == same[0]) for m in months):
            return value.text
    return None
