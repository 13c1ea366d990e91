"""Shares in words: 百分之六十五点五, 三分之二, 一半, 全部用完, used up, half of."""

import re
from decimal import Decimal

from handlers.values.bounds import bound_after, bound_before, more
from handlers.values.drafts import CONNECT, Draft
from handlers.values.numerals import NUMERAL, amount_of
from handlers.values.patterns import late

_ONE = Decimal(1)
_PART = r"(?P<whole>百|千|万|[0-9]{1,4}|[一二三四五六七八九十]{1,2})分之(?P<hundred>百(?![0-9一二三四五六七八九]))?|(?P<full>百分百|百分之一百)"
_USED = (
    r"(?P<nearly>快要?|差不多|几乎|即将|基本上?)?(?P<zhnot>还没有?|并没有?|没有?|尚未|未)?(?:把?(?:全部|全都|全|都|已经|已|均|刚好)){0,3}"
    r"(?:被|给)?(?:使用|消耗|用|耗|报)(?:完|满|光|尽)(?!名)"
    r"|(?:全部|全都|全|都)(?:使用|消耗|用|报)(?:掉了?|了)"
)
_EN_USED = (
    r"(?<![a-z])(?P<ennot>(?:not|haven't|hasn't|have not|has not|didn't|did not|isn't|never)\s(?:yet\s)?)?"
    r"(?:(?:fully|completely|entirely|all)\s(?:used|consumed|utili[sz]ed|exhausted|spent)(?:\sup)?"
    r"|(?:used?|using|consumed?|exhausted|spent)\s(?:up\s)?all(?:\sof)?|used\sup|maxed\sout)(?![a-z])"
)
_HALF = r"(?P<half>一大半|大半|过半|一小半|一半|半数|(?<![a-z])(?:a\s)?half)(?![a-z-])"
_EN_PART = (
    r"(?<![a-z])(?P<thirds>one[\s-]third(?!\sparty)|a\sthird(?=\sof)|two[\s-]thirds)(?![a-z])"
    r"|(?<![a-z])(?P<quarters>(?:a|one)[\s-]quarter(?=\sof)|three[\s-]quarters)(?![a-z])"
)
_WORDS = late(f"{_PART}|(?P<used>{_USED}|{_EN_USED})|{_HALF}|{_EN_PART}")
_ASKED = late(r"了?(?:没|吗|么|嘛|之?后|以后)|不了")
_FIGURE_NEXT = late(
    r"\s?(?:了|到|至|about|only|over|to|less|more|nearly)?\s?(?:[0-9]|百分|[一二三四五六七八九]成|一半|half)"
)
_HALF_UNIT = late(
    r"\s(?:an?\s)?(?:(?P<unit>day|hour|month|year|week|minute)|dozen|million|thousand|hundred|past|price|off|[0-9])"
)
_AND_BEFORE = late(r"(?<![a-z])and\s(?:an?\s)?$")
_ALONE = frozenset(
    {
        "全部",
        "所有",
        "all",
        "全部的",
        "all of it",
        "all of them",
        "everything",
        "full",
        "全满",
        "满的",
    }
)
_WHOLE = {"百": 100, "千": 1000, "万": 10000}


def _part(text: str, match: re.Match[str]) -> Draft | None:
    start, end = match.span()
    if match["full"] or match["hundred"]:
        return Draft("share", start, end, value=_ONE)
    whole = (
        amount_of(NUMERAL.match(match["whole"]) or match) if match["whole"] not in _WHOLE else None
    )
    base = Decimal(_WHOLE[match["whole"]]) if whole is None else whole.low
    number = NUMERAL.match(text, end)
    amount = amount_of(number) if number else None
    if number is None or amount is None or not base:
        return None
    draft = Draft("share", start, number.end())
    if not amount.exact:
        draft.low, draft.high, draft.bound = amount.low / base, amount.high / base, amount.bound
        return draft
    draft.value = amount.low / base
    if draft.value.as_tuple().exponent == -28:
        draft.assume("rounded")
    return _range(text, draft, base)


def _range(text: str, draft: Draft, base: Decimal) -> Draft:
    """百分之六十到七十."""
    link = CONNECT.match(text, draft.end)
    if not link:
        return draft
    at = link.end() + (3 if text.startswith("百分之", link.end()) else 0)
    number = NUMERAL.match(text, at)
    amount = amount_of(number) if number else None
    if number and amount and amount.exact and draft.value and amount.low / base > draft.value:
        draft.low, draft.high, draft.value = draft.value, amount.low / base, None
        draft.end = number.end()
    return draft


def _english_part(match: re.Match[str], name: str) -> Draft:
    parts = {"tw": Decimal(2), "th": Decimal(3)}.get(name[:2], _ONE)
    draft = Draft("share", *match.span(), value=parts / (3 if match["thirds"] else 4))
    if match["thirds"]:
        draft.assume("rounded")
    return draft


def _half(text: str, match: re.Match[str]) -> Draft | None:
    word, end = match["half"], match.end()
    if word.endswith("half") and _AND_BEFORE.search(text, max(0, match.start() - 8), match.start()):
        return None
    if word.endswith("half") and (unit := _HALF_UNIT.match(text, end)):
        if not unit["unit"]:
            return None
        return Draft("duration", match.start(), unit.end(), value=Decimal("0.5"), unit=unit["unit"])
    draft = Draft("share", match.start(), end, value=Decimal("0.5"))
    if word in {"一大半", "大半", "过半"}:
        draft.bound = "more_than"
    elif word == "一小半":
        draft.bound = "less_than"
    return draft


def _used(text: str, match: re.Match[str]) -> Draft | None:
    end = match.end()
    if _ASKED.match(text, end) or _FIGURE_NEXT.match(text, end):
        return None
    draft = Draft("share", match.start(), end, value=_ONE)
    if match["zhnot"] or match["ennot"]:
        draft.bound = "less_than"
    elif match["nearly"]:
        draft.bound = "about"
    return draft


def find_shares(text: str, blocked: bytearray) -> list[Draft]:
    """The shares of the folded text that are written in words; half an hour is found here too."""
    bare = text.strip(" .,!?。、;:")
    if bare in _ALONE:
        start = text.index(bare)
        return [Draft("share", start, start + len(bare), value=_ONE)]
    found: list[Draft] = []
    floor = 0
    for match in _WORDS.finditer(text):
        if match.start() < floor or blocked.find(1, match.start(), match.end()) >= 0:
            continue
        if match["used"]:
            draft = _used(text, match)
        elif name := match["thirds"] or match["quarters"]:
            draft = _english_part(match, name)
        elif match["half"]:
            draft = _half(text, match)
        else:
            draft = _part(text, match)
        if draft is None:
            continue
        if not match["used"] and draft.bound is None:
            if after := bound_after(text, draft.end) or more(text, draft.end):
                draft.bound, draft.end = after
            elif before := bound_before(text, floor, draft.start):
                draft.bound, draft.start = before
        found.append(draft)
        floor = draft.end
    return found
