"""Files that may be lost, spoilt or written by two processes at once without harm."""

import contextlib
import os
import tempfile
from binascii import crc32
from collections.abc import Iterable
from pathlib import Path

MARK = b"seller-bot cache 1"
SUFFIX = ".kept"


class KeptFiles:
    """Lines of bytes by name, below one folder. What cannot be written is not kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> list[bytes] | None:
        """The lines; None where the file is missing, spoilt or of somebody else."""
        try:
            head, _, body = (self._folder / f"{name}{SUFFIX}").read_bytes().partition(b"\n")
        except OSError:
            return None
        return body.split(b"\n") if head == _head(body) else None

    def write(self, name: str, lines: Iterable[bytes]) -> None:
        """Replace the file at once: a reader sees the old lines or the new ones."""
        body = b"\n".join(lines)
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".new")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_head(body) + b"\n" + body)
                os.replace(temporary, self._folder / f"{name}{SUFFIX}")
            except OSError:
                os.unlink(temporary)

    def prune(self, beginning: str, keep: int) -> None:
        """Delete files whose names begin so, but for the newest ones."""
        with contextlib.suppress(OSError):
            found = sorted(
                self._folder.glob(f"{beginning}*{SUFFIX}"), key=lambda path: -path.stat().st_mtime
            )
            for path in found[keep:]:
                path.unlink(missing_ok=True)


def _head(body: bytes) -> bytes:
    return MARK + b" %d %08x" % (len(body), crc32(body))
