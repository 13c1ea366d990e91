"""In which language a message wants its reply."""

import re
from typing import Literal

from handlers.text import converter

Language = Literal["zh", "zh-Hant", "en"]

_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
# Words that carry a sentence, as against names that stand in a sentence of either language.
_ENGLISH = frozenset(
    """a about after all also am an and any are as at be because before but by can could did do does
    doesn't don't for from get give had has have how i if in into is isn't it its let me may more much
    must my need not of on one only or other our out please same say says shall she should so some
    still such tell than thanks that the their them then there these they this those to too us use
    want was way we were what what's when where which while who whom why will with within would yes
    you your hi hello""".split()
)
_CHINESE = re.compile(
    r"[吗嘛呢吧呀啊的了是怎么哪谁啥几不没有能可以会要在我你他她它们这那就都还也和跟把被让帮给请问对说"
    r"嗎麼誰幾沒會們這還幫給請問對說個]"
)


def language_of(text: str) -> Language | None:
    """The language of the sentence's frame; None where there are no words at all."""
    han = len(_HAN.findall(text))
    words = [word.casefold() for word in _WORD.findall(text)]
    if not han:
        return "en" if words else None
    english = sum(word in _ENGLISH for word in words)
    # Names such as 全球3C&普货专线 hold Chinese characters without making a sentence Chinese.
    frame = len(_CHINESE.findall(text))
    if english >= 3 and english > frame:
        return "en"
    return "zh-Hant" if _is_traditional(text) else "zh"


def _is_traditional(text: str) -> bool:
    simple = converter("t2s").convert(text)
    if simple == text:
        return False
    traditional = converter("s2t").convert(text)
    to_simple = sum(a != b for a, b in zip(text, simple, strict=False))
    to_traditional = sum(a != b for a, b in zip(text, traditional, strict=False))
    return to_simple > to_traditional
