"""The comparison that a figure stands in: at least, more than, at most, less than, about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.llm.guard.model import Bound, Fact

_NOT = r"(?:不能|不得|不可|不会|不要|不应|不应该|不必|不|没有|没|未|别|勿|无需|不再)"
_LINK = (
    r"(?:的|是|为|在|到|了|可|可以|能|再|要|给|赔付?|立减|减|返|绑定?|用|付|收|有|于|即|约定|上限|封顶|:|\s|"
    r"(?<![a-z])(?:is|be|of|the|a|an|to|get|you|pay|only|by|off)(?![a-z]))*"
)
_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("le", _NOT + r"(?:超过|超出|多于|高于|大于|超|长于|晚于|迟于|突破)"),
    ("ge", _NOT + r"(?:少于|低于|小于|短于|早于|少)"),
    ("le", r"最多(?!的)|最高|至多|顶多|上限|封顶|小于等于|小于或等于|≤|<=|最晚|最迟|至迟|截止|截至|限期"),
    ("lt", r"未达到?|没达到?|不足|不到|没到|未到"),
    ("ge", r"至少|最少|最低|起码|大于等于|大于或等于|≥|>=|下限|不下|满(?![足意])|达到?"),
    ("lt", r"(?:还|都)?不到|低于|少于|小于|未满|不足|不满|没到|没有到|未到|没满|未达到?|没达到|早于|(?<![<=])<(?!=)"),
    ("gt", r"超过了?|多于|高于|大于|突破|晚于|迟于|(?<![>=])>(?!=)"),
    ("about", r"差不多|大概|大约|约|将近|接近|近(?=[0-9一二三四五六七八九十百千万两]+[^天日个月])|估计|左右"),
    ("le", r"(?<![a-z])(?:at most|up to|(?:no|not) (?:more|longer|higher|later|greater|over|above)(?: than)?|not exceed(?:ing)?|(?:doesn't|does not|do not|don't|must not|may not|cannot|can't|not|without|never) (?:go over|go above|exceed(?:ing)?)|max(?:imum)?|within|capped at|cap|limit(?:ed to)?|a maximum|at the most|limit|tops out at)"),
    ("ge", r"(?<![a-z])(?:at least|(?:no|not) (?:less|fewer|lower|under|below|earlier|shorter)(?: than)?|min(?:imum)?|a minimum|starting from|a floor|reach(?:es|ing)?|hits?)"),
    ("lt", r"(?<![a-z])(?:under|below|less than|fewer than|lower than|smaller than|short of|before reaching)"),
    ("gt", r"(?<![a-z])(?:over|more than|above|exceed(?:s|ed|ing)?|greater than|higher than|beyond|longer than|in excess|after)"),
    ("about", r"(?<![a-z])(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|close to|circa)"),
)  # fmt: skip
_AFTER: tuple[tuple[Bound, str], ...] = (
    ("ge", r"\s?(?:[(]?(?:及|或|和|含|与)?以上[)]?|及其?以上|起(?![草步来码点飞跑])|\+(?![0-9])|打底|or (?:more|above|over|higher|longer|better|greater)|and (?:above|up|over|more|higher)|minimum|at (?:the )?least|upwards?)(?![a-z])(?!\s(?:usd|rmb|\$|¥)?\s?[0-9])"),
    ("le", r"\s?(?:[(]?(?:及|或|和|含)?以下[)]?|(?:之|以)?内(?![容部衣陆地贸])|封顶|为上限|为限|上限|or (?:less|fewer|below|under|lower)|and (?:below|under)|max(?:imum)?|at (?:the )?most|tops|cap)(?![a-z])(?!\s(?:usd|rmb|\$|¥)?\s?[0-9])"),
    ("gt", r"\s?(?:以外|开外|多(?![少久长大]))(?![a-z])"),
    ("about", r"\s?(?:左右|上下|前后|出头|or so|ish|more or less)(?![a-z])"),
)  # fmt: skip
_BEFORE_RE = [(bound, re.compile(rf"(?:{words}){_LINK}$")) for bound, words in _BEFORE]
_AFTER_RE = [(bound, re.compile(words)) for bound, words in _AFTER]
_CUT = re.compile(r"[。；;!?！？\n，、(（]|\. |, ")
_TO = re.compile(
    r"\s?(?:\([^()]*\)\s?)?(?:-|~|至|到|to|until|till|through)\s?(?:北京时间|美国太平洋时间|us pacific time|beijing time)?\s?$"
)
_FROM = re.compile(
    r"(?<![a-z])(?:from|since|between|starting|starts?|begin(?:s|ning)?|effective|live|launch(?:es|ed)?)\s?(?:on|in|at|from)?\s?$|(?:从|自|始于|开始于)\s?$"
)
_FROM_AFTER = re.compile(
    r"\s?(?:日?起|开始|生效|上线|启用|onwards?|(?:is|was) (?:the )?(?:start|beginning))"
)
_BY = re.compile(
    r"(?<![a-z])(?:by|until|till|before|no later than|not later than|at the latest|latest|deadline|ends?|ended|closes?|due)\s?(?:on|in|at|is|by|date|:)*\s?$|(?:截止|截至|最晚|不晚于|最迟|止于|截止于|结束于|截止日期?[为是:]?)(?:是|为|到|于|在|:)?\s?$"
)
_BY_AFTER = re.compile(r"\s?(?:之前|以前|前(?!提)|截止|结束|止|为止|at the latest|or earlier)")
_GT_AFTER = re.compile(r"\s?(?:之后|以后|过后|后(?![台续方者]))")
_AFTER_DATE = re.compile(r"(?<![a-z])after\s?$")
_ZONED = re.compile(
    r"(?:北京时间|美国太平洋时间|beijing time|us pacific time|,|\(|\)|on|at|的|\s)*$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A comparison, and how many characters of it stand left and right of the figure."""

    bound: Bound | None
    left: int
    right: int


