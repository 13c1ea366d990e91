"""One event being answered, and how a reply is said in a chat."""

import secrets
from datetime import datetime
from typing import Any

from bot.delivery.channel import Channel, Say
from bot.delivery.model import Button, Incoming, Outcome, Outgoing, Press, Profile, Work
from bot.delivery.rules import Rules
from bot.delivery.wording import say
from handlers.language import Language
from handlers.reply import Reply

_CHOICES, _LABEL = 8, 60


class Turn:
    """One event being answered: collects what is said and what buttons do."""

    def __init__(self, work: Work, channel: Channel, rules: Rules, now: datetime) -> None:
        self.work = work
        self.channel = channel
        self.rules = rules
        self.now = now
        self.incoming: Incoming = work.incoming
        self.profile: Profile = work.profile
        self.presses: list[Press] = []

    @property
    def wanted(self) -> Language | None:
        """The language of answers, as set; None for that of the question."""
        return self.profile.language or self.rules.language

    @property
    def language(self) -> Language:
        """The language of what is no answer: as set, else as last spoken, else as the person's."""
        spoken: Language | None = self.profile.settings.get("spoken")
        return self.wanted or spoken or self.incoming.locale or "zh"

    @property
    def moment(self) -> datetime:
        """The moment as of which to answer."""
        return self.profile.as_of or self.rules.as_of or self.now

    def button(self, label: str, **action: Any) -> Button:
        """A button that does something when it is pressed."""
        press = Press(secrets.token_urlsafe(9), action)
        self.presses.append(press)
        return Button(label, press.id)

    def menu(self) -> tuple[tuple[Button, ...], ...]:
        """The buttons of what can be asked without a question."""
        names = ("topics", "deadlines", "help")
        return (
            tuple(
                self.button(say(name, self.language), do="command", command=name) for name in names
            ),
        )

    def says(self, *says: Say) -> tuple[Outgoing, ...]:
        """The messages that say it."""
        return self.channel.compose(self.incoming, says)

    def outcome(self, *says: Say, **more: Any) -> Outcome:
        """What the event comes to, with what was said and the buttons in it."""
        return Outcome(outgoing=self.says(*says), presses=tuple(self.presses), **more)


def says_of(turn: Turn, reply: Reply, event: int) -> list[Say]:
    """What a reply is in a chat: one message to read, or one to paste and one with notes."""
    if reply.paste is not None:
        says = [Say(reply.paste, plain=True)]
        if reply.note:
            says.append(Say(reply.note))
        return says
    rows: list[tuple[Button, ...]] = [
        (turn.button(choice.label[:_LABEL], do="say", text=choice.text),)
        for choice in reply.choices[:_CHOICES]
    ]
    if reply.kind != "ask":
        last = [
            turn.button("👍", do="feedback", event=event, verdict="up"),
            turn.button("👎", do="feedback", event=event, verdict="down"),
        ]
        if any(part.citations for part in reply.parts):
            label = say("source_button", reply.language)
            last.insert(0, turn.button(label, do="command", command="source"))
        rows.append(tuple(last))
    text = reply.text
    if turn.profile.as_of is not None:
        date = turn.profile.as_of.strftime("%Y-%m-%d %H:%M")
        text += "\n\n" + say("asof_set", reply.language, moment=date)
    return [Say(text, tuple(rows))]


def acknowledge(incoming: Incoming, text: str) -> Outgoing:
    """The button that was pressed stops waiting; `text` is shown for a moment."""
    lane = f"ack {incoming.external_id}"
    return Outgoing("ack", incoming.chat, text=text, lane=lane, details=dict(incoming.details))
