"""A process that was killed is known to be dead at once, a living one never."""

import subprocess
import sys
from pathlib import Path

from bot.delivery.presence import Presence

_HOLD = """
import sys
from pathlib import Path
from bot.delivery.presence import Presence
presence = Presence(Path(sys.argv[1]))
print(presence.holder, flush=True)
sys.stdin.read()
"""


def test_only_the_killed_are_dead(tmp_path: Path) -> None:
    mine = Presence(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        assert mine.dead() == []
        other.kill()
        other.wait()
        assert mine.dead() == [name]
        mine.bury(name)
        assert mine.dead() == []
    mine.leave()
    assert list(tmp_path.iterdir()) == []
