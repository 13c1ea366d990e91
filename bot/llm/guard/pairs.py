"""Whether each figure still belongs to what it belonged to.

For each two figures of a kind, the words around them in the reply that are not shared tell them
apart. Where the text puts one of them among the words of the other, they were swapped; where there
are no such words, they must stand in the reply's order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.llm.guard.facts import code_of, dated
from bot.llm.guard.model import Fact, Reading, Refusal
from bot.llm.guard.reading import spoken_of
from bot.llm.guard.stance import events

_NEAR, _FAR = 3.0, 1.0
_SAME_GROUP = {"time-span": "span", "workday": "span", "months": "span", "top": "rank", "ordinal": "rank"}
_UNPAIRED = ("quote", "sign", "zone", "step", "stance")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands, and the words of its clause and of its sentence."""

    start: int
    near: frozenset[str]
    far: frozenset[str]


def _group(fact: Fact) -> str:
    return _SAME_GROUP.get(fact.group, fact.group)


def _places(reading: Reading, facts: Iterable[Fact]) -> dict[str, dict[object, list[Place]]]:
    """For each kind and value, its places in order."""
    negated = _negated_clauses(reading)
    found: dict[str, dict[object, list[Place]]] = defaultdict(lambda: defaultdict(list))
    facts = [f for f in facts if f.group not in _UNPAIRED and not f.soft]
    for fact in facts:
        group = _group(fact)
        own = f"={fact.group}:{fact.value}"
        near, far = _around(reading, fact, facts, negated)
        found[group][(fact.group, fact.value)].append(Place(fact.start, near - {own}, far - {own}))
    return found


def _negated_clauses(reading: Reading) -> frozenset[int]:
    marks = [f.start for f in events(reading.plain) if f.value == "neg"]
    return frozenset(
        i
        for i, clause in enumerate(reading.clauses)
        if any(clause.start <= mark < clause.end for mark in marks)
    )


def _around(
    reading: Reading, fact: Fact, facts: list[Fact], negated: frozenset[int]
) -> tuple[frozenset[str], frozenset[str]]:
    """Words of the clause, cut at the next figures of the kind, and of the whole sentence."""
    index = next(
        (i for i, c in enumerate(reading.clauses) if c.start <= fact.start < c.end), None
    )
    if index is None:
        return frozenset(), frozenset()
    clause = reading.clauses[index]
    group = _group(fact)
    rivals = [f for f in facts if _group(f) == group and clause.start <= f.start < clause.end and f is not fact]
    start = max([clause.start, *(f.end for f in rivals if f.end <= fact.start)])
    end = min([clause.end, *(f.start for f in rivals if f.start >= fact.end)])
    near = spoken_of(reading, start, end)
    if index in negated:
        near.add("~not")
    far = set(reading.sentences[clause.sentence])
    return frozenset(near), frozenset(far)


def _evidence(place: Place, own: list[Place], other: list[Place]) -> float:
    """Positive where the place speaks as the figure's own places do, negative as the other's."""
    total = 0.0
    for weight, layer in ((_NEAR, "near"), (_FAR, "far")):
        mine = frozenset().union(*(getattr(p, layer) for p in own))
        theirs = frozenset().union(*(getattr(p, layer) for p in other))
        words = getattr(place, layer)
        only_mine, only_theirs = mine - theirs, theirs - mine
        if only_mine or only_theirs:
            total += weight * (
                len(words & only_mine) / max(len(only_mine), 1)
                - len(words & only_theirs) / max(len(only_theirs), 1)
            )
    return total


def check_pairs(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """Refuses figures that changed places."""
    wanted = _places(reply, dated(reply.facts, reply.facts))
    given = _places(text, dated(text.facts, reply.facts))
    for group, values in wanted.items():
        present = given.get(group, {})
        for (one, ones), (two, twos) in combinations(values.items(), 2):
            if one not in present or two not in present:
                continue
            if _swapped(ones, twos, present[one], present[two]):
                name = code_of(Fact(str(one[0]), one[1], 0, 0, ""))  # type: ignore[index]
                yield Refusal("swapped", f"{name} {_shown(one)} ↔ {_shown(two)}")


def _shown(key: object) -> str:
    value = key[1]  # type: ignore[index]
    return " ".join(str(v) for v in value) if isinstance(value, tuple) else str(value)


def _swapped(ones: list[Place], twos: list[Place], new_ones: list[Place], new_twos: list[Place]) -> bool:
    first = [_evidence(place, ones, twos) for place in new_ones]
    second = [_evidence(place, twos, ones) for place in new_twos]
    if min(*first, *second, 0.0) < -1e-9:
        return True
    if max(*first, *second, 0.0) > 1e-9:
        return False
    return _order(ones, twos) != _order(new_ones, new_twos)


def _order(ones: list[Place], twos: list[Place]) -> list[int]:
    return [n for _, n in sorted([*((p.start, 0) for p in ones), *((p.start, 1) for p in twos)])]
