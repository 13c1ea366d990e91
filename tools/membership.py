"""Whether a name stands in a list. Exact names first; near names are offered, never guessed."""

from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from knowledge.model import Member, MemberGroup, NameList
from tools.folding import fold

NEAR = 70.0


@dataclass(frozen=True, slots=True)
class Membership:
    """`status`: in, out, several (the name fits more than one member), nowhere.

    `found` holds the members that the name stands for; `near` the ones that look like it.
    """

    status: Literal["in", "out", "several", "nowhere"]
    name: str
    found: tuple[tuple[MemberGroup, Member], ...]
    near: tuple[tuple[MemberGroup, Member], ...]


def membership(rule: NameList, name: str) -> Membership:
    """Looks a name up: exact, else the beginning of several, else near ones."""
    folded = fold(name)
    places = [(group, member) for group in rule.groups for member in group.members]
    exact = [place for place in places if folded in _spellings(place[1])]
    if len(exact) == 1:
        return Membership("in" if exact[0][0].included else "out", name, tuple(exact), ())
    part_of = [place for place in places if any(folded in s for s in _spellings(place[1]))]
    if len(part_of) > 1:
        return Membership("several", name, tuple(part_of), ())
    choices = {index: fold(member.name) for index, (_, member) in enumerate(places)}
    ranked = process.extract(folded, choices, scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
    near = tuple(dict.fromkeys([*part_of, *(places[index] for _, _, index in ranked)]))
    return Membership("nowhere", name, (), near)


def _spellings(member: Member) -> set[str]:
    names = (member.name, *member.aliases, *((member.en,) if member.en else ()))
    return {fold(name) for name in names}
