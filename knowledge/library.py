"""All known bulletins together, and what holds at a moment."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from knowledge.model import BEIJING, AnyItem, Bulletin, Month, Subject
from knowledge.shelf import Shelf, Shelved

# How many bulletins are out, and how many items have taken the place of others.
Place = tuple[int, int]
# Where an item of a view stands, and its successor: number of shelf and of the item on it.
Spot = tuple[int, int]
Outline = Sequence[tuple[Spot, Spot | None]]


@dataclass(frozen=True, slots=True)
class Known:
    """An item with where it comes from, and the item that will take its place later, if any."""

    shelved: Shelved
    month: Month
    next: Shelved | None = None

    @property
    def id(self) -> str:
        return self.shelved.id

    @property
    def item(self) -> AnyItem:
        return self.shelved.item

    @property
    def successor(self) -> AnyItem | None:
        return self.next.item if self.next else None

    @property
    def subject(self) -> Subject:
        return self.shelved.subject

    @property
    def topic(self) -> str:
        return self.subject.topic


@dataclass(frozen=True)
class View:
    """What is known at a moment: the newest bulletin, and older items that nothing has replaced."""

    month: Month
    known: dict[str, Known] = field(hash=False)
    place: Place = (1, 0)
    outline: Outline = field(default=(), compare=False, repr=False)

    def __iter__(self) -> Iterator[Known]:
        return iter(self.known.values())

    def __getitem__(self, item_id: str) -> Known:
        return self.known[item_id]

    def get(self, item_id: str) -> Known | None:
        return self.known.get(item_id)

    def offer(self, known: Known) -> AnyItem | None:
        """A rule whose dates hold for an item that has none of its own: those of its subject.

        None where the item has dates, or where its subject's rules do not all have the same.
        """
        if known.item.start is not None or known.item.end is not None:
            return None
        siblings = [k.item for k in self if k.subject.subject == known.subject.subject]
        dated = [item for item in siblings if item.opens is not None and item.closes is not None]
        windows = {(item.opens, item.closes) for item in dated}
        return dated[0] if len(windows) == 1 else None

    @cached_property
    def months(self) -> dict[str, Month]:
        """The months that the items come from, by id."""
        return {known.month.id: known.month for known in self}

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        return {known.subject.subject: known.subject for known in self}

    @cached_property
    def topics(self) -> dict[str, str]:
        """Subject slug to topic slug."""
        return {slug: subject.topic for slug, subject in self.subjects.items()}


@dataclass(frozen=True, slots=True)
class Turns:
    """When another view begins to hold: days of publication, moments of replacements."""

    published: tuple[date, ...]
    replaced: tuple[datetime, ...]

    def place(self, now: datetime) -> Place:
        today = now.astimezone(ZoneInfo(BEIJING)).date()
        return bisect_right(self.published, today) or 1, bisect_right(self.replaced, now)


class Library:
    """The bulletins in order of their months. What nobody asks for is not read."""

    def __init__(
        self,
        shelves: Sequence[Shelf],
        everyday: tuple[str, ...] = (),
        turns: Turns | None = None,
        outline: Callable[[Place], Outline | None] | None = None,
    ) -> None:
        """`shelves` in the order of their months, at least one; ValueError for none.

        `everyday` are utterances that no bulletin is about: what ordinary talk looks like.
        `turns` and `outline` tell what an earlier library over the same shelves found.
        """
        if not shelves:
            raise ValueError("a library needs at least one bulletin")
        self.everyday = everyday
        self.shelves = shelves
        self.turns = turns or _turns(shelves)
        self._outline = outline
        self._views: dict[Place, View] = {}

    @cached_property
    def bulletins(self) -> tuple[Bulletin, ...]:
        return tuple(shelf.bulletin for shelf in self.shelves)

    @property
    def newest(self) -> Bulletin:
        return self.shelves[-1].bulletin

    def at(self, now: datetime) -> View:
        """What is known at `now` (aware). Before the first bulletin, the first one is told.

        A rule without an end holds until a later bulletin replaces it: an item with the same id,
        or one that names it in `replaces`, once that item's own validity has begun.
        """
        place = self.turns.place(now)
        if place not in self._views:
            found = self._outline(place) if self._outline else None
            self._views[place] = self._view(place, found or _outline(self.shelves, place[0], now))
        return self._views[place]

    def _view(self, place: Place, outline: Outline) -> View:
        known: dict[str, Known] = {}
        for (shelf, number), then in outline:
            month = self.shelves[shelf]
            later = self.shelves[then[0]].items[then[1]] if then else None
            found = Known(month.items[number], month.month, later)
            known[found.id] = found
        return View(self.shelves[place[0] - 1].month, known, place, outline)


def _turns(shelves: Sequence[Shelf]) -> Turns:
    earlier: set[str] = set()
    moments: set[datetime] = set()
    for shelf in shelves:
        for item in shelf.items:
            if item.opens is not None and (item.replaces or item.id) in earlier:
                moments.add(item.opens)
        earlier |= {item.id for item in shelf.items}
    return Turns(tuple(shelf.month.published for shelf in shelves), tuple(sorted(moments)))


def _outline(shelves: Sequence[Shelf], published: int, now: datetime) -> Outline:
    """Which items of the first shelves hold at the moment, and what follows them."""
    known: dict[str, tuple[Spot, Spot | None]] = {}
    holders: dict[str, str] = {}  # an item that is to come: the one that holds until then

    def item(spot: Spot) -> Shelved:
        return shelves[spot[0]].items[spot[1]]

    for shelf in range(published):
        for number, new in enumerate(shelves[shelf].items):
            spot = (shelf, number)
            wanted = new.replaces or new.id
            old = known.get(holders.get(wanted, wanted))
            if old is None or old[0][0] == shelf:
                known[new.id] = (spot, None)
            elif new.opens is not None and new.opens > now:
                holders[new.id] = item(old[0]).id
                sooner = old[1] is not None and _sooner(item(old[1]), new)
                known[item(old[0]).id] = (old[0], old[1] if sooner else spot)
            else:
                del known[item(old[0]).id]
                known[new.id] = (spot, None)
    return tuple(known.values())


def _sooner(one: Shelved, other: Shelved) -> bool:
    """Whether the first begins before the other; the later bulletin's where both begin together."""
    return one.opens is not None and other.opens is not None and one.opens < other.opens
