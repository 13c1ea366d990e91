"""Ranks entries by how alike their example phrasings are to a text.

The same text always gets the same ranking.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from operator import mul
from typing import NamedTuple

from tools.phrasings import Feature, Prepared, features, heavy, length_of, unseen_rarity

BEFORE_CUT = 4  # what a bonus weighs in the first stage
FIRST_STAGE = 12  # entries whose phrasings are compared one by one
READINGS = 32  # texts whose vectors are kept: a text is ranked more than once


class Ranked(NamedTuple):
    """An entry with its score: 1 means word for word one of its phrasings.

    `evidence` is the weight of all that text and phrasing share, however long the text is.
    """

    key: str
    score: float
    evidence: float
    phrasing: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as a vector: what is known of its features, each with its part of the unit vector.

    `familiarity`: sum and mean of the log odds; above 0 where the text is like the phrasings.
    """

    parts: list[tuple[str, Feature, float]]
    length: float
    familiarity: tuple[float, float]


class _Entry:
    """One entry's phrasings by feature. Features that stand in the same ones share a group."""

    def __init__(self, counted: Sequence[Counter[str]], lengths: Sequence[float]) -> None:
        self.shares = [1 / length for length in lengths]
        self.repeated: dict[str, list[tuple[int, float]]] = {}
        places: dict[str, list[int]] = {}
        for number, found in enumerate(counted):
            for feature, times in found.items():
                places.setdefault(feature, []).append(number)
                if times > 1:
                    self.repeated.setdefault(feature, []).append((number, log(times)))
        numbered: dict[tuple[int, ...], int] = {}
        self.group_of = {
            feature: numbered.setdefault(tuple(numbers), len(numbered))
            for feature, numbers in places.items()
        }
        self.groups = list(numbered)

    def likeness(self, weights: Sequence[tuple[str, float]]) -> list[float]:
        """How like a text each phrasing is; `weights` of the text's features."""
        group_of, groups, repeated = self.group_of, self.groups, self.repeated
        found = [0.0] * len(self.shares)
        sums: dict[int, float] = {}
        for feature, weight in weights:
            if feature in group_of:
                group = group_of[feature]
                sums[group] = sums[group] + weight if group in sums else weight
                if feature in repeated:
                    for number, more in repeated[feature]:
                        found[number] += weight * more
        for group, weight in sums.items():
            for number in groups[group]:
                found[number] += weight
        return list(map(mul, found, self.shares))


class Index:
    """Entries with their phrasings; built once, read by many."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._keys = prepared.keys
        self._numbers = {key: number for number, key in enumerate(self._keys)}
        self._unseen = unseen_rarity(len(self._keys))
        self._entries: dict[str, _Entry] = {}
        self._reading = lru_cache(maxsize=READINGS)(self._read)

    def _read(self, text: str) -> _Reading:
        table, unseen = self._prepared.features, self._unseen
        known = [(feature, table[feature], times) for feature, times in features(text).items()]
        weights = [heavy(about, feature, times, unseen) for feature, about, times in known]
        length = length_of(weights)
        odds = sum([about[1] for _, about, _ in known])
        parts = [
            (feature, about, weight / length)
            for (feature, about, _), weight in zip(known, weights, strict=True)
            if about[0]
        ]
        return _Reading(parts, length, (odds, odds / (len(known) + 2)))

    def familiarity(self, text: str) -> tuple[float, float]:
        """Sum and mean of the log odds of the text's features; above 0 where it is familiar."""
        return self._reading(text).familiarity

    def rank(
        self,
        text: str,
        bonus: Mapping[str, float] | None = None,
        default: float = 0.0,
        most: int = FIRST_STAGE,
    ) -> list[Ranked]:
        """Entries by falling score; `bonus` raises entries before the first stage cuts.

        `default` is the bonus of the entries that are not named in it; `most`: how many entries.
        """
        reading = self._reading(text)
        rough = [0.0] * len(self._keys)
        for _, (_, _, numbers, importance), weight in reading.parts:
            for number, share in zip(numbers, importance):  # noqa: B905  (hot; made together)
                rough[number] += weight * share
        for key, extra in (bonus or {}).items():
            if key in self._numbers:
                rough[self._numbers[key]] += (extra - default) * BEFORE_CUT
        first = sorted(range(len(rough)), key=rough.__getitem__, reverse=True)[:most]
        weights = [(feature, weight * about[0]) for feature, about, weight in reading.parts]
        ranked = [self._compare(self._keys[n], weights, reading.length) for n in first]
        ranked.sort(key=lambda found: (-found.score, found.key))
        return ranked

    def _entry(self, key: str) -> _Entry:
        if key not in self._entries:
            texts, lengths = self._prepared.phrased[key]
            self._entries[key] = _Entry([features(text) for text in texts], lengths)
        return self._entries[key]

    def _compare(self, key: str, weights: Sequence[tuple[str, float]], length: float) -> Ranked:
        likeness = self._entry(key).likeness(weights)
        best = max(likeness, default=0.0)
        if best <= 0:
            return Ranked(key, 0.0, 0.0, "")
        place = likeness.index(best)
        likeness[place] = 0.0
        # Rounded, so that the order of sums does not decide between two that are alike.
        score = round(best * 0.8 + max(likeness) * 0.2, 9)
        return Ranked(key, score, best * length, self._prepared.phrased[key].texts[place])
