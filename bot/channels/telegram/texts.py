"""Plain text as Telegram takes it: in pieces that fit, as HTML with everything escaped."""

import html

_HEADLINE = 200
LIMIT = 4096  # UTF-16 code units, after entities were taken out


def pieces(text: str, limit: int = LIMIT) -> list[str]:
    """The text cut at paragraphs, else at lines, else at sentences, else anywhere."""
    rest, found = text.strip(), []
    while length(rest) > limit:
        cut = _cut(rest, limit)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in (*found, rest) if piece] or ["…"]


def length(text: str) -> int:
    """How long Telegram finds a text."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def as_html(text: str, emphasis: bool) -> str:
    """The text with all of it escaped; with `emphasis` a short first line is bold."""
    first, newline, rest = text.partition("\n")
    if not emphasis or not newline or len(first) > _HEADLINE:
        return html.escape(text, quote=False)
    return f"<b>{html.escape(first, quote=False)}</b>\n{html.escape(rest, quote=False)}"


def _cut(text: str, limit: int) -> int:
    """Where to cut so that what stands before fits."""
    end = units = 0
    for char in text:
        units += 2 if ord(char) > 0xFFFF else 1
        if units > limit:
            break
        end += 1
    for border in ("\n\n", "\n", "。", ". ", "；", "，", " "):
        at = text.rfind(border, 0, end)
        if at > 0:
            return at + len(border.rstrip())
    return end
