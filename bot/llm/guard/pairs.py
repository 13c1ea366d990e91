"""Whether each figure still belongs to what it belonged to.

A figure's place is known by the words around it. Where the text puts a figure into words that in
the reply stand around another figure of its kind, the two were swapped. Where the words do not tell
them apart, they must stand in the reply's order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.llm.guard.facts import code_of, dated
from bot.llm.guard.likeness import Weights, likeness, weights_of
from bot.llm.guard.model import Fact, Reading, Refusal
from bot.llm.guard.reading import spoken_of
from bot.llm.guard.stance import events

_NEAR, _FAR = 3.0, 1.0
_SURE, _FIRM, _CLEAR = 0.15, 0.6, 0.1
_KIND = {"time-span": "span", "workday": "span", "months": "span", "top": "rank", "ordinal": "rank"}
_UNPAIRED = ("quote", "sign", "zone", "step", "stance")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands, and the words of its clause and of its sentence."""

    start: int
    near: frozenset[str]
    far: frozenset[str]


Places = dict[str, dict[tuple[str, object], list[Place]]]


def _kind(fact: Fact) -> str:
    if fact.group == "date" and fact.value[2] is None:
        return "month"
    return _KIND.get(fact.group, fact.group)


def _places(reading: Reading, facts: Iterable[Fact]) -> Places:
    """For each kind and value, its places in order."""
    negated = _negated_clauses(reading)
    found: Places = defaultdict(lambda: defaultdict(list))
    facts = [f for f in facts if f.group not in _UNPAIRED and not f.soft]
    for fact in facts:
        own = f"={fact.group}:{fact.value}"
        near, far = _around(reading, fact, facts, negated)
        if fact.group == "time":
            near = _day_of(fact, facts)
        elif fact.group == "date":
            near = frozenset(word for word in near if not word.startswith("=time"))
        if fact.bound:
            near |= {f"~{fact.bound}"}
        place = Place(fact.start, near - {own}, far - {own})
        found[_kind(fact)][fact.group, fact.value].append(place)
    return found


def _day_of(time: Fact, facts: list[Fact]) -> frozenset[str]:
    """A time of day belongs to the date next to it, whatever else stands around."""
    dates = [f for f in facts if f.group == "date" and abs(f.start - time.start) < 40]
    if not dates:
        return frozenset()
    day = min(dates, key=lambda f: min(abs(time.start - f.end), abs(f.start - time.end)))
    return frozenset({f"~{day.value}"})


def _negated_clauses(reading: Reading) -> frozenset[int]:
    marks = [f.start for f in events(reading) if f.value == "neg"]
    return frozenset(
        i
        for i, clause in enumerate(reading.clauses)
        if any(clause.start <= mark < clause.end for mark in marks)
    )


def _around(
    reading: Reading, fact: Fact, facts: list[Fact], negated: frozenset[int]
) -> tuple[frozenset[str], frozenset[str]]:
    """Words of the clause, cut at the next figures of the kind, and of the whole sentence."""
    index = next((i for i, c in enumerate(reading.clauses) if c.start <= fact.start < c.end), None)
    if index is None:
        return frozenset(), frozenset()
    clause = reading.clauses[index]
    rivals = [
        f
        for f in facts
        if _kind(f) == _kind(fact) and clause.start <= f.start < clause.end and f is not fact
    ]
    start = max([clause.start, *(f.end for f in rivals if f.end <= fact.start)])
    end = min([clause.end, *(f.start for f in rivals if f.start >= fact.end)])
    near = spoken_of(reading, start, end)
    bracketed = reading.plain[: clause.start].rstrip().endswith(")")
    if bracketed and not any(word[0] not in "=~" for word in near):
        near |= _label_before(reading, index)
    if index in negated:
        near.add("~not")
    return frozenset(near), reading.sentences[clause.sentence]


def _label_before(reading: Reading, index: int) -> frozenset[str]:
    """What a figure stands alone behind: "amount (in dollars): 31,200" names it a clause before."""
    home = reading.clauses[index].sentence
    label: frozenset[str] = frozenset()
    for before in range(index - 1, max(index - 3, -1), -1):
        if reading.clauses[before].sentence != home:
            break
        label |= reading.features[before]
    return frozenset(word for word in label if word[0] != "=")


def _like(one: Place, two: Place, weights: Weights) -> float:
    near = likeness(one.near, two.near, weights)
    return _NEAR * near + _FAR * likeness(one.far, two.far, weights)


def _evidence(place: Place, own: list[Place], other: list[Place], weights: Weights) -> float:
    """Positive where the place is rather one of the figure's own, negative where the other's."""
    mine = max(_like(place, p, weights) for p in own)
    return mine - max(_like(place, p, weights) for p in other)


def check_pairs(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """Refuses figures that changed places."""
    wanted = _places(reply, dated(reply.facts, reply.facts))
    given = _places(text, dated(text.facts, reply.facts))
    days = {f"~{f.value}": 1.0 for f in dated(reply.facts, reply.facts) if f.group == "date"}
    weights = {
        **days,
        **weights_of(reply),
        **dict.fromkeys(("~not", "~ge", "~gt", "~le", "~lt", "~about"), 1.0),
    }
    yield from _crossed(wanted, given, weights)
    for kind, values in wanted.items():
        present = given.get(kind, {})
        for (one, ones), (two, twos) in combinations(values.items(), 2):
            if one not in present or two not in present:
                continue
            if _swapped(ones, twos, present[one], present[two], weights):
                name = code_of(Fact(one[0], None, 0, 0, ""))
                yield Refusal("swapped", f"{name} {_shown(one[1])} ↔ {_shown(two[1])}")


def _crossed(wanted: Places, given: Places, weights: Weights) -> Iterator[Refusal]:
    """Figures of different kinds that changed places: only clear signs count."""
    for kind, other in combinations(wanted, 2):
        for one, ones in wanted[kind].items():
            for two, twos in wanted[other].items():
                new_ones = given.get(kind, {}).get(one)
                new_twos = given.get(other, {}).get(two)
                if not new_ones or not new_twos:
                    continue
                first = min(_evidence(place, ones, twos, weights) for place in new_ones)
                second = min(_evidence(place, twos, ones, weights) for place in new_twos)
                if first < -_CLEAR and second < -_CLEAR:
                    yield Refusal("swapped", f"{_shown(one[1])} ↔ {_shown(two[1])}")


def _shown(value: object) -> str:
    return " ".join(str(v) for v in value) if isinstance(value, tuple) else str(value)


def _swapped(
    ones: list[Place],
    twos: list[Place],
    new_ones: list[Place],
    new_twos: list[Place],
    weights: Weights,
) -> bool:
    found = [_evidence(place, ones, twos, weights) for place in new_ones]
    found += [_evidence(place, twos, ones, weights) for place in new_twos]
    if min(found) < -_SURE:
        return True
    return min(found) <= _FIRM and _order(ones, twos) != _order(new_ones, new_twos)


def _order(ones: list[Place], twos: list[Place]) -> list[int]:
    return [n for _, n in sorted([*((p.start, 0) for p in ones), *((p.start, 1) for p in twos)])]
