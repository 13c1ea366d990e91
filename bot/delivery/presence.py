"""Who is alive: a process holds a lock on a file of its name, which the system drops at death.

So a process that comes after one that was killed need not wait for its leases to run out.
"""

import fcntl
import os
import secrets
from pathlib import Path


class Presence:
    """This process's name in the folder, for as long as it lives."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.holder = secrets.token_hex(8)
        # Under its name only once it is locked: nobody may see it alive and unlocked.
        unborn = folder / f".{self.holder}"
        self._file = os.open(unborn, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        unborn.rename(folder / self.holder)

    def dead(self) -> list[str]:
        """The names of processes that left without saying so. `bury` them when all is released."""
        return [
            path.name
            for path in self._folder.iterdir()
            if path.name != self.holder and not path.name.startswith(".") and _is_free(path)
        ]

    def bury(self, holder: str) -> None:
        """Forget a dead process."""
        (self._folder / holder).unlink(missing_ok=True)

    def leave(self) -> None:
        """This process has nothing any more."""
        self.bury(self.holder)
        os.close(self._file)


def _is_free(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True
