"""All known bulletins together, and what holds at a moment."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from knowledge.model import BEIJING, AnyItem, Bulletin, Month, SubjectFile


@dataclass(frozen=True, slots=True)
class Known:
    """An item with where it comes from, and the item that will take its place later, if any."""

    item: AnyItem
    subject: SubjectFile
    month: Month
    successor: AnyItem | None = None

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def topic(self) -> str:
        return self.subject.topic


@dataclass(frozen=True)
class View:
    """What is known at a moment: the newest bulletin, and older items that nothing has replaced."""

    month: Month
    known: dict[str, Known] = field(hash=False)

    def __iter__(self) -> Iterator[Known]:
        return iter(self.known.values())

    def __getitem__(self, item_id: str) -> Known:
        return self.known[item_id]

    def get(self, item_id: str) -> Known | None:
        return self.known.get(item_id)

    @cached_property
    def months(self) -> dict[str, Month]:
        """The months that the items come from, by id."""
        return {known.month.id: known.month for known in self}

    @cached_property
    def subjects(self) -> dict[str, SubjectFile]:
        return {known.subject.subject: known.subject for known in self}

    @cached_property
    def topics(self) -> dict[str, str]:
        """Subject slug to topic slug."""
        return {slug: subject.topic for slug, subject in self.subjects.items()}


class Library:
    """The bulletins in order of their months."""

    def __init__(self, bulletins: tuple[Bulletin, ...], everyday: tuple[str, ...] = ()) -> None:
        """`bulletins` in any order, at least one; ValueError for none.

        `everyday` are utterances that no bulletin is about: what ordinary talk looks like.
        """
        if not bulletins:
            raise ValueError("a library needs at least one bulletin")
        self.everyday = everyday
        self.bulletins = tuple(sorted(bulletins, key=lambda b: b.month.id))
        self._published = [b.month.published for b in self.bulletins]
        self._turning_points = _turning_points(self.bulletins)
        self._views: dict[tuple[int, int], View] = {}

    @property
    def newest(self) -> Bulletin:
        return self.bulletins[-1]

    def at(self, now: datetime) -> View:
        """What is known at `now` (aware). Before the first bulletin, the first one is told.

        A rule without an end holds until a later bulletin replaces it: an item with the same id,
        or one that names it in `replaces`, once that item's own validity has begun.
        """
        today = now.astimezone(ZoneInfo(BEIJING)).date()
        published = bisect_right(self._published, today) or 1
        coming = bisect_right(self._turning_points, now)
        key = (published, coming)
        if key not in self._views:
            self._views[key] = _view(list(self.bulletins[:published]), now)
        return self._views[key]


def _turning_points(bulletins: tuple[Bulletin, ...]) -> list[datetime]:
    """The moments at which an item takes the place of an earlier month's."""
    earlier: set[str] = set()
    moments: set[datetime] = set()
    for bulletin in bulletins:
        items = [item for subject in bulletin.subjects for item in subject.items]
        for item in items:
            if item.opens is not None and (item.replaces or item.id) in earlier:
                moments.add(item.opens)
        earlier |= {item.id for item in items}
    return sorted(moments)


def _view(months: list[Bulletin], now: datetime) -> View:
    known: dict[str, Known] = {}
    holders: dict[str, str] = {}  # an item that is to come: the one that holds until then
    for bulletin in months:
        for subject in bulletin.subjects:
            for item in subject.items:
                wanted = item.replaces or item.id
                old = known.get(holders.get(wanted, wanted))
                if old is None or old.month.id == bulletin.month.id:
                    known[item.id] = Known(item, subject, bulletin.month)
                elif item.opens is not None and item.opens > now:
                    holders[item.id] = old.id
                    known[old.id] = replace(old, successor=_sooner(old.successor, item))
                else:
                    del known[old.id]
                    known[item.id] = Known(item, subject, bulletin.month)
    return View(months[-1].month, known)


def _sooner(one: AnyItem | None, other: AnyItem) -> AnyItem:
    """The item that begins first; the later bulletin's where both begin together."""
    if one is None or one.opens is None or other.opens is None:
        return other
    return one if one.opens < other.opens else other
