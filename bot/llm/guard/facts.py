"""Every figure, date, link and name of the reply, once for once, in the same comparison."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.llm.guard.model import Fact, Reading, Refusal

_CODES = {"link": "link", "contact": "contact", "path": "path", "name": "name", "quote": "name",
          "date": "date", "time": "time", "money": "money", "share": "percentage", "time-span": "duration",
          "months": "duration", "workday": "duration", "zone": "time-zone"}  # fmt: skip
_SETS = ("name", "zone")


def code_of(fact: Fact) -> str:
    return _CODES.get(fact.group, "figure")


def dated(facts: tuple[Fact, ...], reply: tuple[Fact, ...]) -> list[Fact]:
    """Dates without a year take that of the reply where all have the same."""
    years = {f.value[0] for f in reply if f.group == "date"} - {None}
    if len(years) != 1:
        return list(facts)
    year = years.pop()
    return [
        replace(fact, value=(year, *fact.value[1:]))
        if fact.group == "date" and fact.value[0] is None
        else fact
        for fact in facts
    ]


def check_facts(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """What is missing, what is added, what is compared the other way round."""
    wanted = [
        f for f in dated(reply.facts, reply.facts) if f.group not in ("quote", "sign", "step")
    ]
    given = [f for f in dated(text.facts, reply.facts) if f.group not in ("quote", "sign", "step")]
    for group in _SETS:
        yield from _as_sets(group, wanted, given)
    yield from _zones(reply, text)
    wanted = [f for f in wanted if f.group not in _SETS]
    given = [f for f in given if f.group not in _SETS]
    missing, added = _differences(wanted, given)
    missing, added = _starts_and_ends(reply, text, missing, added)
    for fact in list(added):
        twin = next((m for m in missing if (m.group, m.value) == (fact.group, fact.value)), None)
        if twin is not None:
            missing.remove(twin)
            added.remove(fact)
            yield Refusal("comparison", f"{twin.text} → {fact.text}")
    for fact in added:
        yield Refusal(f"{code_of(fact)}-added", fact.text)
    for fact in missing:
        yield Refusal(f"{code_of(fact)}-missing", fact.text)
    yield from _quotes(reply, text)
    yield from _signs(reply, text)


def _as_sets(group: str, wanted: list[Fact], given: list[Fact]) -> Iterator[Refusal]:
    want = {f.value: f for f in wanted if f.group == group}
    have = {f.value: f for f in given if f.group == group}
    for value in have.keys() - want.keys():
        yield Refusal(f"{code_of(have[value])}-added", have[value].text)
    for value in want.keys() - have.keys():
        yield Refusal(f"{code_of(want[value])}-missing", want[value].text)


def _differences(wanted: list[Fact], given: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Facts of one side without a partner; soft ones need none, but may be one."""
    left = Counter(f.key for f in given)
    firm = {f.key for f in wanted if not f.soft}
    missing = []
    for fact in sorted(wanted, key=lambda f: f.soft):
        if left[fact.key]:
            left[fact.key] -= 1
        elif not fact.soft or fact.bound or fact.key in firm:
            missing.append(fact)
    added = []
    for fact in sorted(given, key=lambda f: f.soft):
        if left[fact.key]:
            left[fact.key] -= 1
            if not fact.soft or fact.bound:
                added.append(fact)
    return missing, added


def _starts_and_ends(
    reply: Reading, text: Reading, missing: list[Fact], added: list[Fact]
) -> tuple[list[Fact], list[Fact]]:
    """ "Starts on the 5th" and "from the 5th on" are the same, and so are an end and "by"."""
    rest = list(missing)
    kept = []
    for fact in added:
        twin = next(
            (
                m
                for m in rest
                if m.group in ("date", "time") and (m.group, m.value) == (fact.group, fact.value)
                and _role(reply, m) == _role(text, fact) is not None
            ),
            None,
        )  # fmt: skip
        if twin is None:
            kept.append(fact)
        else:
            rest.remove(twin)
    return rest, kept


