"""The names that the bulletins know, for the guard: they may neither change nor change places."""

from collections.abc import Iterator

from knowledge.library import Library
from knowledge.model import (
    Bilingual,
    Computable,
    Coverage,
    Exemption,
    Fee,
    Item,
    NameList,
    Table,
)


def known_names(library: Library) -> frozenset[str]:
    """Names of lines, industries, memberships, ways and places, in all their spellings."""
    return frozenset(
        name.strip()
        for bulletin in library.bulletins
        for subject in bulletin.subjects
        for item in subject.items
        for name in _names(item)
        if len(name.strip()) > 1
    )


def _both(words: Bilingual) -> Iterator[str]:
    """The printed name, and the parts of "English (中文)" as names of their own."""
    for text in (words.zh, words.en):
        yield text
        head, bracket, rest = text.partition(" (")
        if bracket:
            yield head
            yield rest.rstrip(")")


def _names(item: Item) -> Iterator[str]:
    if isinstance(item, NameList):
        for group in item.groups:
            for member in group.members:
                yield member.name
                if member.en:
                    yield member.en
    if isinstance(item, Computable):
        for field in item.fields:
            for choice in field.choices:
                yield from _both(choice.title)
    if isinstance(item, Fee | Exemption):
        for way in item.ways:
            yield from _both(way.title)
    if isinstance(item, Coverage):
        for place in item.destinations:
            yield from _both(place.title)
    if isinstance(item, Table):
        for row in item.rows:
            yield row.name
