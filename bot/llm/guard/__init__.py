"""Checks a text against a reply: the same facts, in other words at most. It fails closed.

No model judges here. A reply record and a text go in, reasons for refusal come out; none means that
the text says what the reply says, no more and no less.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from bot.llm.guard.facts import check_facts
from bot.llm.guard.folding import fold
from bot.llm.guard.form import check_form
from bot.llm.guard.model import Reading, Refusal
from bot.llm.guard.order import check_order
from bot.llm.guard.pairs import check_pairs
from bot.llm.guard.reading import read
from bot.llm.guard.stance import check_certainty, check_counts, check_opposites
from bot.llm.guard.verdicts import check_verdicts
from bot.llm.guard.words import check_added, check_omitted

__all__ = ["CODES", "Guard", "Refusal", "verify"]

CODES = (
    "empty length doubled markup language link-added link-missing contact-added contact-missing contact "
    "path-added path-missing name-added name-missing date-added date-missing time-added time-missing "
    "money-added money-missing percentage-added percentage-missing duration-added duration-missing "
    "time-zone-added time-zone-missing figure-added figure-missing comparison sign swapped negation "
    "certainty verdict words-added left-out platform promise advice"
).split()  # fmt: skip
_SOURCE = re.compile(
    r"^(?:依据|依據|来源|Source)[：:].*$|^[（(](?:依据的是|依據的是|This rests on).*$", re.M
)


class Guard:
    """The guard with the names that the bulletins know (any case; aliases are names as well)."""

    def __init__(self, names: Collection[str] = ()) -> None:
        folded = {fold(name) for name in names if len(name.strip()) > 1}
        self.names = tuple(sorted(folded, key=len, reverse=True))

    def refusals(self, reply: Mapping[str, Any], text: str) -> tuple[Refusal, ...]:
        """Why the text may not stand for the reply; empty where it may.

        The text may be the reply's whole text or, for a forwarded question, the part to paste.
        """
        language = str(reply.get("language") or "zh")
        wholes = [str(reply.get("text") or "")]
        if reply.get("paste"):
            wholes.append(str(reply["paste"]))
        found = [tuple(dict.fromkeys(self._against(w, text, language))) for w in wholes]
        return min(found, key=len)

    def accepts(self, reply: Mapping[str, Any], text: str) -> bool:
        """Whether there is nothing to say against the text; looks no further than the first fault."""
        language = str(reply.get("language") or "zh")
        wholes = [str(reply.get(key) or "") for key in ("text", "paste") if reply.get(key)]
        return any(next(self._against(w, text, language), None) is None for w in wholes)

    def _against(self, reply: str, text: str, language: str) -> Iterator[Refusal]:
        if not reply.strip():
            yield Refusal("empty", "the reply has no text")
            return
        for refusal in check_form(reply, text, language):
            yield refusal
            if refusal.code in ("empty", "length"):
                return
        body, candidate = _without_source(reply, text)
        here, there = _read(body, self.names), read(candidate, self.names)
        yield from check_facts(here, there)
        yield from check_counts(here, there)
        yield from check_certainty(here, there)
        yield from check_opposites(here, there)
        yield from check_added(here, there, language)
        yield from check_omitted(here, there)
        yield from check_order(here, there)
        yield from check_verdicts(here, there)
        yield from check_pairs(here, there)


@lru_cache(maxsize=256)
def _read(text: str, names: tuple[str, ...]) -> Reading:
    return read(text, names)


def _without_source(reply: str, text: str) -> tuple[str, str]:
    """Both without the source line; in the text only where it is the reply's, word for word."""
    lines = {match.group().strip() for match in _SOURCE.finditer(reply)}
    body = _SOURCE.sub("", reply)
    kept = [line for line in text.split("\n") if line.strip() not in lines]
    return body.strip(), "\n".join(kept).strip()


def verify(reply_record: Mapping[str, Any], text: str) -> tuple[str, ...]:
    """Reasons why the text does not say what the reply says; empty where it is accepted."""
    return tuple(str(refusal) for refusal in Guard().refusals(reply_record, text))
