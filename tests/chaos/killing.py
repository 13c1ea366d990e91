"""What both ways of killing share: when all is answered, and the command line."""

import argparse
import random
import signal
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.loopback import until

QUESTIONS = (
    "空快新人折扣怎么报名？", "RFQ营销指数怎么加分？", "What is the express discount?",
    "信保服务费怎么算？", "你好", "What ends this month?", "ANZ 怎么样？",
)  # fmt: skip
PEOPLE, GROUPS = 50, 5
LONGEST = 300.0  # seconds until all is answered
AS_OF = {"SELLER_BOT_AS_OF": "2021-04-22T10:00", "PERSON_RATE": "0"}


def database(folder: Path) -> Path:
    return folder / "seller-bot.db"


def settled(folder: Path, questions: int) -> bool:
    """All were taken, and nothing waits or is in work."""
    with sqlite3.connect(f"file:{database(folder)}?mode=ro", uri=True) as db:
        (done,) = db.execute("select count(*) from inbox where state = 'done'").fetchone()
        (waits,) = db.execute(
            "select count(*) from outbox where state in ('waiting', 'claimed')"
        ).fetchone()
    return bool(done >= questions and not waits)


async def finish(process: Process, folder: Path, done: Callable[[], Any]) -> None:
    """Wait until all is done, and stop the last process; say where it was not in time."""
    try:
        await until(done, LONGEST)
    except TimeoutError:
        print(f"not settled: {_states(folder)}", flush=True)
    process.terminate()
    # It may have been told to before it began to listen to that.
    if await process.wait() not in (0, -signal.SIGTERM):
        raise RuntimeError("the last process did not stop cleanly")


def _states(folder: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(database(folder)) as db:
        return [
            row
            for box in ("inbox", "outbox")
            for row in db.execute(
                f"select '{box}', state, error, attempts, crashes, count(*) from {box}"
                " group by 2, 3, 4, 5"
            )
        ]


def main(about: str | None, questions: int, run: Callable[[int, int, int], bool]) -> None:
    """`run` gets how many questions and kills, and a seed; it says whether all went well."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--questions", type=int, default=questions)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = random.randrange(10**6) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    sys.exit(0 if run(given.questions, given.kills, seed) else 1)
