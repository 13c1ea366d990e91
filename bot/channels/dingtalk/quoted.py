"""What a callback of DingTalk says in words, in all the shapes in which it says it. Pure."""

import json
from collections.abc import Mapping
from typing import Any

_DEEP = 6
_PLACES = ("repliedMsg", "quoteMessage", "quotedMessage", "replyMessage")
_TEXTS = ("text", "content", "recognition", "markdown", "richText", "body", "title")


def mapping(value: Any) -> Mapping[str, Any]:
    """The value where it is an object, or JSON of one; else an empty one."""
    value = _opened(value)
    return value if isinstance(value, Mapping) else {}


def text_of(value: Any, depth: int = 0) -> str:
    """The words in a text, a list of runs, an object, or JSON of these; without pictures."""
    value = _opened(value)
    if isinstance(value, str):
        return value
    if depth > _DEEP:
        return ""
    if isinstance(value, list):
        return "".join(text_of(part, depth + 1) for part in value)
    if isinstance(value, Mapping):
        for name in _TEXTS:
            if value.get(name) and (found := text_of(value[name], depth + 1)):
                return found
    return ""


def quoted(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message that is replied to, wherever it stands; empty where there is none."""
    for holder in (mapping(data.get("text")), mapping(data.get("content")), data):
        for place in _PLACES:
            if found := mapping(holder.get(place)):
                return found
    return {}


def quoted_text(message: Mapping[str, Any]) -> str:
    """What the quoted message itself says; not what it quotes in turn."""
    for name in ("content", "text", "richText", "body"):
        if found := text_of(message.get(name)).strip():
            return found
    return ""


def _opened(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value
