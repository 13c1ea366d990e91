"""Puts tokens in place of what a model must not see or touch, and puts it back.

A line that is ours as a whole (a verdict, a source) is one token; in the other lines each figure
with its comparison, each date, link, path and name is one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.llm.guard.folding import fold
from bot.llm.guard.reading import read
from handlers.reply import Reply

_SOURCE = re.compile(r"^(?:依据|依據|Source)[：:]|^[（(](?:依据的是|依據的是|This rests on)")
_TOKEN = re.compile(r"\[\[[FV][0-9]+\]\]")
_UNMASKED = ("sign", "step", "stance")
_WORTH = 12  # letters left to reword; below that the template is as good


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with tokens, and what each stands for."""

    text: str
    tokens: dict[str, str]

    @property
    def worth_rewording(self) -> bool:
        """Whether there is anything but tokens."""
        return sum(c.isalpha() for c in _TOKEN.sub("", self.text)) >= _WORTH

    def filled(self, phrasing: str) -> str | None:
        """The phrasing with what the tokens stand for; None where a token is missing, said twice,
        invented, in another order, or a line of ours is not in its place."""
        found = _TOKEN.findall(phrasing)
        if found != list(self.tokens):
            return None
        ours = [token for token in found if token[2] == "V"]
        lines = [line.strip() for line in re.sub(r"\n{3,}", "\n\n", phrasing.strip()).split("\n")]
        if any(token not in lines for token in ours):
            return None
        first = next(iter(self.tokens), "")
        if first[2:3] == "V" and self.text.startswith(first) and lines[0] != first:
            return None
        return _TOKEN.sub(lambda match: self.tokens[match.group()], "\n".join(lines))


def mask(reply: Reply, names: Sequence[str]) -> Masked:
    """The text of a reply (of a forwarded one, the part to paste) with tokens."""
    text = reply.text if reply.paste is None else reply.paste
    # Folded: in a reply in traditional characters the parts are not.
    ours = {fold(part.lines[0]) for part in reply.parts if part.lines}
    tokens: dict[str, str] = {}
    lines = []
    for line in text.split("\n"):
        if not line.strip():
            lines.append("")
        elif fold(line) in ours or _SOURCE.match(line):
            token = f"[[V{len(tokens) + 1}]]"
            tokens[token] = line
            lines.append(token)
        else:
            lines.append(_mask_line(line, names, tokens))
    return Masked("\n".join(lines), tokens)


def _mask_line(line: str, names: Sequence[str], tokens: dict[str, str]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in _spans(line, names):
        token = f"[[F{len(tokens) + 1}]]"
        tokens[token] = line[start:end]
        pieces += [line[at:start], token]
        at = end
    return "".join([*pieces, line[at:]])


def _spans(line: str, names: Sequence[str]) -> list[tuple[int, int]]:
    """The spans of the facts, those that touch each other as one."""
    found = sorted(f.span for f in read(line, names).facts if f.group not in _UNMASKED)
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [(a, a + len(line[a:b].rstrip())) for a, b in merged]
