"""What a router learned, as lines that are decoded when a question needs them.

The features lie in buckets: a question has some dozens of them, the phrasings tens of thousands.
"""

import json
from binascii import crc32
from collections.abc import Iterator
from itertools import islice
from typing import Any

from handlers.routing import Learned
from tools.phrasings import NOTHING, Feature, Phrased, Prepared

BUCKETS = 16384
MOST = 30_000  # features that are held decoded


def to_lines(learned: Learned) -> Iterator[bytes]:
    """A line with keys and signs, one for each entry, and the buckets."""
    index = learned.index
    yield _json({"keys": index.keys, "signs": learned.signs})
    for key in index.keys:
        yield _json(index.phrased[key])
    buckets: list[dict[str, Feature]] = [{} for _ in range(BUCKETS)]
    for feature, about in index.features.items():
        buckets[_bucket(feature)][feature] = about
    yield from map(_json, buckets)


def from_lines(lines: list[bytes]) -> Learned:
    """What `to_lines` wrote."""
    head = json.loads(lines[0])
    keys = head["keys"]
    phrased = _Phrased(zip(keys, islice(lines, 1, None), strict=False))
    return Learned(Prepared(keys, phrased, _Features(lines[1 + len(keys) :])), head["signs"])


class _Phrased(dict[str, Phrased]):
    """The entries' phrasings, decoded one by one."""

    def __init__(self, lines: Any) -> None:
        super().__init__()
        self._lines: dict[str, bytes] = dict(lines)

    def __missing__(self, key: str) -> Phrased:
        self[key] = Phrased(*json.loads(self._lines[key]))
        return self[key]


class _Features(dict[str, Feature]):
    """The features that texts had, each decoded when it is first met; the others stay packed."""

    def __init__(self, buckets: list[bytes]) -> None:
        super().__init__()
        self._buckets = buckets

    def __missing__(self, feature: str) -> Feature:
        packed = self._buckets[_bucket(feature)]
        # Most of what is missing is unknown: seen without decoding (features need no escapes).
        if b'"%b":' % feature.encode() not in packed:
            return NOTHING
        if len(self) >= MOST:
            self.clear()
        rarity, odds, numbers, importance = json.loads(packed)[feature]
        found = self[feature] = Feature(rarity, odds, tuple(numbers), tuple(importance))
        return found


def _bucket(feature: str) -> int:
    return crc32(feature.encode()) % BUCKETS


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
