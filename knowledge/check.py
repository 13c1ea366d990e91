"""Proves that every printed figure and name of a bulletin stands in its source text."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from knowledge.library import Library
from knowledge.loader import KnowledgeError, load_library
from knowledge.model import Bulletin


def squeeze(text: str) -> str:
    """The text without white space, full-width forms made half-width: prints break anywhere."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def missing_anchors(bulletin: Bulletin, source: str) -> Iterator[str]:
    """One line for each anchor that does not stand in the source text."""
    text = squeeze(source)
    for subject in bulletin.subjects:
        for item in subject.items:
            for anchor in item.anchors:
                if squeeze(anchor) not in text:
                    yield (
                        f"{bulletin.month.id}/{subject.subject}: items[{item.id}].anchors: "
                        f"{anchor!r} is not in the source; write it as printed, or remove it"
                    )


def check(folders: list[Path], source: Path | None) -> list[str]:
    """Every fault of the bulletins below the folders; the newest one is held against `source`."""
    try:
        library: Library = load_library(folders)
    except KnowledgeError as error:
        return error.problems
    if source is None:
        return []
    return list(missing_anchors(library.newest, source.read_text(encoding="utf-8")))
