"""`seller-bot chat`: a conversation in the terminal."""

import argparse
import calendar
import locale
import os
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from bot.app import load_conversation
from bot.commands import Commands, records, terminal
from bot.commands.options import LANGUAGES, add_language, add_moment
from bot.commands.wording import day, moment, say
from bot.moments import SHANGHAI, clock, parse_moment
from bot.settings import Settings
from handlers.conversation import Conversation, Message
from handlers.language import Language, language_of
from handlers.reply import Reply

LEAVE = frozenset({"/quit", "/exit"})


def add(commands: Commands) -> None:
    parser = commands.add_parser("chat", help="talk in the terminal")
    add_moment(parser)
    add_language(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    conversation = load_conversation(settings)
    fixed = args.as_of or settings.as_of
    month = conversation.library.at(clock(fixed)).month.id
    chat = Chat(conversation, last_day(month), fixed, args.language or settings.language)
    if terminal.is_terminal():
        print(chat.greeting("offer"))
        lines = terminal.terminal_lines(settings.data, lambda: print(chat.commands()))
    else:
        print(chat.greeting("offer_line"), flush=True)
        lines = terminal.plain_lines()
    for line in lines:
        if line.strip() in LEAVE:
            break
        if answer := chat.answer(records.readable(line)):
            print(f"{answer}\n", flush=True)
    return 0


def last_day(month: str) -> date:
    """The last day of a bulletin's month ("2021-04"): by then all of it was known."""
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, calendar.monthrange(year, number)[1])


def language_of_locale(name: str | None) -> Language:
    """The language to greet in; Chinese where the locale does not say."""
    words = (name or "").replace("-", "_").casefold()
    if words.startswith("en"):
        return "en"
    return "zh-Hant" if words.startswith(("zh_tw", "zh_hk", "zh_mo", "zh_hant")) else "zh"


class Chat:
    """One person's chat: its state, the moment it answers as of, its language."""

    def __init__(
        self,
        conversation: Conversation,
        offered: date,
        as_of: datetime | None,
        language: Language | None,
    ) -> None:
        """`as_of` None answers as of now, `language` None in the language of each question."""
        self._conversation = conversation
        self._offered = offered
        self._as_of = as_of
        self._language = language
        self._spoken: Language = language or language_of_locale(
            os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0]
        )
        self._state: dict[str, Any] = {}
        self._last: Reply | None = None
        self._started = False
        self._commands: dict[str, Callable[[str], str]] = {
            "/start": lambda _: self.greeting("offer_line"),
            "/help": lambda _: (
                f"{self._conversation.help(self._spoken, self._now())}\n{self.commands()}"
            ),
            "/topics": lambda _: self._conversation.topics(self._spoken, self._now()),
            "/deadlines": lambda _: self._conversation.deadlines(self._spoken, self._now()),
            "/asof": self._set_as_of,
            "/language": self._set_language,
            "/source": lambda _: self._source(),
            "/cancel": lambda _: self._ask("never mind" if self._spoken == "en" else "算了"),
        }

    def greeting(self, offer: str) -> str:
        """The first words; `offer` names how the bulletin's month is offered, if it is."""
        lines = [self._conversation.greeting(self._spoken, self._now())]
        if self._as_of is None:
            today, offered = (
                day(when, self._spoken) for when in (self._now().date(), self._offered)
            )
            words = {"today": today, "day": offered, "iso": self._offered.isoformat()}
            lines.append(say(offer, self._spoken, **words))
        else:
            lines.append(say("as_of", self._spoken, moment=moment(self._as_of, self._spoken)))
        return "\n".join([*lines, self.commands(), ""])

    def commands(self) -> str:
        """The commands in one line."""
        return say("commands", self._spoken)

    def answer(self, line: str) -> str:
        """What is said to a line; empty for nothing."""
        first, self._started = not self._started, True
        if not line.strip():
            return self._set_as_of(self._offered.isoformat()) if self._offers(first) else ""
        if not line.lstrip().startswith("/"):
            return self._ask(line)
        word, _, rest = line.strip().partition(" ")
        command = self._commands.get(word.casefold())
        return command(rest.strip()) if command else say("unknown", self._spoken, command=word)

    def _offers(self, first: bool) -> bool:
        return first and self._as_of is None and terminal.is_terminal()

    def _now(self) -> datetime:
        return clock(self._as_of)

    def _ask(self, text: str) -> str:
        self._spoken = self._language or language_of(text) or self._spoken
        message = Message(text, language=self._language)
        reply, self._state = self._conversation.reply(message, self._state, self._now())
        self._last = reply
        self._spoken = reply.language
        return reply.text

    def _set_as_of(self, text: str) -> str:
        if text.casefold() in {"today", "now", "今天", "现在", "現在", ""}:
            self._as_of = None
            return say("as_of_today", self._spoken)
        try:
            self._as_of = parse_moment(text)
        except ValueError:
            return say("bad_as_of", self._spoken)
        if "T" not in text and self._as_of.tzinfo is SHANGHAI:
            return say("as_of", self._spoken, moment=day(self._as_of, self._spoken))
        return say("as_of", self._spoken, moment=moment(self._as_of, self._spoken))

    def _set_language(self, text: str) -> str:
        if text.casefold() in {"auto", ""}:
            self._language = None
            return say("language_auto", self._spoken)
        for known in LANGUAGES:
            if text.casefold() == known.casefold():
                self._language = self._spoken = known
                return say("language", self._spoken)
        return say("bad_language", self._spoken)

    def _source(self) -> str:
        cited = dict.fromkeys(
            c for part in (self._last.parts if self._last else ()) for c in part.citations
        )
        if not cited:
            return say("no_source", self._spoken)
        return "\n".join(
            say("source", self._spoken, bulletin=c.work, section=c.section) for c in cited
        )
