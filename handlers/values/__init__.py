"""The values grammar: what sellers write of numbers, money, shares, dates and the like.

`find_values` is pure: the text, the time of asking and the unit words of the knowledge base in,
values out. It rather finds nothing than something doubtful; what it had to assume, it names.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from handlers.values.drafts import Draft
from handlers.values.folding import fold
from handlers.values.joining import SHANGHAI
from handlers.values.masks import mask
from handlers.values.measures import Reader
from handlers.values.model import Bound, Kind, Value, to_record
from handlers.values.moments import find_moments
from handlers.values.patterns import late
from handlers.values.quantities import find_quantities
from handlers.values.ranks import find_ranks
from handlers.values.shares import find_shares

__all__ = ["Bound", "Kind", "Value", "find_values", "to_record"]

_HINT = late(
    "[0-9零〇廿卅一二两三四五六七八九十百千万半几数年月日周天号全都用初底末国元]|礼拜|星期|所有"
    "|half|all|use|spen|max|full|ever|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty"
    "|fifty|ninety|hundred|thousand|million|dozen|day|week|month|year|noon|night|today|tomorrow"
    "|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)


def _block(blocked: bytearray, drafts: list[Draft]) -> list[Draft]:
    """Mark what the drafts cover, leave out those over what is covered already."""
    kept = []
    for draft in drafts:
        if blocked.find(1, draft.start, draft.end) >= 0:
            continue
        blocked[draft.start : draft.end] = b"\x01" * (draft.end - draft.start)
        kept.append(draft)
    return kept


def find_values(
    text: str, now: datetime, units: Mapping[str, str] = MappingProxyType({})
) -> tuple[Value, ...]:
    """The values of a message, in the order of the text, none over another.

    `now` is the time of asking, aware; days are those of Shanghai. `units` maps more unit words to
    unit names. Raises ValueError where `now` has no offset.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    folded = fold(text)
    plain, given = folded.text, folded.visible
    if not _HINT.search(plain):
        return ()
    blocked = mask(plain)
    today = now.astimezone(SHANGHAI).date()
    drafts = _block(blocked, find_moments(plain, given, today, blocked))
    drafts += _block(blocked, find_shares(plain, blocked))
    drafts += _block(blocked, find_ranks(plain, blocked))
    reader = Reader(plain, given, today, units)
    drafts += _block(blocked, find_quantities(plain, blocked, reader))
    drafts.sort(key=lambda draft: draft.start)
    return tuple([draft.finish(folded) for draft in drafts])
