"""Whether a negation still stands where it stood: clause by clause, not only in number."""

import math
from collections import Counter
from collections.abc import Iterator

from bot.llm.guard.model import Reading, Refusal
from bot.llm.guard.stance import events

_PREDICATES = frozenset(
    f"#{c}" for c in "can meet include support exempt start end running count enjoy join enrol deduct fee notin".split()
)
_WIDEST = 4
_ENOUGH = 0.75


def check_verdicts(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """Each clause with a verdict must be like one of the reply that is negated as often."""
    here, there = _negations(reply), _negations(text)
    if not sum(here) and not sum(there):
        return
    weights = _weights(reply)
    windows = list(_windows(reply, here))
    for i, (clause, features) in enumerate(zip(text.clauses, text.features, strict=True)):
        if not there[i] and not features & _PREDICATES:
            continue
        known = frozenset(f for f in features if f in weights)
        if not known:
            continue
        scores = [(_likeness(known, words, weights), count) for words, count in windows]
        best = max(score for score, _ in scores)
        same = max((score for score, count in scores if count == there[i]), default=0.0)
        if same < _ENOUGH * best:
            yield Refusal("negation", text.text[clause.start : clause.end].strip())


def _negations(reading: Reading) -> list[int]:
    marks = [f.start for f in events(reading.plain) if f.value == "neg"]
    return [sum(c.start <= mark < c.end for mark in marks) for c in reading.clauses]


def _weights(reading: Reading) -> dict[str, float]:
    seen = Counter(f for features in reading.features for f in features)
    total = len(reading.features)
    return {f: math.log(1 + total / count) for f, count in seen.items()}


def _windows(reading: Reading, counts: list[int]) -> Iterator[tuple[frozenset[str], int]]:
    for start in range(len(reading.clauses)):
        words: frozenset[str] = frozenset()
        count = 0
        for end in range(start, min(start + _WIDEST, len(reading.clauses))):
            words |= reading.features[end]
            count += counts[end]
            yield words, count


def _likeness(known: frozenset[str], words: frozenset[str], weights: dict[str, float]) -> float:
    shared = sum(weights[f] for f in known & words)
    if not shared:
        return 0.0
    mass = sum(weights[f] for f in known) * sum(weights[f] for f in words)
    return shared / math.sqrt(mass)