def bound_all(plain: str, facts: list[Fact]) -> list[Fact]:
    """The facts (in order of place) with the comparison that stands around each."""
    result: list[Fact] = []
    groups = list(_moments(plain, facts))
    for i, group in enumerate(groups):
        start, end = group[0].start, group[-1].end
        floor = max(groups[i - 1][-1].end if i else 0, start - 40)
        left, right = plain[floor:start], plain[end : end + 24]
        if not _is_moment(group):
            ranked = group[0].group in ("ordinal", "code", "star") and plain[start:end].isascii()
            found = Found(None, 0, 0) if ranked else _of_figure(left, right)
            result.append(_with(group[0], found, start, end))
            continue
        found = _of_date(left, right)
        if found.bound is None and i and _is_moment(groups[i - 1]) and _TO.fullmatch(left):
            found = Found("le", len(left), 0)
        after = groups[i + 1] if i + 1 < len(groups) else None
        gap = plain[end : after[0].start] if after and _is_moment(after) else None
        if found.bound is None and gap is not None and _TO.fullmatch(gap):
            found = Found("ge", 0, 0)
        result += [_with(fact, found, start, end) for fact in group]
    return result


def _with(fact: Fact, found: Found, start: int, end: int) -> Fact:
    """The fact with a comparison; a date and its time share the words, each keeps its own side."""
    left = start - found.left if fact.start == start else fact.start
    right = end + found.right if fact.end == end else fact.end
    return replace(fact, bound=found.bound, reach=(left, right))


def _is_moment(group: list[Fact]) -> bool:
    return group[0].group in ("date", "time")


def _moments(plain: str, facts: list[Fact]) -> Iterator[list[Fact]]:
    """Facts one by one, but a date and the time that belongs to it together."""
    group: list[Fact] = []
    for fact in facts:
        joins = (
            len(group) == 1
            and {group[0].group, fact.group} == {"date", "time"}
            and _ZONED.fullmatch(plain, group[0].end, fact.start)
        )
        if joins:
            group.append(fact)
            continue
        if group:
            yield group
        group = [fact]
    if group:
        yield group


def _of_figure(left: str, right: str) -> Found:
    left = _CUT.split(left)[-1]
    for bound, pattern in _AFTER_RE:
        if match := pattern.match(right):
            doubled = next(
                (m for other, p in _BEFORE_RE if other == bound and (m := p.search(left))), None
            )
            before = len(left) - doubled.start() if doubled else 0
            return Found(bound, before, match.end())
    for bound, pattern in _BEFORE_RE:
        if match := pattern.search(left):
            return Found(bound, len(left) - match.start(), 0)
    return Found(None, 0, 0)


def _of_date(left: str, right: str) -> Found:
    """The first day, the last day, or neither; what stands behind the date goes first."""
    if _TO.fullmatch(left):
        left = ""
    piece = _CUT.split(left)[-1]
    left = _ZONED.sub("", piece)
    gap = len(piece) - len(left)
    for bound, pattern in (("gt", _GT_AFTER), ("le", _BY_AFTER), ("ge", _FROM_AFTER)):
        if match := pattern.match(right):
            return Found(bound, 0, match.end() if bound != "ge" else 0)  # type: ignore[arg-type]
    for bound, pattern in (("gt", _AFTER_DATE), ("le", _BY), ("ge", _FROM)):
        if match := pattern.search(left):
            return Found(bound, len(left) - match.start() + gap, 0)  # type: ignore[arg-type]
    for bound, pattern in _BEFORE_RE:
        if bound in ("gt", "about") and (match := pattern.search(left)):
            return Found(bound, len(left) - match.start() + gap, 0)
    return Found(None, 0, 0)
