"""From an event to its outcome: what is said, and what is kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.delivery.channel import Say
from bot.delivery.ledger import Ledger
from bot.delivery.model import (
    Answer,
    Feedback,
    Incoming,
    Outcome,
    Outgoing,
    Press,
)
from bot.delivery.thinking import Thinking
from bot.delivery.turn import Turn, acknowledge, says_of
from bot.delivery.wording import say
from handlers.conversation import Message
from handlers.language import Language
from handlers.reply import Reply

T = TypeVar("T")
_CARDS, _TITLE = 10, 80


class Answerer(Protocol):
    """The conversation, as far as the delivery needs it. `state` is plain JSON."""

    def reply(
        self, message: Message, state: Mapping[str, Any], now: datetime
    ) -> tuple[Reply, dict[str, Any]]:
        """The reply to a message, and the state after it."""

    def greeting(self, language: Language, now: datetime) -> str:
        """The first words of a chat."""

    def topics(self, language: Language, now: datetime) -> str:
        """What can be asked about."""

    def deadlines(self, language: Language, now: datetime) -> str:
        """What ends when."""

    def help(self, language: Language, now: datetime) -> str:
        """How to ask."""


class Answering:
    """Answers messages, edits and buttons; commands and the rest have modules of their own."""

    def __init__(self, answerer: Answerer, ledger: Ledger, thinking: Thinking) -> None:
        self.answerer = answerer
        self.ledger = ledger
        self.run = thinking.run

    async def message(self, turn: Turn) -> Outcome:
        """A question, or a word about an answer."""
        incoming = turn.incoming
        if replied := str(incoming.details.get("reply_to", "")):
            prompt = await self.ledger.call(
                lambda store: store.sent_message(
                    incoming.channel, incoming.account, incoming.chat, replied
                )
            )
            if prompt is not None and "word_for" in prompt.details:
                feedback = Feedback(int(prompt.details["word_for"]), "", incoming.text)
                return turn.outcome(Say(say("thanks", turn.language)), feedback=feedback)
        return await self.answer(turn, incoming.text)

    async def answer(self, turn: Turn, text: str) -> Outcome:
        """The answer to a text, in the state that the conversation is in."""
        before = dict(turn.profile.state)
        reply, state = await self._reply(turn, text, before)
        settings = {**turn.profile.settings, "spoken": reply.language}
        return turn.outcome(
            *says_of(turn, reply, turn.work.id),
            profile=replace(turn.profile, state=state, settings=settings),
            answer=_kept(turn.incoming, text, reply, before),
        )

    async def edit(self, turn: Turn) -> Outcome:
        """A question that was changed: its answer is changed, in the state before it."""
        incoming = turn.incoming
        found = await self.ledger.call(
            lambda store: (
                store.answer_to(turn.work.conversation, incoming.message),
                store.last_answer(turn.work.conversation),
            )
        )
        old, last = found
        if old is None:
            if incoming.details.get("addressed", True):
                return await self.answer(turn, incoming.text)
            return Outcome()
        if old.question == incoming.text:
            return Outcome()
        reply, state = await self._reply(turn, incoming.text, old.before)
        rows = await self.ledger.call(lambda store: store.replies_to(old.event))
        new = turn.says(*says_of(turn, reply, old.event))
        profile = turn.profile
        if last is not None and last.event == old.event:
            profile = replace(profile, state=state)
        return Outcome(
            outgoing=_edits([row for row, _ in rows], new),
            presses=tuple(turn.presses),
            profile=profile,
            answer=replace(_kept(incoming, incoming.text, reply, old.before), event=old.event),
        )

    async def press(self, turn: Turn, press: Press | None) -> Outcome:
        """A button that says something for the person, or tells what they think."""
        incoming = turn.incoming
        if press is None:
            return Outcome(outgoing=(acknowledge(incoming, say("stale", turn.language)),))
        action = press.action
        if action["do"] == "say":
            outcome = await self.answer(turn, str(action["text"]))
        else:
            return self._feedback(turn, int(action["event"]), str(action["verdict"]))
        return replace(outcome, outgoing=(acknowledge(incoming, ""), *outcome.outgoing))

    async def inline(self, turn: Turn) -> Outcome:
        """Cards for what was typed in some chat: the answer's parts, then what it might mean."""
        cards: list[dict[str, str]] = []
        if turn.incoming.text.strip():
            reply, _ = await self._reply(turn, turn.incoming.text, {})
            cards += _cards(reply)
            for choice in reply.choices[:_CARDS]:
                further, _ = await self._reply(turn, choice.text, {})
                cards += [{**card, "title": choice.label} for card in _cards(further)[:1]]
        details = {**turn.incoming.details, "cards": cards[:_CARDS]}
        lane = f"inline {turn.incoming.external_id}"
        return Outcome(
            outgoing=(Outgoing("inline", turn.incoming.chat, lane=lane, details=details),)
        )

    async def _reply(
        self, turn: Turn, text: str, state: Mapping[str, Any]
    ) -> tuple[Reply, dict[str, Any]]:
        message = Message(text, turn.incoming.setting, turn.wanted)
        return await self.run(self.answerer.reply, message, state, turn.moment)

    def _feedback(self, turn: Turn, event: int, verdict: str) -> Outcome:
        feedback = Feedback(event, verdict)
        if verdict == "up":
            return Outcome(
                outgoing=(acknowledge(turn.incoming, say("thanks", turn.language)),),
                feedback=feedback,
            )
        (prompt,) = turn.says(Say(say("word", turn.language)))
        prompt = replace(prompt, details={**prompt.details, "word_for": event})
        return Outcome(outgoing=(acknowledge(turn.incoming, ""), prompt), feedback=feedback)


def _kept(incoming: Incoming, text: str, reply: Reply, before: Mapping[str, Any]) -> Answer:
    return Answer(text, incoming.message, reply.text, reply.record(), before)


def _edits(old: list[int], new: tuple[Outgoing, ...]) -> tuple[Outgoing, ...]:
    """Change the old messages into the new ones, as far as they go."""
    changed = [
        replace(message, kind="edit", target=row) for row, message in zip(old, new, strict=False)
    ]
    surplus = [
        replace(new[0], kind="delete", text="", buttons=(), target=row) for row in old[len(new) :]
    ]
    return (*changed, *surplus, *new[len(old) :])


def _cards(reply: Reply) -> list[dict[str, str]]:
    if reply.kind == "decline":
        return []
    return [
        {"title": part.lines[0][:_TITLE], "text": "\n".join(part.lines)}
        for part in reply.parts
        if part.lines and part.kind != "decline"
    ]
