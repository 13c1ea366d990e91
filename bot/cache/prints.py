"""Fingerprints: which files were read, and by which code."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pydantic

ROOT = Path(__file__).parents[2]
CODE = ("knowledge", "tools", "handlers", "bot/cache")  # all that shapes what is kept


def fingerprint(parts: Iterable[str]) -> str:
    """A name for the parts, the same for the same ones."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


@cache
def code_version() -> str:
    """The code of this process: another version writes other files."""
    seen = [stamp for folder in CODE for stamp in stamps(ROOT / folder, ".py", ".txt")]
    return fingerprint([sys.version, pydantic.VERSION, *seen])


def month_version(folder: Path) -> str:
    """A month's files and the code that reads them; OSError where the folder is gone."""
    return fingerprint([code_version(), str(folder.resolve()), *stamps(folder, ".toml")])


def stamps(folder: Path, *endings: str) -> Iterator[str]:
    """Name, size and time of change of each file of the folder, in the order of names."""
    with os.scandir(folder) as entries:
        found = sorted((e.name, e.stat()) for e in entries if e.name.endswith(endings))
    for name, about in found:
        yield f"{name} {about.st_size} {about.st_mtime_ns}"
