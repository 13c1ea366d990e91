"""What a model costs when it is not there: time a message with an open breaker; time of the guard.

python -m benchmarks.llm
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import load_conversation
from bot.llm.breaker import Breaker
from bot.llm.client import Completion
from bot.llm.counts import Counts
from bot.llm.errors import LlmError
from bot.llm.guard import Guard
from bot.llm.names import known_names
from bot.llm.phrasing import Limits, Phraser
from bot.llm.store import LlmStore
from bot.settings import Settings
from handlers.conversation import Message
from handlers.reply import Reply

NOW = datetime(2021, 4, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
QUESTIONS = (
    "平台物流的手续费怎么收",
    "when is the sign-up of recommendation star",
    "空快活动什么时候结束",
)
ROUNDS, MOST = 300, 1.0


class Dead:
    """A provider that refuses every connection."""

    def complete(self, system: str, user: str) -> Completion:
        raise LlmError("refused")


def _milliseconds(work: Callable[[Reply], object], replies: list[Reply]) -> list[float]:
    """Sorted times of the work in milliseconds."""
    times = []
    for turn in range(ROUNDS):
        began = time.perf_counter()
        work(replies[turn % len(replies)])
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def _told(name: str, times: list[float]) -> float:
    worst = times[int(len(times) * 0.95)]
    print(f"{name}: median {statistics.median(times):.3f} ms, 95th percentile {worst:.3f} ms")
    return worst


def main() -> int:
    conversation = load_conversation(Settings())
    replies = [conversation.reply(Message(text), {}, NOW)[0] for text in QUESTIONS]
    names = known_names(conversation.library)
    with tempfile.TemporaryDirectory() as folder:
        limits = Limits("bench", 0, "", lambda: date(2021, 4, 22))
        store = LlmStore(Path(folder))
        phraser = Phraser(Dead(), names, store, Breaker(time.monotonic), limits, Counts())
        for _ in range(5):
            for reply in replies:
                phraser.phrase(reply)
        worst = _told(
            "added by a dead provider, breaker open", _milliseconds(phraser.phrase, replies)
        )
        store.close()
    guard = Guard(names)
    _told("guard, one text", _milliseconds(lambda r: guard.refusals(r.record(), r.text), replies))
    return 0 if worst < MOST else 1


if __name__ == "__main__":
    sys.exit(main())
