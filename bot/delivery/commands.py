"""Commands, the same in every channel: a name and an argument."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.delivery.answering import Answering
from bot.delivery.channel import Say
from bot.delivery.model import Chat, Outcome
from bot.delivery.turn import Turn, acknowledge
from bot.delivery.wording import kept, say
from bot.moments import parse_moment
from handlers.language import Language

COMMANDS = (
    "start", "help", "topics", "deadlines", "asof", "language", "source", "forget", "cancel",
    "context",
)  # fmt: skip
_LANGUAGES: Mapping[str, Language] = {
    "zh": "zh", "中文": "zh", "chinese": "zh", "简体": "zh", "zh-hans": "zh",
    "zh-hant": "zh-Hant", "繁體": "zh-Hant", "繁体": "zh-Hant", "traditional": "zh-Hant",
    "en": "en", "english": "en", "英文": "en", "英语": "en",
}  # fmt: skip
NOW = ("now", "off", "today", "现在", "今天", "恢复")
_LANGUAGE_BUTTONS = (("中文", "zh"), ("繁體", "zh-Hant"), ("English", "en"), ("auto", "auto"))


class Commands:
    """What each command comes to."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._commands: Mapping[str, Callable[[Turn, str], Awaitable[Outcome]]] = {
            "start": self._start,
            "help": self._help,
            "topics": self._topics,
            "deadlines": self._deadlines,
            "asof": self._asof,
            "language": self._language,
            "source": self._source,
            "forget": self._forget,
            "cancel": self._cancel,
            "context": self._context,
        }

    async def run(self, turn: Turn, command: str, argument: str) -> Outcome:
        """The outcome of a command; an unknown one is answered kindly."""
        known = self._commands.get(command)
        if known is None:
            return turn.outcome(Say(say("unknown_command", turn.language), turn.menu()))
        return await known(turn, argument.strip())

    async def menu(self, turn: Turn) -> Outcome:
        """A short menu."""
        return turn.outcome(Say(say("menu", turn.language), turn.menu()))

    async def press(self, turn: Turn, action: Mapping[str, Any]) -> Outcome:
        """A button that stands for a command."""
        outcome = await self.run(turn, str(action["command"]), str(action.get("text", "")))
        return replace(outcome, outgoing=(acknowledge(turn.incoming, ""), *outcome.outgoing))

    async def _start(self, turn: Turn, payload: str) -> Outcome:
        greeting = await self._answering.run(
            self._answering.answerer.greeting, turn.language, turn.moment
        )
        first = Say(f"{greeting}\n\n{kept(turn.language, turn.rules.retention_days)}", turn.menu())
        subject = turn.rules.subjects.get(payload)
        if subject is None:
            return turn.outcome(first)
        answer = await self._answering.answer(
            turn, subject["en" if turn.language == "en" else "zh"]
        )
        return replace(
            answer,
            outgoing=(*turn.says(first), *answer.outgoing),
            presses=tuple(turn.presses),
        )

    async def _help(self, turn: Turn, _: str) -> Outcome:
        text = await self._answering.run(self._answering.answerer.help, turn.language, turn.moment)
        return turn.outcome(Say(text, turn.menu()))

    async def _topics(self, turn: Turn, _: str) -> Outcome:
        answerer = self._answering.answerer
        text = await self._answering.run(answerer.topics, turn.language, turn.moment)
        return turn.outcome(Say(text))

    async def _deadlines(self, turn: Turn, _: str) -> Outcome:
        answerer = self._answering.answerer
        text = await self._answering.run(answerer.deadlines, turn.language, turn.moment)
        return turn.outcome(Say(text))

    async def _asof(self, turn: Turn, argument: str) -> Outcome:
        if not argument:
            return turn.outcome(Say(say("asof_help", turn.language)))
        if argument.casefold() in NOW:
            text, as_of = say("asof_now", turn.language), None
        else:
            try:
                as_of = parse_moment(argument)
            except ValueError:
                return turn.outcome(Say(say("asof_help", turn.language)))
            shown = as_of.strftime("%Y-%m-%d %H:%M")
            text = say("asof_set", turn.language, moment=shown)
        return turn.outcome(Say(text), profile=replace(turn.profile, as_of=as_of))

    async def _language(self, turn: Turn, argument: str) -> Outcome:
        wanted = argument.casefold()
        if wanted in ("auto", "自动", "any"):
            profile = replace(turn.profile, language=None)
            return turn.outcome(Say(say("language_auto", turn.language)), profile=profile)
        language = _LANGUAGES.get(wanted)
        if language is None:
            buttons = tuple(
                turn.button(label, do="command", command="language", text=text)
                for label, text in _LANGUAGE_BUTTONS
            )
            return turn.outcome(Say(say("language_ask", turn.language), (buttons,)))
        profile = replace(turn.profile, language=language)
        return turn.outcome(Say(say("language_set", language)), profile=profile)

    async def _source(self, turn: Turn, _: str) -> Outcome:
        answer = await self._answering.ledger.call(
            lambda store: store.last_answer(turn.work.conversation)
        )
        if answer is None:
            return turn.outcome(Say(say("source_none", turn.language)))
        lines = [line for part in answer.record["parts"] for line in _sources(part, turn.language)]
        text = "\n".join(dict.fromkeys(lines)) or say("source_no_rule", turn.language)
        return turn.outcome(Say(text))

    async def _forget(self, turn: Turn, _: str) -> Outcome:
        said = Say(say("forgotten", turn.language), private=True)
        return turn.outcome(said, forget=turn.incoming.person_key())

    async def _cancel(self, turn: Turn, _: str) -> Outcome:
        profile = replace(turn.profile, state={})
        return turn.outcome(Say(say("cancelled", turn.language)), profile=profile)

    async def _context(self, turn: Turn, argument: str) -> Outcome:
        incoming = turn.incoming
        if not incoming.group:
            return turn.outcome(Say(say("context_group_only", turn.language)))
        if argument not in ("person", "group"):
            return turn.outcome(Say(say("context_help", turn.language)))
        if not await turn.channel.is_admin(incoming):
            return turn.outcome(Say(say("context_admin_only", turn.language)))
        kept_of = await self._answering.ledger.call(
            lambda store: store.chat(incoming.channel, incoming.account, incoming.chat)
        )
        chat = Chat({**kept_of.settings, "context": argument}, kept_of.stopped)
        return turn.outcome(Say(say(f"context_{argument}", turn.language)), chat=chat)


# A rule of a bulletin, or a line of a tariff edition.
_PLACE = ("bulletin", "source", "edition", "section")


def _sources(part: Mapping[str, Any], language: Language) -> list[str]:
    """The rules behind a part of an answer, and the facts that they were applied to."""
    rules = [
        " · ".join(cited[key] for key in _PLACE if key in cited)
        for cited in part.get("citations", ())
    ]
    if not rules:
        return []
    lines = [say("source", language, rules=rule) for rule in rules]
    if facts := part.get("arguments"):
        shown = ", ".join(f"{name} = {_shown(value)}" for name, value in facts.items())
        lines.append(say("source_facts", language, facts=shown))
    return lines


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part is not None)
    return str(value)
