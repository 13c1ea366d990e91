"""What the conversation needs of the tariff desk; light, since most messages never reach it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from handlers.language import Language
from handlers.reply import Part
from handlers.routing import Router
from handlers.slots import Slot
from handlers.state import State

TARIFF = "tariff"  # under this name a conversation remembers what was asked about duties
_DUTY = re.compile(
    r"关税|税率|税号|税则|税费|进口税|交.{0,6}税|[多少收加]税|税多少|加征|要交吗|hs\s?编码|"
    r"301(?:条款|部分|那|的|关税|附加|清单|税)|"
    r"\b(?:duty|duties|tariffs?|taxe?s?|hs code|hts|section 301|301 (?:part|duty|tariff|list))\b|"
    r"\bhs\s*\d"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the conversation has it: `words` for matching, `spoken` as typed.

    Both have the same length. `now` is aware.
    """

    words: str
    spoken: str
    before: State
    router: Router
    language: Language
    now: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """The answered tariff questions of a message.

    `spans` are the stretches of the message that they took, `slots` what to remember.
    """

    parts: tuple[Part, ...]
    spans: tuple[tuple[int, int], ...]
    slots: Mapping[str, Slot]

    def rest(self, text: str) -> str:
        """The text with blanks where it was taken."""
        for start, end in self.spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text


class Desk(Protocol):
    """Answers tariff questions from a table."""

    def take(self, heard: Heard) -> Taken | None:
        """The tariff questions of a message, answered; None where it holds none."""


OpenDesk: TypeAlias = Callable[[], Desk]


def may_ask(words: str, before: State) -> bool:
    """Whether it is worth opening the desk: a duty word, or duties were talked about last."""
    return before.last == TARIFF or bool(_DUTY.search(words))


def duty_word(words: str) -> bool:
    """Whether the words speak of duties at all."""
    return bool(_DUTY.search(words))
