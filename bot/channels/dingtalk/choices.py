"""What stands for a button: the number of a choice, its words, or a thumb; and words on a thumb."""

import re
from dataclasses import replace

from bot.channels.dingtalk.compose import numbered
from bot.delivery.model import Button, Incoming
from bot.delivery.store import Store

_NUMBER = re.compile(
    r"(?:第\s*|[选選]\s*|no\.?\s*|#)?(\d{1,2})\s*(?:[个個项項号號])?[.。)）、]?", re.I
)
_THUMBS = ("👍", "👎")
_PROMPT = re.compile(r"哪里不对|哪裡不對|What was wrong")


def resolve(store: Store, incoming: Incoming) -> Incoming:
    """The press that a message stands for, by the last answer of its conversation; else itself."""
    if incoming.kind != "message" or incoming.setting == "forward":
        return incoming
    quoted = str(incoming.details.get("quotes_me", ""))
    text = incoming.text.strip()
    wants_word = bool(_PROMPT.search(quoted))
    if len(text) > 80 and not wants_word:
        return incoming
    chat = store.chat(incoming.channel, incoming.account, incoming.chat)
    key = incoming.conversation(str(chat.settings.get("context", "person")))
    answer = store.last_answer(key)
    if answer is None:
        return incoming
    if wants_word:
        details = {**incoming.details, "reply_to": prompt_id(answer.event)}
        return replace(incoming, details=details)
    rows = [row for _, sent in store.replies_to(answer.event) for row in sent.buttons]
    if button := _meant(text, rows):
        return replace(incoming, kind="press", text=button.press)
    return incoming


def prompt_id(event: int) -> str:
    """Under which the request for a word about an answer is kept: DingTalk gives no id."""
    return f"word {event}"


def _meant(text: str, rows: list[tuple[Button, ...]]) -> Button | None:
    thumb = text.rstrip("\ufe0f🏻🏼🏽🏾🏿 ")
    buttons = [button for row in rows for button in row]
    choices = numbered(rows)
    for button in buttons:
        if button.label == thumb and thumb in _THUMBS:
            return button
    for button in choices:
        if button.label.casefold() == text.casefold():
            return button
    found = _NUMBER.fullmatch(text)
    if found and 1 <= int(found[1]) <= len(choices):
        return choices[int(found[1]) - 1]
    return None
