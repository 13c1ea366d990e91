"""One form for the ways to write the same character, each where it was."""

import unicodedata

from handlers.text import plain

_FORMAL = str.maketrans("壹贰叁肆伍柒捌玖佰仟〇", "一二三四五七八九百千零")
_FORMAL_NEAR = {"陆": "六", "拾": "十"}
_DIGITLIKE = "一二三四五六七八九十百千万0123456789"
_DASHES = str.maketrans(dict.fromkeys("–—―‐‑‒⁃−﹣", "-") | dict.fromkeys("～〜∼", "~") | {"·": "·"})
_MARKS = str.maketrans(
    {"“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'",
     "】": "]", "【": "[", "〔": "(", "〕": ")", "\t": " ", "\u00a0": " ", "\u3000": " ",
     "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹪": "%", "％": "%", "＄": "$", "￥": "¥"}
)  # fmt: skip


def fold(text: str) -> str:
    """Half-width, lower case, simplified, one dash and one quote; as long as the text."""
    # A wide comma never groups thousands, so it stays one.
    result = "".join("，" if a == "，" else b for a, b in zip(text, plain(text), strict=True))
    result = result.translate(_MARKS).translate(_DASHES).translate(_FORMAL)
    if any(char in result for char in _FORMAL_NEAR):
        result = "".join(_near(result, i) for i in range(len(result)))
    if result.isascii():
        return result
    return "".join(_digit(char) for char in result)


def _near(text: str, at: int) -> str:
    """陆 and 拾 are digits only next to digits."""
    char = text[at]
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    if char in _FORMAL_NEAR and any(c in _DIGITLIKE or c in _FORMAL_NEAR for c in around):
        return _FORMAL_NEAR[char]
    return char


def _digit(char: str) -> str:
    """Digits of other scripts as ASCII digits."""
    if char.isascii() or not char.isdecimal():
        return char
    return str(unicodedata.decimal(char))
