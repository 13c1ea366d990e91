"""The text of a message as people meant it: without what cannot be seen or was not typed to us."""

import re
from functools import cache
from typing import Protocol

TRADITIONAL = "s2tw"
LIMIT = 8000  # characters of a message that are read

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff\x00-\x08\x0b-\x1f\x7f]"
)
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u3000]+")
_WIDE = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


class Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def converter(config: str) -> Converter:
    """An OpenCC converter, made when it is first needed."""
    import opencc  # noqa: PLC0415  (late: most replies need none)

    made: Converter = opencc.OpenCC(config)
    return made


def visible(text: str) -> str:
    """The text without zero-width and control characters, cut to what is read at all.

    A run of blanks is one blank, so that names are found however wide the gaps in them are.
    """
    seen = _INVISIBLE.sub("", text[: LIMIT * 2].replace("\r\n", "\n"))
    return _BLANKS.sub(" ", seen)[:LIMIT]


def plain(text: str) -> str:
    """For matching: half-width, lower case, simplified, each character where it was.

    The result is as long as the text, so spans found in one hold in the other.
    """
    narrow = "".join(
        low if len(low := char.lower()) == 1 else char for char in text.translate(_WIDE)
    )
    if narrow.isascii():
        return narrow
    simple = converter("t2s").convert(narrow)
    if len(simple) == len(narrow):
        return simple
    return "".join(
        new if len(new := converter("t2s").convert(char)) == 1 else char for char in narrow
    )


def to_traditional(text: str, keep: tuple[str, ...] = ()) -> str:
    """Traditional characters; the names, paths and addresses in `keep` stay as printed."""
    wanted = [name for name in keep if name and name in text]
    if not wanted:
        return _traditional(text)
    kept = re.compile("|".join(re.escape(name) for name in sorted(wanted, key=len, reverse=True)))
    result, at = [], 0
    for match in kept.finditer(text):
        result += [_traditional(text[at : match.start()]), match.group()]
        at = match.end()
    return "".join([*result, _traditional(text[at:])])


def _traditional(text: str) -> str:
    # People write 平台; the converter's 平臺 looks printed.
    return converter(TRADITIONAL).convert(text).replace("臺", "台")
