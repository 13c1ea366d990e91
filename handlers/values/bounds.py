"""Words that make a figure a bound: 至少, 不超过, 以上, up to, over, 多, 左右."""

from handlers.values.model import Bound
from handlers.values.patterns import late

_NOT = "(?:不能|不得|不可|不会|不要|不|没有|没|未|别)"
_BEFORE = late(
    r"(?:(?P<at_most>"
    + _NOT
    + r"(?:超过|超出|多于|高于|大于|超|长于)|最多|最高|至多|顶多|上限|封顶|≤|<=|=<|≦"
    r"|(?<![a-z])(?:at most|up to|no more than|not more than|not over|not exceed(?:ing)?|no longer than|no higher than|max(?:imum)?(?: of)?|within|not above))"
    r"|(?P<at_least>" + _NOT + r"(?:少于|低于|小于|短于)|至少|最少|最低|起码|≥|>=|=>|≧|下限|不下"
    r"|(?<![a-z])(?:at least|no less than|no fewer than|not less than|not below|not under|min(?:imum)?(?: of)?|starting from|a minimum of))"
    r"|(?P<less_than>(?:还|都)?不到|低于|少于|小于|未满|不足|不满|没到|没有到|未到|没满|未达到?|没达到|<"
    r"|(?<![a-z])(?:under|below|less than|fewer than|lower than|short of|smaller than))"
    r"|(?P<more_than>超过了?|超出|多于|高于|大于|超|突破|>"
    r"|(?<![a-z])(?:over|more than|above|exceed(?:s|ed|ing)?|greater than|higher than|beyond|longer than))"
    r"|(?P<about>差不多|大概|大约|约|将近|接近|近|快|估计|~"
    r"|(?<![a-z])(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|close to|circa)))"
    r"(?:可以|能|可|再|要|给|赔付?|立减|减|返|绑定?|用|付|收|有|是|为|了|到|:)?\s?(?:(?:the|a|an)\s)?$"
)
_AFTER = late(
    r"\s?(?:(?P<at_least>\(?(?:及|或|和|含|与)?以上\)?|及其?以上|起(?![草步来码点飞跑])(?:订|批|拍|售)?|\+(?![0-9])"
    r"|or more|and above|and up|or above|or over|and over|or higher|or longer|minimum(?![a-z])|min(?![a-z]))"
    r"|(?P<at_most>\(?(?:及|或|和|含)?以下\)?|(?:之|以)?内(?![容部衣陆地贸])|封顶|上限|or less|or fewer|or below|or under|and below|max(?:imum)?(?![a-z])|at most|tops)"
    r"|(?P<more_than>以外|开外)"
    r"|(?P<about>左右|上下|前后|出头|光景|or so|ish(?![a-z])|more or less))"
)
_MORE = late("(?:多|余)(?![少久长大了加种])|来(?=[天件个单元块人年名岁刀美千万笔条票欧])")
# 近90天 is the last ninety days, no estimate.
RECENT = late("(?:最近|近|过去|之前|前|连续|(?:last|past|recent|previous)(?: the)?)\\s?$")


def bound_before(text: str, floor: int, pos: int) -> tuple[Bound, int] | None:
    """The bound that is written before that place and where it begins."""
    match = _BEFORE.search(text, max(floor, pos - 18), pos)
    return (match.lastgroup, match.start()) if match and match.lastgroup else None  # type: ignore[return-value]


def bound_after(text: str, pos: int) -> tuple[Bound, int] | None:
    """The bound that is written there and where it ends."""
    match = _AFTER.match(text, pos)
    return (match.lastgroup, match.end()) if match and match.lastgroup else None  # type: ignore[return-value]


def more(text: str, pos: int) -> tuple[Bound, int] | None:
    """多 or 来 right behind a figure or a unit, and where it ends."""
    match = _MORE.match(text, pos)
    if not match:
        return None
    return ("about" if match[0] == "来" else "more_than"), match.end()
