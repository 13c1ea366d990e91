"""One month's items, each read only when somebody asks for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial

from knowledge.model import AnyItem, Bulletin, Month, Subject, SubjectFile


@dataclass(frozen=True)
class Shelved:
    """An item: what places it among those of other months, and how to read the rest.

    `opens` is the first moment of its validity, aware; None without a beginning of its own.
    """

    id: str
    replaces: str | None
    opens: datetime | None
    subject: Subject = field(compare=False)
    read: Callable[[], AnyItem] = field(compare=False)

    @cached_property
    def item(self) -> AnyItem:
        return self.read()


@dataclass(frozen=True)
class Shelf:
    """A month with its items."""

    month: Month
    items: tuple[Shelved, ...]

    @classmethod
    def of(cls, bulletin: Bulletin) -> "Shelf":
        """The shelf of a bulletin that has been read."""
        return cls(
            bulletin.month,
            tuple(
                Shelved(item.id, item.replaces, item.opens, subject, partial(_same, item))
                for subject in bulletin.subjects
                for item in subject.items
            ),
        )

    @cached_property
    def bulletin(self) -> Bulletin:
        """All of it, read."""
        subjects: dict[str, list[Shelved]] = {}
        for shelved in self.items:
            subjects.setdefault(shelved.subject.subject, []).append(shelved)
        return Bulletin(
            month=self.month, subjects=tuple(_file(items) for items in subjects.values())
        )


def _same(item: AnyItem) -> AnyItem:
    return item


def _file(items: list[Shelved]) -> SubjectFile:
    subject = items[0].subject
    own = {name: getattr(subject, name) for name in Subject.model_fields}
    return SubjectFile(**own, items=tuple(shelved.item for shelved in items))
