"""Dialogues in the docs are real: each is replayed, word for word."""

import pytest

from bot.app import load_conversation
from bot.settings import Settings
from handlers.conversation import Conversation
from tests.dialogues import BLOCK, PAGES, ROOT, replay, turns

DIALOGUES = [
    pytest.param(block["as_of"], block["body"], id=f"{page.name}-{number}")
    for page in PAGES
    for number, block in enumerate(BLOCK.finditer(page.read_text(encoding="utf-8")), start=1)
]


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    return load_conversation(Settings())


@pytest.mark.parametrize(("as_of", "body"), DIALOGUES)
def test_a_dialogue_is_what_the_bot_says(conversation: Conversation, as_of: str, body: str) -> None:
    """`python -m tests.dialogues` writes the replies anew where the wording changed on purpose."""
    assert replay(conversation, as_of, body) == turns(body)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_has_a_dialogue(name: str) -> None:
    assert BLOCK.search((ROOT / name).read_text(encoding="utf-8"))
