"""`make chaos`: the real process is killed again and again under a stream of questions.

In the end every question must have its answer, in order within each conversation. A message that
was sent but not yet marked as sent when the process died is sent again: such doubles are counted.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.fake_telegram import TOKEN, Call, FakeTelegram

QUESTIONS = (
    "空快新人折扣怎么报名？", "RFQ营销指数怎么加分？", "What is the express discount?",
    "信保服务费怎么算？", "你好", "What ends this month?", "ANZ 怎么样？",
)  # fmt: skip
PEOPLE, GROUPS = 50, 5
_LONGEST = 300.0


@dataclass
class Asked:
    """What was asked: message ids in order, by (chat, person)."""

    by: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))

    def __len__(self) -> int:
        return sum(map(len, self.by.values()))


@dataclass
class Result:
    """What came of it."""

    questions: int
    kills: int
    sent: int
    lost: int
    out_of_order: int
    doubles: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.questions} questions of {PEOPLE} people, {self.kills} kills in"
            f" {self.seconds:.0f} s: {self.sent} messages sent, {self.lost} lost,"
            f" {self.out_of_order} out of order, {self.doubles} doubles"
        )


async def chaos(questions: int, kills: int, folder: Path, seed: int, webhook: bool) -> Result:
    """Ask and kill; the result when all has been answered, or when that took too long."""
    luck, asked, started = random.Random(seed), Asked(), time.monotonic()
    async with FakeTelegram(latency=0.004) as fake:
        env = _environment(fake, folder, webhook)
        # So many may be asked before the next kill that there is always something in work.
        share = -(-questions // (kills + 1))
        allowed = asyncio.Semaphore(share)
        stream = asyncio.create_task(_ask(fake, asked, questions, luck, allowed))
        done = 0
        process = await _start(env)
        while done < kills:
            before = len(fake.made("sendMessage"))
            await _until(lambda seen=before: len(fake.made("sendMessage")) > seen)
            await asyncio.sleep(luck.uniform(0, 0.3))
            process.kill()
            await process.wait()
            done += 1
            for _ in range(share):
                allowed.release()
            process = await _start(env)
        await stream
        folder_db = folder / "seller-bot.db"
        try:
            await _until(lambda: _settled(folder_db, len(asked)))
        except TimeoutError:
            print(f"not settled: {_states(folder_db)}", flush=True)
        process.terminate()
        # It may have been told to before it began to listen to that.
        if await process.wait() not in (0, -signal.SIGTERM):
            raise RuntimeError("the last process did not stop cleanly")
        return _judge(fake, asked, folder_db, done, time.monotonic() - started)


async def _ask(
    fake: FakeTelegram,
    asked: Asked,
    questions: int,
    luck: random.Random,
    allowed: asyncio.Semaphore,
) -> None:
    """Questions, some at once; half of the people in private, half in groups."""
    for _ in range(questions):
        await allowed.acquire()
        person = 1 + luck.randrange(PEOPLE)
        text = luck.choice(QUESTIONS)
        chat = person
        if person > PEOPLE // 2:
            chat, text = -100 - person % GROUPS, f"@SellerTestBot {text}"
        update = fake.say(text, person=person, chat=chat)
        asked.by[chat, person].append(update["message"]["message_id"])
        await asyncio.sleep(luck.uniform(0, 0.02))


def _environment(fake: FakeTelegram, folder: Path, webhook: bool) -> dict[str, str]:
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    env = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": fake.base,
        "TELEGRAM_RATE_TOTAL": "0",
        "TELEGRAM_RATE_CHAT": "0",
        "TELEGRAM_RATE_GROUP": "0",
        "PERSON_RATE": "0",
        "SELLER_BOT_DATA": str(folder),
        "SELLER_BOT_AS_OF": "2021-04-22T10:00",
        "HTTP_PORT": str(port),
    }
    if webhook:
        env["TELEGRAM_WEBHOOK_URL"] = f"http://127.0.0.1:{port}/telegram/hook"
        env["TELEGRAM_WEBHOOK_SECRET"] = "secret"
    return env


async def _start(env: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, stderr=asyncio.subprocess.DEVNULL
    )


async def _until(done: object) -> None:
    assert callable(done)
    async with asyncio.timeout(_LONGEST):
        while not done():
            await asyncio.sleep(0.02)


def _settled(path: Path, questions: int) -> bool:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        (done,) = db.execute("select count(*) from inbox where state = 'done'").fetchone()
        (waits,) = db.execute(
            "select count(*) from outbox where state in ('waiting', 'claimed')"
        ).fetchone()
    return bool(done >= questions and not waits)


def _states(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as db:
        return [
            row
            for box in ("inbox", "outbox")
            for row in db.execute(
                f"select '{box}', state, error, attempts, crashes, count(*) from {box}"
                " group by 2, 3, 4, 5"
            )
        ]


def _judge(fake: FakeTelegram, asked: Asked, path: Path, kills: int, seconds: float) -> Result:
    calls = fake.made("sendMessage")
    answers = _answers(path)
    quoted = _quoted(calls)
    lost = wrong_order = 0
    for (chat, _), questions in asked.by.items():
        places = []
        for message in questions:
            # The platform's own record in groups; in private the bot's, checked against it.
            place = quoted.get((chat, message)) if chat < 0 else answers.get((chat, message))
            if place is None or not any(c.message_id == place for c in calls):
                lost += 1
            else:
                places.append(place)
        wrong_order += sum(a > b for a, b in itertools.pairwise(places))
    return Result(
        questions=len(asked),
        kills=kills,
        sent=len(calls),
        lost=lost,
        out_of_order=wrong_order,
        doubles=len(calls) - _rows(path),
        seconds=seconds,
    )


def _answers(path: Path) -> dict[tuple[int, int], int]:
    """(chat, question) to the platform's id of the answer, as the bot has it."""
    with sqlite3.connect(path) as db:
        rows = db.execute(
            "select inbox.chat, inbox.message, min(cast(outbox.platform_id as integer))"
            " from inbox join outbox on outbox.inbox_id = inbox.id"
            " where outbox.kind = 'text' and outbox.state = 'sent' group by inbox.id"
        )
        return {(int(chat), int(message)): place for chat, message, place in rows}


def _rows(path: Path) -> int:
    with sqlite3.connect(path) as db:
        (count,) = db.execute(
            "select count(*) from outbox where kind = 'text' and state = 'sent'"
        ).fetchone()
        return int(count)


def _quoted(calls: list[Call]) -> dict[tuple[int, int], int]:
    """(chat, question) to the platform's id of the first message that quotes it."""
    found: dict[tuple[int, int], int] = {}
    for call in calls:
        if "reply_parameters" in call.params:
            quote = json.loads(call.params["reply_parameters"])["message_id"]
            found.setdefault((int(call.params["chat_id"]), quote), call.message_id)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=600)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = random.randrange(10**6) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    faults = Counter[str]()
    for webhook in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            result = asyncio.run(chaos(given.questions, given.kills, Path(folder), seed, webhook))
        print(f"{'webhook' if webhook else 'polling'}: {result}", flush=True)
        faults["lost"] += result.lost
        faults["out of order"] += result.out_of_order
    return 1 if +faults else 0


if __name__ == "__main__":
    sys.exit(main())
