"""Which kind of file this is, and reading it with the share that is done."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, TextIO, cast

from bot.tariff.rows import ImportFailed

Kind = Literal["usitc-json", "usitc-csv", "uk-csv", "section301", "renumbering"]
Progress = Callable[[float], None]


class _Watched(io.RawIOBase):
    """A binary file that tells which share of it has been read."""

    def __init__(self, raw: BinaryIO, size: int, progress: Progress) -> None:
        self._raw, self._size, self._progress = raw, max(size, 1), progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        block = self._raw.read(len(view))
        view[: len(block)] = block
        self._progress(min(self._raw.tell() / self._size, 1.0))
        return len(block)


@contextmanager
def opened(path: Path, progress: Progress = lambda _: None) -> Iterator[TextIO]:
    """The text of a file, unpacked when it is gzip. Raises ImportFailed when it is no text."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            watched = io.BufferedReader(_Watched(raw, path.stat().st_size, progress), 1 << 16)
            plain = gzip.GzipFile(fileobj=watched) if packed else watched
            yield io.TextIOWrapper(cast(BinaryIO, plain), encoding="utf-8-sig", newline="")
    except FileNotFoundError:
        raise ImportFailed(f"{path}: no such file") from None
    except (gzip.BadGzipFile, zlib.error, EOFError, UnicodeDecodeError) as error:
        raise ImportFailed(f"{path}: damaged or not UTF-8 text: {error}") from error


def kind_of(path: Path) -> Kind:
    """The kind of a file, by its first characters. Raises ImportFailed when it is none of them."""
    with opened(path) as stream:
        start = stream.read(2000).lstrip()
    if start.startswith("["):
        return "usitc-json"
    header = start.splitlines()[0].replace('"', "") if start else ""
    columns = set(header.split(","))
    if "HTS Number" in columns:
        return "usitc-csv"
    if {"commodity", "ukgt_duty_rate"} <= columns:
        return "uk-csv"
    if "list" in columns and columns & {"hts8", "hts"}:
        return "section301"
    if {"hs6_2022", "hs6_2017"} <= columns:
        return "renumbering"
    raise ImportFailed(f"{path}: none of the known formats; it begins with {header[:60]!r}")
