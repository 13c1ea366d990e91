"""Finds names in a message: industries, lines, companies, ways of shipping, memberships."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Generic, TypeVar

Payload = TypeVar("Payload")
NEAR = 84.0


@dataclass(frozen=True, slots=True)
class Found(Generic[Payload]):
    """A name in the text: what it stands for, where, and whether it was spelt as known."""

    payload: Payload
    start: int
    end: int
    exact: bool


def find_names(
    plain: str, names: Iterable[tuple[str, Payload]], *, near: bool = False
) -> list[Found[Payload]]:
    """Names in a plain text, in its order; of overlapping ones the longest.

    Latin names match whole words only. With `near`, a name that is not there as known is also
    found with a typo in it, if it is long enough for that to be safe.
    """
    found: list[Found[Payload]] = []
    rest: list[tuple[str, Payload]] = []
    for name, payload in names:
        low = name.casefold()
        before = len(found)
        found += [Found(payload, *match.span(), True) for match in _pattern(low).finditer(plain)]
        if len(found) == before:
            rest.append((low, payload))
    if near and not found:
        found = [match for name, payload in rest if (match := _near(plain, name, payload))]
    return _longest(found)


class NameIndex(Generic[Payload]):
    """Many names at once: one pass over the text, however many names there are."""

    def __init__(self, names: Iterable[tuple[str, Payload]]) -> None:
        self._by_beginning: dict[str, list[tuple[str, Payload]]] = {}
        for name, payload in names:
            low = _joined(name.casefold())
            if len(low) > 1:
                self._by_beginning.setdefault(low[:2], []).append((low, payload))
        for group in self._by_beginning.values():
            group.sort(key=lambda pair: -len(pair[0]))
        self._beginnings = frozenset(self._by_beginning)

    def find(self, plain: str) -> Iterator[Found[Payload]]:
        """Every name in the text, longest first at each place; names may overlap."""
        text = _joined(plain)
        pairs, known = _pairs(text)
        if self._beginnings.isdisjoint(known):
            return
        by_beginning = self._by_beginning
        for start, pair in enumerate(pairs):
            if pair in by_beginning:
                for name, payload in by_beginning[pair]:
                    end = start + len(name)
                    if text.startswith(name, start) and _whole(text, start, end):
                        yield Found(payload, start, end, True)


def longest(found: Iterable[Found[Payload]]) -> list[Found[Payload]]:
    """Of overlapping names the longest, in the order of the text."""
    return _longest(list(found))


@lru_cache(maxsize=16)
def _pairs(text: str) -> tuple[list[str], frozenset[str]]:
    """All pairs of neighbours in the text; many indexes read the same text."""
    pairs = list(map(add, text, text[1:]))
    return pairs, frozenset(pairs)


def _joined(text: str) -> str:
    return text.replace("-", " ").replace("’", "'")


def _whole(text: str, start: int, end: int) -> bool:
    """Latin names are whole words, with or without a plural s."""
    if start and _latin(text[start]) and _latin(text[start - 1]):
        return False
    if end < len(text) and _latin(text[end - 1]) and _latin(text[end]):
        return text[end] == "s" and (end + 1 == len(text) or not _latin(text[end + 1]))
    return True


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


@lru_cache(maxsize=20_000)
def _pattern(name: str) -> re.Pattern[str]:
    body = re.escape(name).replace(r"\ ", r"[\s\-]*").replace("&", r"\s*(?:&|and|和|与)\s*")
    left = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", name) else ""
    right = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", name) else ""
    if re.search(r"[a-z]$", name):
        right = r"(?:s|es)?(?![a-z0-9])"
    return re.compile(left + body + right)


def _near(plain: str, name: str, payload: Payload) -> Found[Payload] | None:
    if len(name) < (4 if name[0] > "㐀" else 6) or len(plain) > 400:
        return None
    from rapidfuzz import fuzz  # noqa: PLC0415  (late: few messages need a near name)

    if (match := fuzz.partial_ratio_alignment(name, plain, score_cutoff=NEAR)) is None:
        return None
    return Found(payload, match.dest_start, match.dest_end, False)


def _longest(found: list[Found[Payload]]) -> list[Found[Payload]]:
    kept: list[Found[Payload]] = []
    for match in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda f: f.start)
