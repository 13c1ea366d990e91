"""From what is to be said to messages: numbered choices, the asker named, several as one. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.channels.dingtalk.texts import PIECE_BYTES, pieces, size
from bot.channels.dingtalk.words import is_word, spoken
from bot.delivery.channel import Say
from bot.delivery.model import Button, Incoming, Outgoing
from handlers.language import language_of

_WAY_BACK = ("webhook", "expires", "staff", "robot", "webhook_refused")
_BETWEEN = "\n\n"
_PICK = {"zh": "回复数字即可选择", "en": "Reply with a number to choose"}
_ALSO = {"zh": "也可以发送：", "en": "You may also send: "}
_SEND = {"zh": "可以发送：", "en": "You may send: "}
_HEARD = {"zh": "您说的是：「{said}」", "en": "You said: “{said}”"}


def compose(incoming: Incoming, says: Sequence[Say]) -> tuple[Outgoing, ...]:
    """Messages that fit; in a group the first names who asked."""
    way = {name: incoming.details[name] for name in _WAY_BACK if name in incoming.details}
    found: list[Outgoing] = []
    for say in says:
        text = say.text if say.plain else _with_choices(spoken(say.text), say.buttons)
        if not found and not say.plain:
            text = _heard(incoming, text)
        parts = pieces(text)
        for number, part in enumerate(parts):
            details = {**way, **({"plain": True} if say.plain else {})}
            if incoming.group and not found and way.get("staff"):
                details["mention"] = [way["staff"]]
            found.append(
                Outgoing(
                    "text",
                    incoming.chat,
                    text=part,
                    quote=incoming.message if not found else "",
                    buttons=say.buttons if number == len(parts) - 1 else (),
                    group=incoming.group,
                    private=say.private,
                    details=details,
                )
            )
    return tuple(found)


def numbered(rows: Sequence[Sequence[Button]]) -> list[Button]:
    """The buttons that have numbers, in order: those whose label cannot simply be sent."""
    return [button for row in rows for button in row if not is_word(button.label)]


def merged(messages: Sequence[Outgoing]) -> tuple[Outgoing, int]:
    """As many of a chat's messages as fit into one, and how many these are."""
    first, count = messages[0], 1
    if not _can_merge(first):
        return first, 1
    named = _named(first)
    text, details, mentioned = named + first.text, first.details, _mentioned(first)
    for message in messages[1:]:
        again = _named(message) or ("" if message.quote else named)
        more = _BETWEEN + (again if again != named else "") + message.text
        if not _can_merge(message) or size(text + more) > PIECE_BYTES:
            break
        named, text, count = again, text + more, count + 1
        details = _newer(details, message.details)
        mentioned += _mentioned(message)
    if count == 1:
        return first, 1
    details = {**details, "mention": list(dict.fromkeys(mentioned)), "named": True}
    return replace(first, text=text, details=details), count


def _can_merge(message: Outgoing) -> bool:
    details = message.details
    return message.kind == "text" and not details.get("plain") and "word_for" not in details


def _mentioned(message: Outgoing) -> list[str]:
    return list(message.details.get("mention", ()))


def _named(message: Outgoing) -> str:
    """The line that names who is meant; empty where a reply goes on, or nobody can be named."""
    names = " ".join(f"@{staff}" for staff in _mentioned(message))
    return f"{names}\n" if names else ""


def _newer(one: Mapping[str, Any], other: Mapping[str, Any]) -> Mapping[str, Any]:
    """The details of the message whose way back lasts longer."""
    return other if (other.get("expires") or 0) > (one.get("expires") or 0) else one


def _with_choices(text: str, rows: Sequence[Sequence[Button]]) -> str:
    language = _tongue(text)
    lines = list(_choices(rows, language))
    return text + "\n\n" + "\n".join(lines) if lines else text


def _choices(rows: Sequence[Sequence[Button]], language: str) -> Iterator[str]:
    choices = numbered(rows)
    if choices:
        yield _PICK[language]
        yield from (f"{number}. {button.label}" for number, button in enumerate(choices, 1))
    words = [button.label for row in rows for button in row if is_word(button.label)]
    if words:
        if choices:
            yield ""
        yield (_ALSO if choices else _SEND)[language] + " · ".join(words)


def _heard(incoming: Incoming, text: str) -> str:
    said = incoming.details.get("heard")
    if not said:
        return text
    return _HEARD[_tongue(text)].format(said=" ".join(str(said).split())) + "\n\n" + text


def _tongue(text: str) -> str:
    return "en" if language_of(text) == "en" else "zh"
