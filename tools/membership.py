"""Whether a name stands in a list. Exact names first; near names are offered, never guessed."""

from dataclasses import dataclass
from typing import Literal

from knowledge.model import Member, MemberGroup, NameList
from tools.folding import fold

NEAR = 70.0
MOST_NEAR = 3


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
    spelled = [_spellings(member) for _, member in places]
    exact = [place for place, names in zip(places, spelled, strict=True) if folded in names]
    if len(exact) == 1:
        return Membership("in" if exact[0][0].included else "out", name, tuple(exact), ())
    part_of = [
        place
        for place, names in zip(places, spelled, strict=True)
        if folded and any(folded in spelling for spelling in names)
    ]
    if len(part_of) > 1:
        return Membership("several", name, tuple(part_of), ())
    from rapidfuzz import fuzz  # noqa: PLC0415  (late: exact names need it not)

    likeness = {
        index: max(fuzz.ratio(folded, spelling) for spelling in names)
        for index, names in enumerate(spelled)
    }
    ranked = sorted(
        (index for index, score in likeness.items() if score >= NEAR),
        key=lambda index: (-likeness[index], index),
    )
    near = [*part_of, *(places[index] for index in ranked if places[index] not in part_of)]
    return Membership("nowhere", name, (), tuple(near[:MOST_NEAR]))


def _spellings(member: Member) -> tuple[str, ...]:
    names = (member.name, *member.aliases, *((member.en,) if member.en else ()))
    return tuple(fold(name) for name in names)
