"""How much two stretches of text speak of the same, by the words that are rare in the reply."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.llm.guard.model import Reading

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Window:
    """A few clauses in a row: what they speak of, and how often they negate and judge."""

    words: frozenset[str]
    negations: int
    size: int
    judged: int


def weights_of(reading: Reading) -> Weights:
    """The rarer in the reply's clauses, the heavier."""
    seen = Counter(f for features in reading.features for f in features)
    total = len(reading.features)
    return {f: math.log(1 + total / count) for f, count in seen.items()}


def likeness(one: frozenset[str], two: frozenset[str], weights: Weights) -> float:
    """From 0 to 1 (cosine over the words of the reply)."""
    shared = sum(weights[f] for f in one & two if f in weights)
    if not shared:
        return 0.0
    mass = sum(weights.get(f, 0.0) for f in one) * sum(weights.get(f, 0.0) for f in two)
    return shared / math.sqrt(mass)


def windows(
    reading: Reading, counts: list[int], judging: list[bool], widest: int
) -> Iterator[Window]:
    """All runs of up to `widest` clauses; `judging` names those that hold a verdict."""
    for start in range(len(reading.clauses)):
        words: frozenset[str] = frozenset()
        count = judged = 0
        for end in range(start, min(start + widest, len(reading.clauses))):
            words |= reading.features[end]
            count += counts[end]
            judged += judging[end]
            yield Window(words, count, end - start + 1, judged)
