"""Texts as DingTalk takes them: in pieces that fit, as markdown only where nothing can go wrong."""

import json
import re
from typing import Final

# msgParam of the OpenAPI takes 15,000 bytes, the body of a session webhook 20,000; a text may have
# to go either way, and names of people are added to it.
PIECE_BYTES: Final = 12_000
MARKDOWN_CHARS: Final = 3_500
_HEADLINE, _TITLE = 120, 40
# What markdown could take for something else than it is: such a text goes as plain text.
_RISKY: Final = re.compile(
    r"[*`\\<|~]|\]\(|!\[|&\w+;|&#|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|^\s*[#>=+]|^\s{4,}\S|^\s*(?:-{3,}|_{3,})\s*$",
    re.M,
)
_LIST: Final = re.compile(r"\s*(?:[-•·]|\d{1,2}[.、)])\s")


def pieces(text: str, limit: int = PIECE_BYTES) -> list[str]:
    """The text cut at paragraphs, else at lines, else at sentences, else anywhere."""
    rest, found = text.strip(), []
    while size(rest) > limit:
        cut = _cut(rest, limit)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in (*found, rest) if piece] or ["…"]


def size(text: str) -> int:
    """How many bytes a text takes in JSON."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace")) - 2


def as_markdown(text: str) -> str | None:
    """The text in the subset that DingTalk shows, its headline bold; None where it cannot be."""
    if len(text) > MARKDOWN_CHARS or _RISKY.search(text):
        return None
    lines = text.split("\n")
    headline = lines[0].strip()
    named = headline.startswith("@")  # who is meant must stand there as it is
    if (
        len(lines) > 1
        and 0 < len(headline) <= _HEADLINE
        and not named
        and not _LIST.match(lines[0])
    ):
        lines[0] = f"**{headline}**"
    shown = ""
    for number, line in enumerate(lines):
        if number:
            shown += _break(lines[number - 1], line)
        shown += line.rstrip()
    return shown


def title_of(text: str) -> str:
    """What the list of chats shows of a message."""
    first = text.strip().split("\n", 1)[0].strip()
    return first[:_TITLE] or "…"


def _break(before: str, after: str) -> str:
    """A line break that is shown as one; a list needs an empty line before and after it."""
    if not before.strip() or not after.strip():
        return "\n"
    if bool(_LIST.match(before)) != bool(_LIST.match(after)):
        return "\n\n"
    return "\n" if _LIST.match(after) else "  \n"


def _cut(text: str, limit: int) -> int:
    """Where to cut so that what stands before fits."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= limit else (low, middle - 1)
    for border in ("\n\n", "\n", "。", ". ", "；", "，", " "):
        at = text.rfind(border, 0, low)
        if at > low // 3:  # else a line and a page would be torn apart
            return at + len(border.rstrip())
    return low
