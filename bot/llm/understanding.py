"""Lets a model say what a question is about, where the router could not.

The model picks from a fixed list, and its pick only counts where the router sees something in it
as well. The question is then asked again with the subject's title in front, so that the subject,
the values and the verdict are found by our own code, or asked for.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.llm import prompts
from bot.llm.phrasing import Phraser
from handlers.conversation import Conversation, Message
from handlers.reply import Reply
from handlers.values import find_values
from knowledge.library import View
from knowledge.model import Computable

_LONGEST = 600  # characters of a question that a model gets to see
_CANDIDATES = 8
_PRIVATE = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "[email]"),
    (re.compile(r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])"), "[phone]"),
    (re.compile(r"(?<![0-9])\+?[0-9]{1,3}[- ](?:[0-9]{2,4}[- ]){1,3}[0-9]{3,4}(?![0-9])"), "[phone]"),
    (re.compile(r"(?<![0-9])0[0-9]{2,3}[- ][0-9]{7,8}(?![0-9])"), "[phone]"),
    (re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{0,4}[0-9]{9,}(?![0-9])"), "[number]"),
    (re.compile(r"[\u4e00-\u9fff]{2,12}(?:省|市|区|县)[\u4e00-\u9fffA-Za-z0-9]{0,20}?[0-9一-十]+(?:号|弄|栋|室|楼)[\u4e00-\u9fffA-Za-z0-9]{0,12}"), "[address]"),
    (re.compile(r"\b[0-9]{1,5} (?:[A-Z][a-z]+ ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Blvd)\b\.?"), "[address]"),
)  # fmt: skip


def masked(text: str) -> str:
    """The text without phone numbers, e-mail and postal addresses, order numbers; one piece."""
    for pattern, word in _PRIVATE:
        text = pattern.sub(word, text)
    text = re.sub(r"</?\s*question\s*>", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split())[:_LONGEST]


@dataclass(frozen=True, slots=True)
class Clearer:
    """The question in clearer words, and the item that it must lead to."""

    message: Message
    item: str

    def confirmed(self, reply: Reply) -> bool:
        """Whether our own understanding came to that item, and to it alone."""
        return [part.item for part in reply.parts] == [self.item]


class Understander:
    """Asks the model what a question is about."""

    def __init__(self, conversation: Conversation, phraser: Phraser) -> None:
        self._conversation, self._phraser = conversation, phraser

    def clearer(self, message: Message, state: Mapping[str, Any], now: datetime) -> Clearer | None:
        """The question with its subject named; None where there is no help to be had."""
        view = self._conversation.library.at(now)
        candidates = self._candidates(message, state, now)
        if not candidates or self._phraser.may_call():
            return None
        system = prompts.UNDERSTANDING.format(items=_listed(view, candidates))
        question = f"<question>\n{masked(message.text)}\n</question>"
        answer = _parsed(self._phraser.complete(system, question))
        item = answer.get("item")
        if not isinstance(item, str) or item not in candidates:
            return None
        text = _named(message.text, answer.get("values"), view, item, now)
        known = view[item].item
        title = known.title.en if message.text.isascii() else known.title.zh
        separator = ": " if message.text.isascii() else "："
        return Clearer(replace(message, text=f"{title}{separator}{text}"), item)

    def _candidates(
        self, message: Message, state: Mapping[str, Any], now: datetime
    ) -> tuple[str, ...]:
        """Items in which the router sees anything at all, the likeliest first."""
        parts = self._conversation.explain(message, state, now)["parts"]
        if len(parts) != 1:
            return ()
        return tuple(c["item"] for c in parts[0]["candidates"][:_CANDIDATES])


def _listed(view: View, candidates: tuple[str, ...]) -> str:
    lines = []
    for name in candidates:
        item = view[name].item
        fields = getattr(item, "fields", ()) if isinstance(item, Computable) else ()
        told = "; ".join(f"{field.id} = {field.name.en}" for field in fields)
        lines.append(
            f"- {name}: {item.title.en} / {item.title.zh}" + (f" (fields: {told})" if told else "")
        )
    return "\n".join(lines)


def _parsed(text: str | None) -> dict[str, Any]:
    """The JSON object of an answer; empty where there is none."""
    match = re.search(r"\{.*\}", text or "", re.DOTALL)
    try:
        found = json.loads(match.group()) if match else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _named(text: str, values: Any, view: View, item: str, now: datetime) -> str:
    """The text with a field's name in front of each value that our grammar finds at those words."""
    fields = {field.id: field for field in getattr(view[item].item, "fields", ())}
    english = text.isascii()
    for value in values if isinstance(values, list) else []:
        if not isinstance(value, dict):
            continue
        field, words = fields.get(str(value.get("field"))), value.get("words")
        if field is None or not isinstance(words, str) or not words or text.count(words) != 1:
            continue
        at = text.index(words)
        found = find_values(text, now)
        if any(v.start <= at + len(words) and at <= v.start for v in found):
            name = f"{field.name.en} " if english else field.name.zh
            text = f"{text[:at]}{name}{text[at:]}"
    return text
