"""Ranks entries by how alike their example phrasings are to a text.

Weighted character n-grams of Chinese and words of everything else: full-text search does not find
Chinese words of two characters. The same text always gets the same ranking.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt

FIRST_MARK = 0xE000  # private characters stand for names: one feature each
_RUNS = re.compile(r"[\ue000-\uf8ff]|[㐀-鿿]+|[a-z]+(?:['’][a-z]+)?|\d+(?:[.,:/]\d+)*")
_STOP = frozenset(
    "a an the of to for in on at is are am be it this that my our your i we you me us".split()
)
MARK_WEIGHT = 0.8
SMOOTH = 0.4
COMMON = 0.4  # share of entries from which a feature tells nothing in the first stage
BEFORE_CUT = 4  # what a bonus weighs in the first stage
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an index computes once from its phrasings, as plain data that a file can keep.

    `rarity`: a feature's weight; `postings`: the entries (by number) in which it stands, with its
    importance there; `phrasings`: every entry's, in the order of their numbers.
    """

    phrasings: dict[str, list[str]]
    rarity: dict[str, float]
    postings: dict[str, list[tuple[int, float]]]


def prepare(entries: Mapping[str, Iterable[str]]) -> Prepared:
    """Weighs the features of entries: key to phrasings (plain: lower case, simplified)."""
    phrasings = {key: list(texts) for key, texts in entries.items()}
    shares: list[Counter[str]] = []
    for texts in phrasings.values():
        share: Counter[str] = Counter()
        for text in texts:
            share.update(features(text).keys())
        shares.append(share)
    spread: Counter[str] = Counter()
    for share in shares:
        spread.update(share.keys())
    total = max(len(shares), 1)
    rarity = {f: log((1 + total) / (0.5 + n)) * _weight(f) for f, n in spread.items()}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (share, texts) in enumerate(zip(shares, phrasings.values(), strict=True)):
        for feature, times in share.items():
            if len(feature) > 1 and spread[feature] <= total * COMMON:
                weight = rarity[feature] * sqrt(times / len(texts))
                postings[feature].append((number, round(weight, 4)))
    return Prepared(phrasings, {f: round(w, 5) for f, w in rarity.items()}, dict(postings))


class Index:
    """Entries with their phrasings; built once, read by many."""

    def __init__(self, prepared: Prepared) -> None:
        self._rarity = prepared.rarity
        self._postings = prepared.postings
        self._phrasings = prepared.phrasings
        self._keys = list(prepared.phrasings)
        self._unseen = log((1 + max(len(self._keys), 1)) / 0.5)
        self._compared: dict[str, dict[str, list[tuple[int, float]]]] = {}

    def _unit(self, found: Counter[str]) -> tuple[dict[str, float], float]:
        """The features' weights as a vector of length one, and the length that it had."""
        rarity, unseen = self._rarity, self._unseen
        weighted = {
            feature: (rarity.get(feature) or unseen * _weight(feature))
            * (1.0 if times == 1 else 1 + log(times))
            for feature, times in found.items()
        }
        length = sqrt(sum([weight * weight for weight in weighted.values()])) or 1.0
        return {feature: weight / length for feature, weight in weighted.items()}, length

    def rank(
        self, text: str, bonus: Mapping[str, float] | None = None, default: float = 0.0
    ) -> list[Ranked]:
        """Entries by falling score; `bonus` raises entries before the first stage cuts.

        `default` is the bonus of the entries that are not named in it.
        """
        unit, length = self._unit(features(text))
        rough = [0.0] * len(self._keys)
        for feature, weight in unit.items():
            for number, importance in self._postings.get(feature, ()):
                rough[number] += weight * importance
        if bonus:
            for number, key in enumerate(self._keys):
                if key in bonus:
                    rough[number] += (bonus[key] - default) * BEFORE_CUT
        first = nlargest(FIRST_STAGE, range(len(rough)), key=rough.__getitem__)
        ranked = [self._compare(self._keys[number], unit, length) for number in first]
        ranked.sort(key=lambda found: (-found.score, found.key))
        return ranked

    def _by_feature(self, key: str) -> dict[str, list[tuple[int, float]]]:
        """For one entry: in which phrasings a feature stands, and its weight there."""
        if key not in self._compared:
            table: dict[str, list[tuple[int, float]]] = defaultdict(list)
            for number, phrasing in enumerate(self._phrasings[key]):
                for feature, weight in self._unit(features(phrasing))[0].items():
                    table[feature].append((number, weight))
            self._compared[key] = dict(table)
        return self._compared[key]

    def _compare(self, key: str, unit: dict[str, float], length: float) -> Ranked:
        table = self._by_feature(key)
        likeness = [0.0] * len(self._phrasings[key])
        for feature, weight in unit.items():
            if feature in table:
                for number, other in table[feature]:
                    likeness[number] += weight * other
        best = max(likeness, default=0.0)
        if best <= 0:
            return Ranked(key, 0.0, 0.0, "")
        place = likeness.index(best)
        likeness[place] = 0.0
        second = max(likeness)
        return Ranked(key, best * 0.8 + second * 0.2, best * length, self._phrasings[key][place])


def log_odds(own: Iterable[str], everyday: Iterable[str]) -> dict[str, float]:
    """For each feature how much rather it stands in the first body of phrasings (plain texts)."""
    ours, theirs = _spread(own), _spread(everyday)
    own_total, their_total = ours.total() + SMOOTH, theirs.total() + SMOOTH
    return {
        feature: round(
            log((ours[feature] + SMOOTH) / own_total)
            - log((theirs[feature] + SMOOTH) / their_total),
            4,
        )
        for feature in {*ours, *theirs}
    }


def familiarity(odds: Mapping[str, float], text: str) -> tuple[float, float]:
    """Sum and mean of the log odds of the text's features; above 0 where it is familiar."""
    found = [odds.get(feature, 0.0) for feature in features(text)]
    total = sum(found)
    return total, total / (len(found) + 2)


def _spread(phrasings: Iterable[str]) -> Counter[str]:
    spread: Counter[str] = Counter()
    for phrasing in phrasings:
        spread.update(features(phrasing).keys())
    return spread


def _weight(feature: str) -> float:
    """Single characters say little, longer pieces more."""
    if feature[0] == " ":
        return MARK_WEIGHT if feature[1] >= "\ue000" else 1.6
    return (0.5, 1.0, 1.15)[len(feature) - 1]
