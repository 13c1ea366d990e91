"""Stand-ins for the two sides of the delivery: a conversation and a platform."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.delivery.channel import Health, Say, SendError
from bot.delivery.engine import Delivery
from bot.delivery.limits import Limits
from bot.delivery.model import Incoming, Outgoing
from bot.delivery.rules import Rules
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.store import Lease
from bot.delivery.thinking import InThreads
from handlers.conversation import Message
from handlers.language import Language
from handlers.reply import Choice, Citation, Part, Reply

NOW = datetime(2021, 4, 22, 2, 0, tzinfo=UTC)
ME_NOW = Lease("me", NOW + timedelta(seconds=60))


class Echo:
    """Answers with the question and how many there were before it in the conversation."""

    def __init__(self) -> None:
        self.slow: dict[str, float] = {}
        self.poison: set[str] = set()
        self.asked: list[tuple[str, datetime]] = []

    def reply(
        self, message: Message, state: Mapping[str, Any], now: datetime
    ) -> tuple[Reply, dict[str, Any]]:
        self.asked.append((message.text, now))
        time.sleep(self.slow.get(message.text, 0))
        if message.text in self.poison:
            raise ZeroDivisionError(message.text)
        count = int(state.get("count", 0)) + 1
        text = f"{count}: {message.text}"
        part = Part(
            "answer",
            "echo",
            (text,),
            tool="echo",
            arguments={"text": message.text},
            citations=(Citation("2021-04", "echo", "1 Echo"),),
            choices=(Choice("more", "tell me more"),),
        )
        paste, note = (text, "note") if message.setting == "forward" else (None, None)
        reply = Reply("answer", message.language or "en", text, (part,), paste=paste, note=note)
        return reply, {"count": count}

    def greeting(self, language: Language, now: datetime) -> str:
        return f"greeting {language}"

    def topics(self, language: Language, now: datetime) -> str:
        return f"topics {language}"

    def deadlines(self, language: Language, now: datetime) -> str:
        return f"deadlines {language} {now.date()}"

    def help(self, language: Language, now: datetime) -> str:
        return f"help {language}"


class Platform:
    """A channel that records what is sent, and fails as it is told to."""

    name, account = "fake", "bot"

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.sent: list[tuple[Outgoing, str]] = []
        self.faults: list[SendError | Exception] = []
        self.broken: dict[str, SendError] = {}
        self.latency = 0.0
        self.admins: set[str] = set()
        self.shown: list[str] = []
        self.times: list[float] = []

    def compose(self, incoming: Incoming, says: Sequence[Say]) -> tuple[Outgoing, ...]:
        return tuple(
            Outgoing(
                "text",
                incoming.chat,
                text=say.text,
                quote=incoming.message,
                buttons=say.buttons,
                group=incoming.group,
                private=say.private,
            )
            for say in says
        )

    async def send(self, outgoing: Outgoing, target: str) -> str:
        await asyncio.sleep(self.latency)
        if self.faults:
            raise self.faults.pop(0)
        if outgoing.chat in self.broken:
            raise self.broken[outgoing.chat]
        self.sent.append((outgoing, target))
        self.times.append(time.monotonic())
        return f"p{len(self.sent)}"

    async def working(self, incoming: Incoming) -> None:
        self.shown.append(incoming.chat)

    async def is_admin(self, incoming: Incoming) -> bool:
        return incoming.person in self.admins

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def close(self) -> None:
        pass

    def health(self, now: datetime) -> list[Health]:
        return []

    def texts(self, chat: str | None = None) -> list[str]:
        return [
            outgoing.text
            for outgoing, _ in self.sent
            if outgoing.kind != "ack" and chat in (None, outgoing.chat)
        ]


def message(external_id: str, text: str = "", **fields: Any) -> Incoming:
    """A message in chat c1 by person p1, unless told otherwise."""
    base = Incoming(
        "fake", "bot", external_id, "message", "c1", person="p1", text=text or external_id,
        message=f"m{external_id}",
    )  # fmt: skip
    return replace(base, **fields)


class Running:
    """A delivery at work on a fake platform, for `async with`."""

    def __init__(self, folder: Path, **rules: Any) -> None:
        self.echo = Echo()
        self.platform = Platform(rules.pop("limits", None))
        self.delivery = Delivery(
            folder, lambda: SqliteStore(folder / "bot.db"), self.echo, Rules(**rules), InThreads()
        )

    async def __aenter__(self) -> "Running":
        await self.delivery.open()
        self.delivery.add(self.platform)
        await self.delivery.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.delivery.stop()
        await self.delivery.close()

    async def say(self, *events: Incoming) -> None:
        """These events come in."""
        for event in events:
            await self.delivery.accept(event)

    async def idle(self, longest: float = 10) -> None:
        """Until nothing waits."""
        async with asyncio.timeout(longest):
            while True:
                backlog = await self.delivery.ledger.call(
                    lambda store: store.backlog(self.delivery.clock())
                )
                if not backlog.inbox and not backlog.outbox:
                    return
                await asyncio.sleep(0.005)


def later(seconds: float) -> datetime:
    """NOW and some seconds."""
    return NOW + timedelta(seconds=seconds)
