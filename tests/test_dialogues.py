"""Dialogues in the docs are real: each is replayed, word for word.

A dialogue stands in a block that begins with three back ticks and `seller-bot as-of=2021-04-22`.
A line that begins with `> ` is typed; what follows up to the next one is the reply.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import load_conversation
from bot.moments import parse_moment
from bot.settings import Settings
from handlers.conversation import Conversation, Message

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```seller-bot as-of=(?P<as_of>\S+)\n(?P<body>.*?)^```", re.M | re.S)


def dialogues() -> Iterator[Any]:
    for page in PAGES:
        for n, block in enumerate(BLOCK.finditer(page.read_text(encoding="utf-8")), start=1):
            yield pytest.param(block["as_of"], block["body"], id=f"{page.name}-{n}")


def turns(body: str) -> list[tuple[str, str]]:
    """What was typed and what was replied, blank lines at the ends left out."""
    typed = re.split(r"^> ", body, flags=re.M)[1:]
    pairs = (turn.partition("\n") for turn in typed)
    return [(text, reply.strip()) for text, _, reply in pairs]


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    return load_conversation(Settings())


@pytest.mark.parametrize(("as_of", "body"), dialogues())
def test_a_dialogue_is_what_the_bot_says(conversation: Conversation, as_of: str, body: str) -> None:
    now, state = parse_moment(as_of), dict[str, Any]()
    said = []
    for text, _ in turns(body):
        reply, state = conversation.reply(Message(text), state, now)
        said.append((text, reply.text.strip()))

    assert said == turns(body)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_has_a_dialogue(name: str) -> None:
    assert BLOCK.search((ROOT / name).read_text(encoding="utf-8"))
