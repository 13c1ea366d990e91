"""Ranks: 第11名, 前十, top 10, rank 300, No. 5, #5, 排第6."""

import re

from handlers.values.bounds import bound_after
from handlers.values.drafts import CONNECT, Draft
from handlers.values.numerals import NUMERAL, amount_of
from handlers.values.patterns import late
from handlers.values.units import built_in

_LEAD = late(
    r"(?P<first>前|(?<![a-z])top[\s-]?)"
    r"|(?P<placed>(?:排名?|名次|排行榜?)(?:第|在|到|是|为|了|大概|大约|[:\s]){0,3}"
    r"|(?<![a-z])(?:rank(?:ed|ing|s)?|position)(?:\s(?:is|was|at|of|no\.?|number|about|as|between))?\s?[:\#-]?\s?(?:the\s)?"
    r"|(?<![a-z])no\.\s?|(?<![a-z])no\s(?=[0-9])|(?<![0-9a-z])\#\s?)"
    r"|(?P<ordinal>第\s?)"
)
_AND = late(r"\s?and\s?")
_TAIL = late(r"\s?(?:名(?!字|额|称)|位(?!置|于)|强)|(?:st|nd|rd|th)(?:\splace)?(?![a-z])")
_CLEAR = late(
    r"\s?(?:$|[\s,.;:!?。、)(】」”\"]|[的了吗呢啊吧有能可会是奖返里内以得就拿算要和到至-])"
)
_NOT_HERE = late(r"\s?[%‰成折分]|\s?percent")


def _end(text: str, pos: int, strict: bool) -> int | None:
    """Where the rank that begins before ends; None where it is no rank."""
    if tail := _TAIL.match(text, pos):
        return tail.end()
    if _NOT_HERE.match(text, pos):
        return None
    if strict and not _CLEAR.match(text, pos):
        return None
    return None if built_in(text, pos) else pos


def _rank(text: str, lead: re.Match[str]) -> Draft | None:
    number = NUMERAL.match(text, lead.end())
    amount = amount_of(number) if number else None
    if (
        number is None
        or amount is None
        or not amount.exact
        or amount.low != amount.low.to_integral_value()
    ):
        return None
    draft = Draft("rank", lead.start(), number.end(), value=amount.low)
    both = lead[0].rstrip().endswith("between")
    link = (
        (_AND.match(text, number.end()) if both else None)
        or CONNECT.match(text, number.end())
        or CONNECT.match(text, _skip_tail(text, number.end()))
    )
    if link and not lead["first"]:
        at = link.end() + text.startswith("第", link.end())
        other = NUMERAL.match(text, at)
        upper = amount_of(other) if other else None
        if other and upper and upper.exact and upper.low > amount.low:
            end = _end(text, other.end(), strict=bool(lead["ordinal"]))
            if end is not None:
                draft.low, draft.high, draft.value, draft.end = amount.low, upper.low, None, end
                return draft
    end = _end(text, number.end(), strict=not lead["placed"])
    if end is None:
        return None
    if lead["ordinal"] and end == number.end() and amount.low == 1:
        return None
    draft.end = end
    if lead["first"]:
        draft.bound = "at_most"
    elif after := bound_after(text, end):
        draft.bound, draft.end = after
    return draft


def _skip_tail(text: str, pos: int) -> int:
    tail = _TAIL.match(text, pos)
    return tail.end() if tail else pos


def find_ranks(text: str, blocked: bytearray) -> list[Draft]:
    """The ranks of the folded text that a word before them makes ranks."""
    found: list[Draft] = []
    floor = 0
    for lead in _LEAD.finditer(text):
        if lead.start() < floor or blocked.find(1, lead.start(), lead.end() + 1) >= 0:
            continue
        if draft := _rank(text, lead):
            found.append(draft)
            floor = draft.end
    return found
