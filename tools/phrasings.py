"""What example phrasings are made of, and how much each part of them tells.

Weighted character n-grams of Chinese and words of everything else: full-text search does not find
Chinese words of two characters.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import NamedTuple

FIRST_MARK = 0xE000  # private characters stand for names: one feature each
_RUNS = re.compile(r"[\ue000-\uf8ff]|[㐀-鿿]+|[a-z]+(?:['’][a-z]+)?|\d+(?:[.,:/]\d+)*")
_STOP = frozenset(
    "a an the of to for in on at is are am be it this that my our your i we you me us".split()
)
MARK_WEIGHT = 0.8
SMOOTH = 0.4
COMMON = 0.4  # share of entries from which a feature tells nothing in the first stage


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


class Feature(NamedTuple):
    """What is known of a feature: 0 rarity where it stands in no phrasing.

    `odds`: how much rather it stands in phrasings than in everyday talk; `numbers`: the entries in
    which it stands; `importance`: its weight in each of them.
    """

    rarity: float
    odds: float
    numbers: Sequence[int] = ()
    importance: Sequence[float] = ()


NOTHING = Feature(0.0, 0.0)


class Phrased(NamedTuple):
    """An entry's phrasings, and the length of each as a vector."""

    texts: list[str]
    lengths: list[float]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an index computes once from its phrasings, as plain data that a file can keep.

    `keys` stand in the order of the entries' numbers. `features` gives NOTHING for a feature that
    it does not know.
    """

    keys: list[str]
    phrased: dict[str, Phrased]
    features: dict[str, Feature]


class _Features(dict[str, Feature]):
    def __missing__(self, feature: str) -> Feature:
        return NOTHING


def prepare(entries: Mapping[str, Iterable[str]], everyday: Iterable[str] = ()) -> Prepared:
    """Weighs the features of entries: key to phrasings (plain: lower case, simplified).

    `everyday`: talk that is like no entry, to tell familiar texts from it.
    """
    phrasings = {key: list(texts) for key, texts in entries.items()}
    found = {key: [features(text) for text in texts] for key, texts in phrasings.items()}
    shares = [_spread(counted) for counted in found.values()]
    spread = _spread(shares)
    total = max(len(shares), 1)
    weights = {f: log((1 + total) / (0.5 + n)) * _weight(f) for f, n in spread.items()}
    postings: dict[str, tuple[list[int], list[float]]] = {}
    for number, (share, texts) in enumerate(zip(shares, phrasings.values(), strict=True)):
        for feature, times in share.items():
            if len(feature) > 1 and spread[feature] <= total * COMMON:
                numbers, importance = postings.setdefault(feature, ([], []))
                numbers.append(number)
                importance.append(round(weights[feature] * sqrt(times / len(texts)), 4))
    odds = _log_odds(
        _spread(one for counted in found.values() for one in counted),
        _spread(features(text) for text in everyday),
    )
    known = _Features(
        (f, Feature(round(weights.get(f, 0.0), 5), odds[f], *postings.get(f, ()))) for f in odds
    )
    unseen = unseen_rarity(len(phrasings))
    phrased = {
        key: Phrased(
            texts,
            [
                length_of([heavy(known[f], f, n, unseen) for f, n in one.items()])
                for one in found[key]
            ],
        )
        for key, texts in phrasings.items()
    }
    return Prepared(list(phrasings), phrased, known)


def unseen_rarity(entries: int) -> float:
    """The rarity of what stands in no entry."""
    return log((1 + max(entries, 1)) / 0.5)


def heavy(about: Feature, feature: str, times: int, unseen: float) -> float:
    """What a feature weighs in a text in which it stands so many times."""
    weight = about[0] or unseen * _weight(feature)
    return weight if times == 1 else weight * (1 + log(times))


def length_of(weights: Sequence[float]) -> float:
    """The length of the vector; 1 for an empty one."""
    return sqrt(sum([weight * weight for weight in weights])) or 1.0


def _log_odds(ours: Counter[str], theirs: Counter[str]) -> dict[str, float]:
    """For each feature how much rather it stands in the first body of phrasings."""
    own_total, their_total = ours.total() + SMOOTH, theirs.total() + SMOOTH
    return {
        feature: round(
            log((ours[feature] + SMOOTH) / own_total)
            - log((theirs[feature] + SMOOTH) / their_total),
            4,
        )
        for feature in dict.fromkeys((*ours, *theirs))
    }


def _spread(bodies: Iterable[Mapping[str, int]]) -> Counter[str]:
    """In how many of the bodies each feature stands."""
    spread: Counter[str] = Counter()
    for found in bodies:
        spread.update(found.keys())
    return spread


def _weight(feature: str) -> float:
    """Single characters say little, longer pieces more."""
    if feature[0] == " ":
        return MARK_WEIGHT if feature[1] >= "\ue000" else 1.6
    return (0.5, 1.0, 1.15)[len(feature) - 1]
