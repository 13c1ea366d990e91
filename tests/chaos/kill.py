"""`make chaos`: the real process is killed again and again under a stream of questions.

In the end every question must have its answer, in order within each conversation. A message that
was sent but not yet marked as sent when the process died is sent again: such doubles are counted.
"""

import asyncio
import itertools
import json
import random
import socket
import sqlite3
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot.processes import environment, serve
from tests.chaos.killing import (
    AS_OF,
    GROUPS,
    LONGEST,
    PEOPLE,
    QUESTIONS,
    database,
    finish,
    main,
    settled,
)
from tests.fake_telegram import TOKEN, Call, FakeTelegram


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
        process = await serve(env)
        while done < kills:
            before = len(fake.made("sendMessage"))
            await fake.until(lambda seen=before: len(fake.made("sendMessage")) > seen, LONGEST)
            await asyncio.sleep(luck.uniform(0, 0.3))
            process.kill()
            await process.wait()
            done += 1
            for _ in range(share):
                allowed.release()
            process = await serve(env)
        await stream
        await finish(process, folder, lambda: settled(folder, len(asked)))
        return _judge(fake, asked, database(folder), done, time.monotonic() - started)


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
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    env = environment(
        folder,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_BASE=fake.base,
        TELEGRAM_RATE_TOTAL="0",
        TELEGRAM_RATE_CHAT="0",
        TELEGRAM_RATE_GROUP="0",
        HTTP_PORT=str(port),
        **AS_OF,
    )
    if webhook:
        env["TELEGRAM_WEBHOOK_URL"] = f"http://127.0.0.1:{port}/telegram/hook"
        env["TELEGRAM_WEBHOOK_SECRET"] = "secret"
    return env


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


def _run(questions: int, kills: int, seed: int) -> bool:
    faults = 0
    for webhook in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            result = asyncio.run(chaos(questions, kills, Path(folder), seed, webhook))
        print(f"{'webhook' if webhook else 'polling'}: {result}", flush=True)
        faults += result.lost + result.out_of_order
    return not faults


if __name__ == "__main__":
    main(__doc__, 600, _run)
