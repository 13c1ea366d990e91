"""`python -m tests.bot.dingtalk.kill`: the real process is killed under a stream of questions.

The gateway pushes again what was not acknowledged, as DingTalk may; a message that was
acknowledged never comes again, so whatever is lost then was lost by the bot.
"""

import asyncio
import itertools
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
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
from tests.fake_dingtalk import CLIENT_ID, CLIENT_SECRET, FakeDingTalk


@dataclass
class Result:
    """`unmarked` are the answers that came again: those that had left, but were not yet marked."""

    questions: int
    kills: int
    lost: int
    out_of_order: int
    doubles: int
    unmarked: int

    def __str__(self) -> str:
        return (
            f"{self.questions} questions, {self.kills} kills: {self.lost} lost,"
            f" {self.out_of_order} out of order, {self.doubles} doubles,"
            f" {self.unmarked} of them sends that were accepted and not yet marked"
        )


async def chaos(questions: int, kills: int, folder: Path, seed: int) -> Result:
    """Ask and kill; the result when all has been answered."""
    luck = random.Random(seed)
    async with FakeDingTalk(redeliver=0.5, queue=True, latency=0.004) as fake:
        asked: dict[str, list[str]] = {}
        env = _environment(fake, folder)
        process, done, crashed = await serve(env), 0, Counter[str]()
        share = questions // (kills + 1) + 1
        for number in range(questions):
            person = f"p{luck.randrange(PEOPLE)}"
            chat = f"g{luck.randrange(GROUPS)}" if luck.random() < 0.5 else None
            data = fake.say(luck.choice(QUESTIONS), person=person, chat=chat)
            session = data["sessionWebhook"].rsplit("-", 1)[1]
            asked.setdefault(f"{chat} {person}", []).append(session)
            await asyncio.sleep(luck.uniform(0, 0.01))
            if number % share == share - 1 and done < kills:
                seen = len(fake.sent)
                await fake.until(lambda seen=seen: len(fake.sent) > seen, LONGEST)
                await asyncio.sleep(luck.uniform(0, 0.2))
                process.kill()
                await process.wait()
                done += 1
                crashed += _claimed(folder)
                process = await serve(env)
        every = {session for sessions in asked.values() for session in sessions}

        def answered() -> bool:
            return every <= {sent.to for sent in fake.sent} and settled(folder, questions)

        await finish(process, folder, answered)
        return _judge(fake, asked, done, crashed)


def _judge(
    fake: FakeDingTalk, asked: dict[str, list[str]], kills: int, crashed: Counter[str]
) -> Result:
    times = Counter(sent.to for sent in fake.sent if not sent.errcode)
    first: dict[str, int] = {}
    for place, sent in enumerate(fake.sent):
        first.setdefault(sent.to, place)
    lost = sum(times[s] == 0 for sessions in asked.values() for s in sessions)
    wrong = 0
    for sessions in asked.values():
        # Redelivery is not in order: what was taken late was asked late.
        places = [first[s] for s in sessions if s in first]
        wrong += sum(a > b for a, b in itertools.pairwise(places))
    doubles = sum(count - 1 for count in times.values())
    unmarked = sum(min(count - 1, crashed[session]) for session, count in times.items())
    return Result(sum(map(len, asked.values())), kills, lost, wrong, doubles, unmarked)


def _claimed(folder: Path) -> Counter[str]:
    """The sessions of the messages that were on their way when the process died."""
    with sqlite3.connect(database(folder)) as db:
        rows = db.execute("select payload from outbox where state = 'claimed'").fetchall()
        return Counter(json.loads(row)["details"]["webhook"].rsplit("-", 1)[1] for (row,) in rows)


def _environment(fake: FakeDingTalk, folder: Path) -> dict[str, str]:
    return environment(
        folder,
        DINGTALK_CLIENT_ID=CLIENT_ID,
        DINGTALK_CLIENT_SECRET=CLIENT_SECRET,
        DINGTALK_OPENAPI_ENDPOINT=fake.base,
        DINGTALK_ALLOWED_WEBHOOK_HOSTS=fake.base,
        DINGTALK_RATE_GROUP="0",
        **AS_OF,
    )


def _run(questions: int, kills: int, seed: int) -> bool:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(chaos(questions, kills, Path(folder), seed))
    print(f"dingtalk: {result}; {time.monotonic() - began:.0f} s", flush=True)
    return not result.lost and result.doubles == result.unmarked


if __name__ == "__main__":
    main(__doc__, 500, _run)