def _role(reading: Reading, fact: Fact) -> str | None:
    if fact.bound:
        return fact.bound
    for clause, features in zip(reading.clauses, reading.features, strict=True):
        if clause.start <= fact.start < clause.end:
            if "#start" in features and "#end" not in features:
                return "ge"
            if features & {"#end", "#deadline"} and "#start" not in features:
                return "le"
    return None


def _zones(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """No zone more often than in the reply, and none gone from a date that always has one."""
    want, have = (Counter(f.value for f in r.facts if f.group == "zone") for r in (reply, text))
    for zone in want | have:
        if have[zone] > want[zone]:
            yield Refusal("time-zone-added", zone)
        elif have[zone] < len({_home(reply, f) for f in reply.facts if f.value == zone}):
            yield Refusal("time-zone-missing", zone)
    known = _zones_of_dates(reply)
    for value, zones in _zones_of_dates(text).items():
        for near in zones:
            if (
                value in known
                and near not in known[value]
                and not any(near <= k for k in known[value])
            ):
                yield Refusal("time-zone-added", ", ".join(sorted(near)))
            if value in known and not near and frozenset() not in known[value]:
                yield Refusal("time-zone-missing", str(value))


def _home(reading: Reading, fact: Fact) -> int:
    """The sentence that the fact stands in; -1 for none."""
    return next((c.sentence for c in reading.clauses if c.start <= fact.start < c.end), -1)


def _zones_of_dates(reading: Reading) -> dict[Any, set[frozenset[Any]]]:
    """For each date (without its year), the zones that its sentences name."""
    homes = {fact: _home(reading, fact) for fact in reading.facts if fact.group in ("zone", "date")}
    found: dict[Any, set[frozenset[Any]]] = {}
    for fact, home in homes.items():
        if fact.group == "date":
            zones = frozenset(f.value for f, h in homes.items() if f.group == "zone" and h == home)
            found.setdefault(fact.value[1:], set()).add(zones)
    return found


def _quotes(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """What is quoted stands in the other text too, word for word."""
    for fact in reply.facts:
        if fact.group == "quote" and fact.value not in text.plain:
            yield Refusal("name-missing", fact.text)
    for fact in text.facts:
        if fact.group == "quote" and fact.value not in reply.plain:
            yield Refusal("name-added", fact.text)


def _signs(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """Marks and arithmetic signs, where used at all, in the reply's order; steps count up."""
    for marks in ("✓✗", "×÷=+"):
        want, have = (
            [f.value for f in r.facts if f.group == "sign" and str(f.value) in marks]
            for r in (reply, text)
        )
        if have and have != want:
            yield Refusal("sign", "".join(map(str, have)))
    known = _sums(reply)
    for chain in _sums(text) - known:
        yield Refusal(
            "sign", " ".join(str(v[1]) if isinstance(v, tuple) else str(v) for v in chain)
        )
    want_steps, have_steps = (
        [f.value for f in r.facts if f.group == "step"] for r in (reply, text)
    )
    if have_steps and have_steps != want_steps:
        counting = [type(v)(i) for i, v in enumerate(have_steps, 1)]
        if want_steps or have_steps != counting:
            yield Refusal("figure-added", "list numbers")


def _sums(reading: Reading) -> set[tuple[object, ...]]:
    """Arithmetic as written: figures joined by signs, in their order."""
    chains: set[tuple[object, ...]] = set()
    chain: list[object] = []
    at = -1
    for fact in reading.facts:
        if fact.group in ("quote", "path", "zone") or (fact.group == "sign" and fact.value in "✓✗"):
            continue
        joined = chain and not reading.plain[at : fact.start].strip(" ()（）")
        sign = fact.group == "sign"
        if joined and sign != isinstance(chain[-1], str):
            chain.append(fact.value if sign else (fact.group, fact.value))
        else:
            if len(chain) >= 3:
                chains.add(tuple(chain))
            chain = [] if sign else [(fact.group, fact.value)]
        at = fact.end
    if len(chain) >= 3:
        chains.add(tuple(chain))
    return chains
