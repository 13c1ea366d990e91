"""How long a reply takes, in process, and how much memory the bot needs.

`python -m benchmarks.latency`: single questions of tests/questions (median, 99th percentile),
then long messages made of them.
"""

import resource
import sys
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles

from benchmarks.score import DEFAULT_AS_OF, read
from bot.app import load_conversation
from bot.moments import parse_moment
from bot.settings import Settings
from handlers.conversation import Conversation, Message

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
AS_OF = parse_moment(DEFAULT_AS_OF)
LENGTHS = {
    200: 300,
    1000: 80,
    2000: 60,
    4000: 40,
    8000: 30,
}  # characters of a long message: how many of them


def questions() -> list[str]:
    """The first turns of all own questions."""
    return [item["turns"][0] for item in read(sorted(QUESTIONS.glob("*.jsonl")))]


def timed(conversation: Conversation, texts: Iterable[str], now: datetime = AS_OF) -> list[float]:
    """Milliseconds for the reply to each text, each a new conversation."""
    spent = []
    for text in texts:
        start = time.perf_counter()
        conversation.reply(Message(text), {}, now)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def long_messages(texts: list[str], length: int, count: int) -> list[str]:
    """Messages of the length, made of different questions one after another."""
    joined = "。".join(texts)
    step = max((len(joined) - length) // count, 1)
    return [joined[at : at + length] for at in range(0, step * count, step)]


def report(name: str, spent: list[float]) -> None:
    p99 = quantiles(spent, n=100)[98]
    print(
        f"{name:34} {len(spent):5} replies  median {median(spent):7.2f} ms"
        f"  p99 {p99:7.2f} ms  longest {max(spent):7.2f} ms"
    )


def peak_memory() -> float:
    """The most memory that this process had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    start = time.perf_counter()
    conversation = load_conversation(Settings())
    print(f"{'load the bulletins':34} {(time.perf_counter() - start) * 1000:.0f} ms")
    texts = questions()
    everyday = (QUESTIONS / "everyday.txt").read_text(encoding="utf-8").splitlines()
    (first,) = timed(conversation, texts[:1])
    print(f"{'first reply':34} {first:.0f} ms")
    report("questions, new to the process", timed(conversation, texts))
    report("questions, asked again", timed(conversation, texts))
    report("everyday utterances", timed(conversation, everyday))
    print(f"{'peak memory so far':34} {peak_memory():.0f} MB")
    for length, count in LENGTHS.items():
        report(
            f"messages of {length} characters",
            timed(conversation, long_messages(texts, length, count)),
        )
    print(f"{'peak memory with long messages':34} {peak_memory():.0f} MB")


if __name__ == "__main__":
    main()
