"""Ranks entries by how alike their example phrasings are to a text.

Weighted character n-grams of Chinese and words of everything else: full-text search does not find
Chinese words of two characters. The same text always gets the same ranking.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

FIRST_MARK = 0xE000  # private characters stand for names: one feature each
_RUNS = re.compile(r"[\ue000-\uf8ff]|[㐀-鿿]+|[a-z]+(?:['’][a-z]+)?|\d+(?:[.,:/]\d+)*")
_STOP = frozenset(
    "a an the of to for in on at is are am be it this that my our your i we you me us".split()
)
SMOOTH = 0.4
FIRST_STAGE = 12  # entries whose phrasings are compared one by one


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its score: 1 means word for word one of its phrasings.

    `evidence` is the weight of all that text and phrasing share, however long the text is.
    """

    key: str
    score: float
    evidence: float
    phrasing: str


def features(text: str) -> Counter[str]:
    """N-grams of Chinese runs, stems and word pairs of the rest; every number is alike."""
    found: Counter[str] = Counter()
    before = ""
    for run in _RUNS.findall(text):
        first = run[0]
        if first.isdigit():
            before = "#"
            continue
        if first >= "\ue000":
            found[f" {run}"] += 1
            continue
        if first >= "㐀":
            for size in (1, 2, 3):
                for start in range(len(run) - size + 1):
                    found[run[start : start + size]] += 1
            before = ""
            continue
        if run in _STOP:
            continue
        word = stem(run)
        found[f" {word}"] += 1
        if before:
            found[f" {before} {word}"] += 1
        before = word
    return found


def stem(word: str) -> str:
    """A crude stem: enough for plural, past and -ing to fall together."""
    word = word.partition("'")[0].partition("’")[0]
    for ending, least in (("ing", 6), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4), ("e", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


class Index:
    """Entries with their phrasings; built once, read by many."""

    def __init__(self, entries: Mapping[str, Iterable[str]]) -> None:
        """`entries`: key to phrasings (already plain: lower case, simplified, half-width)."""
        counted = {
            key: [(phrasing, features(phrasing)) for phrasing in phrasings]
            for key, phrasings in entries.items()
        }
        spread: Counter[str] = Counter()
        for phrasings in counted.values():
            spread.update({feature for _, found in phrasings for feature in found})
        total = max(len(counted), 1)
        self._rarity = {f: log((1 + total) / (0.5 + n)) * _weight(f) for f, n in spread.items()}
        self._unseen = log((1 + total) / 0.5)
        self._phrasings: dict[str, list[tuple[str, dict[str, float]]]] = {}
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for key, phrasings in counted.items():
            self._phrasings[key] = [(text, self._unit(found)) for text, found in phrasings]
            share: Counter[str] = Counter()
            for _, unit in self._phrasings[key]:
                share.update(unit.keys())
            for feature, times in share.items():
                weight = self._rarity[feature] * sqrt(times / len(phrasings))
                self._postings[feature].append((key, weight))

    def _weighted(self, found: Counter[str]) -> dict[str, float]:
        return {
            feature: self._rarity.get(feature, self._unseen * _weight(feature)) * (1 + log(times))
            for feature, times in found.items()
        }

    def _length(self, found: Counter[str]) -> float:
        return sqrt(sum(weight * weight for weight in self._weighted(found).values())) or 1.0

    def _unit(self, found: Counter[str]) -> dict[str, float]:
        weighted = self._weighted(found)
        length = sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
        return {feature: weight / length for feature, weight in weighted.items()}

    def rank(self, text: str, bonus: Mapping[str, float] | None = None) -> list[Ranked]:
        """Entries by falling score; `bonus` raises entries before the first stage cuts."""
        found = features(text)
        unit = self._unit(found)
        length = self._length(found)
        rough: dict[str, float] = defaultdict(float)
        for feature, weight in unit.items():
            for key, importance in self._postings.get(feature, ()):
                rough[key] += weight * importance
        if bonus:
            for key, extra in bonus.items():
                rough[key] += extra * 4
        first = sorted(rough.items(), key=lambda pair: (-pair[1], pair[0]))[:FIRST_STAGE]
        ranked = [self._compare(key, unit, length) for key, _ in first]
        ranked.sort(key=lambda found: (-found.score, found.key))
        return ranked

    def _compare(self, key: str, unit: dict[str, float], length: float) -> Ranked:
        best, second, phrase = 0.0, 0.0, ""
        for text, other in self._phrasings[key]:
            small, large = (unit, other) if len(unit) < len(other) else (other, unit)
            likeness = sum(w * large[f] for f, w in small.items() if f in large)
            if likeness > best:
                best, second, phrase = likeness, best, text
            elif likeness > second:
                second = likeness
        return Ranked(key, best * 0.8 + second * 0.2, best * length, phrase)


class Familiarity:
    """How much a text speaks like one body of phrasings rather than like everyday talk."""

    def __init__(self, own: Iterable[str], everyday: Iterable[str]) -> None:
        """Two bodies of plain phrasings."""
        ours, theirs = _spread(own), _spread(everyday)
        own_total, their_total = max(ours.total(), 1), max(theirs.total(), 1)
        self._odds = {
            feature: log((ours[feature] + SMOOTH) / (own_total + SMOOTH))
            - log((theirs[feature] + SMOOTH) / (their_total + SMOOTH))
            for feature in {*ours, *theirs}
        }

    def __call__(self, text: str) -> tuple[float, float]:
        """Sum and mean of the log odds of the text's features; above 0 where it is familiar."""
        odds = [self._odds.get(feature, 0.0) for feature in features(text)]
        total = sum(odds)
        return total, total / (len(odds) + 2)


def _spread(phrasings: Iterable[str]) -> Counter[str]:
    spread: Counter[str] = Counter()
    for phrasing in phrasings:
        spread.update(features(phrasing).keys())
    return spread


def _weight(feature: str) -> float:
    """Single characters say little, longer pieces more."""
    if feature[0] == " ":
        return 1.6
    return (0.5, 1.0, 1.15)[len(feature) - 1]
