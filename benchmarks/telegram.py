"""How fast messages go through, beside a bare echo of python-telegram-bot on the same server.

`python -m benchmarks.telegram`: messages a second of a burst; the time from an update to the
recorded sendMessage at 30 a second; 50 conversations at once on a server that takes 50 ms; and
how many transactions a second the disk makes durable, which is what nothing durable can beat.
"""

import argparse
import asyncio
import contextlib
import socket
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles

from tests.fake_telegram import TOKEN, FakeTelegram

PEOPLE, RATE = 100, 30
TEXT = "RFQ"


@asynccontextmanager
async def bot(name: str, fake: FakeTelegram, webhook: bool) -> AsyncIterator[None]:
    """A bot in a process of its own, ready to answer."""
    with tempfile.TemporaryDirectory() as folder:
        words = [name, fake.base, TOKEN, folder]
        if webhook:
            with socket.create_server(("127.0.0.1", 0)) as server:
                port = server.getsockname()[1]
            words += ["--webhook", f"http://127.0.0.1:{port}/telegram/hook"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.telegram_bots", *words
        )
        try:
            if webhook:
                await fake.until(lambda: fake.webhook, 30)
            fake.say("warm")
            await fake.until(fake.texts, 30)
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def burst(fake: FakeTelegram, count: int) -> float:
    """Messages a second when all come at once."""
    before = len(fake.made("sendMessage"))
    started = time.monotonic()
    for number in range(count):
        fake.say(f"{TEXT} {number}", person=1 + number % PEOPLE)
    await fake.until(lambda: len(fake.calls) - before >= count, 300)
    await fake.until(lambda: len(fake.made("sendMessage")) - before >= count, 300)
    return count / (fake.made("sendMessage")[-1].at - started)


async def steady(fake: FakeTelegram, count: int) -> list[float]:
    """Milliseconds from an update to its answer, at RATE a second, each of another person."""
    asked: dict[str, float] = {}
    before = len(fake.made("sendMessage"))
    began = time.monotonic()
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
        person = 1000 + number
        asked[str(person)] = time.monotonic()
        fake.say(TEXT, person=person)
    await fake.until(lambda: len(fake.made("sendMessage")) - before >= count, 60)
    return [
        (call.at - asked[call.params["chat_id"]]) * 1000
        for call in fake.made("sendMessage")[before:]
        if call.params["chat_id"] in asked
    ]


async def crowd(fake: FakeTelegram, people: int) -> tuple[float, float]:
    """Milliseconds until the first and the last of many at once are answered."""
    before = len(fake.made("sendMessage"))
    started = time.monotonic()
    for number in range(people):
        fake.say(TEXT, person=5000 + number)
    await fake.until(lambda: len(fake.made("sendMessage")) - before >= people, 60)
    times = [(call.at - started) * 1000 for call in fake.made("sendMessage")[before:]]
    return times[0], times[-1]


async def measure(name: str, webhook: bool, count: int) -> None:
    """One line of the table."""
    async with FakeTelegram() as fake, bot(name, fake, webhook):
        rate = await burst(fake, count)
        spent = await steady(fake, RATE * 8)
        fake.latency = 0.05
        first, last = await crowd(fake, 50)
    way = "webhook" if webhook else "polling"
    print(
        f"{name:6} {way:8} {rate:6.0f}/s   at {RATE}/s: p50 {median(spent):6.2f} ms"
        f"  p99 {quantiles(spent, n=100)[98]:6.2f} ms"
        f"   50 at once on a 50 ms server: first {first:4.0f} ms, last {last:4.0f} ms",
        flush=True,
    )


def durable(seconds: float = 2) -> float:
    """Transactions a second that this disk makes durable."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "x.db", isolation_level=None)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.execute("create table t (a)")
        started, count = time.perf_counter(), 0
        while time.perf_counter() - started < seconds:
            db.execute("insert into t values (?)", ["x" * 500])
            count += 1
        db.close()
    return count / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1500, help="messages of a burst")
    given = parser.parse_args()
    print(f"durable transactions of this disk  {durable():.0f}/s")
    for webhook in (False, True):
        for name in ("bare", "echo", "whole"):
            asyncio.run(measure(name, webhook, given.messages))


if __name__ == "__main__":
    main()
