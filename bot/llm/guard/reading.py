"""Reads a text: its facts with their bounds, its clauses, what each clause speaks of."""

import re
from collections.abc import Sequence

from bot.llm.guard.bounds import bound_all
from bot.llm.guard.dates import find_dates, find_times
from bot.llm.guard.figures import find_figures
from bot.llm.guard.folding import fold
from bot.llm.guard.lexicon import lexicon, stem, words_of
from bot.llm.guard.model import Clause, Fact, Reading
from bot.llm.guard.structure import structural
from bot.llm.guard.targets import find_names, find_targets

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_CUT = re.compile(
    r"[。！？!?；;\n，、（）()\[\]]|:(?!\s?(?:[0-9$¥✓✗是否]|usd|rmb|http|//))|,(?![0-9])|\.(?=\s|$)|\s-\s|(?<![a-z])(?:but|while|whereas|and|so)(?![a-z])|但是?|而(?=且|[^且])|不过|然而|所以|因此"
)
_STOP = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_ZONES = (
    ("beijing", re.compile(r"北京时间|中国时间|(?<![a-z])(?:beijing|china|cst)(?: standard)? time")),
    ("us", re.compile(r"美国(?:太平洋|西部|东部)?时间|太平洋时间|美西时间|美东时间|(?<![a-z])(?:us )?(?:pacific|eastern)(?: standard)? time|(?<![a-z])us time|(?<![a-z])p[sd]t(?![a-z])")),
)  # fmt: skip
_SYMBOL = re.compile(r"[✓✔✗✘×÷=+]")


def read(text: str, names: Sequence[str] = ()) -> Reading:
    """The reading of a text; `names` are folded, longest first."""
    plain = fold(text)
    blocked = bytearray(len(plain))
    facts = list(find_targets(text, plain, blocked))
    for zone, pattern in _ZONES:
        facts += [
            Fact("zone", zone, *m.span(), m.group(), soft=True) for m in pattern.finditer(plain)
        ]
    zoned = [(fact.start, fact.end) for fact in facts if fact.group == "zone"]
    named = [
        fact
        for fact in find_names(plain, names, blocked)
        if not any(start <= fact.start < end for start, end in zoned)
    ]
    for fact in named:
        if fact.group == "name":
            blocked[fact.start : fact.end] = b"\x01" * (fact.end - fact.start)
    facts += named
    measured = [*find_dates(text, plain, blocked), *find_times(plain, blocked)]
    measured += find_figures(text, plain, blocked)
    measured.sort(key=lambda fact: fact.start)
    facts += bound_all(plain, measured)
    facts += [
        Fact(
            "sign", {"✔": "✓", "✘": "✗"}.get(m.group(), m.group()), *m.span(), m.group(), soft=True
        )
        for m in _SYMBOL.finditer(plain)
        if not blocked[m.start()]
    ]
    facts.sort(key=lambda fact: (fact.start, fact.end))
    reading = Reading(text, plain, tuple(facts), tuple(_clauses(plain)))
    reading.features = tuple(frozenset(spoken_of(reading, c.start, c.end)) for c in reading.clauses)
    count = reading.clauses[-1].sentence + 1 if reading.clauses else 0
    gathered: list[set[str]] = [set() for _ in range(count)]
    for clause, features in zip(reading.clauses, reading.features, strict=True):
        gathered[clause.sentence] |= features
    reading.sentences = tuple(frozenset(features) for features in gathered)
    return reading


def _clauses(plain: str) -> list[Clause]:
    clauses: list[Clause] = []
    start = sentence = 0
    for match in _CUT.finditer(plain):
        word = match.group()
        end = match.start()
        if plain[start:end].strip(" -•*\"'"):
            clauses.append(Clause(start, end, sentence))
        start = match.end() if not word[:1].isalpha() else match.start()
        if _STOP.match(plain, match.start()):
            sentence += 1
    if plain[start:].strip(" -•*\"'"):
        clauses.append(Clause(start, len(plain), sentence))
    return _renumbered(clauses)


def _renumbered(clauses: list[Clause]) -> list[Clause]:
    order = {number: i for i, number in enumerate(dict.fromkeys(c.sentence for c in clauses))}
    return [Clause(c.start, c.end, order[c.sentence]) for c in clauses]


def spoken_of(reading: Reading, start: int, end: int) -> set[str]:
    """Concepts, pairs of characters and stems within the span, and the facts that begin there."""
    found: set[str] = set()
    text = list(reading.plain[start:end])
    for fact in reading.facts:
        if start <= fact.start < end and fact.group not in ("sign", "path", "quote"):
            if fact.group != "zone":
                found.add(f"={fact.group}:{fact.value}")
            left, right = fact.span
            for i in range(max(left - start, 0), min(right - start, len(text))):
                text[i] = " "
    plain = "".join(text)
    words = lexicon()
    for match in _HAN_RUN.finditer(plain):
        found |= _han_features(match.group())
    for word in words_of(plain):
        root = stem(word)
        concepts = words.concepts(root)
        if concepts:
            found |= {f"#{concept}" for concept in concepts}
        elif not words.free(root) and not structural(word):
            found.add(root)
    return found


def _han_features(run: str) -> set[str]:
    """Concepts of the longest words first; what is left as pairs of neighbouring characters."""
    words = lexicon()
    found: set[str] = set()
    rest: list[str] = []
    at = 0
    while at < len(run):
        size = next(
            (
                size
                for size in range(min(words.longest, len(run) - at), 1, -1)
                if words.free(run[at : at + size]) or words.concepts(run[at : at + size])
            ),
            1,
        )
        piece = run[at : at + size]
        found |= {f"#{concept}" for concept in words.concepts(piece)}
        rest.append(" " if size > 1 or piece in "的了是和与也都就还在为于" else piece)
        at += size
    for part in "".join(rest).split():
        found |= {part[i : i + 2] for i in range(len(part) - 1)} or {part}
    return found
