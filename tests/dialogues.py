"""Dialogues in the docs: found, replayed and, by `python -m tests.dialogues`, written anew.

A dialogue stands in a block that begins with three back ticks and `seller-bot as-of=2021-04-22`.
A line that begins with `> ` is typed; what follows up to the next one is the reply.
"""

import re
from pathlib import Path
from typing import Any

from bot.app import load_conversation
from bot.moments import parse_moment
from bot.settings import Settings
from handlers.conversation import Conversation, Message

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```seller-bot as-of=(?P<as_of>\S+)\n(?P<body>.*?)^```", re.M | re.S)


def turns(body: str) -> list[tuple[str, str]]:
    """What was typed and what was replied, blank lines at the ends left out."""
    typed = re.split(r"^> ", body, flags=re.M)[1:]
    pairs = (turn.partition("\n") for turn in typed)
    return [(text, reply.strip()) for text, _, reply in pairs]


def replay(conversation: Conversation, as_of: str, body: str) -> list[tuple[str, str]]:
    """What is typed in the dialogue, with what the bot replies to it."""
    now, state = parse_moment(as_of), dict[str, Any]()
    said = []
    for text, _ in turns(body):
        reply, state = conversation.reply(Message(text), state, now)
        said.append((text, reply.text.strip()))
    return said


def main() -> None:
    """Write the replies of all dialogues anew; read them before you commit them."""
    conversation = load_conversation(Settings())

    def anew(block: re.Match[str]) -> str:
        said = replay(conversation, block["as_of"], block["body"])
        body = "\n\n".join(f"> {text}\n{reply}" for text, reply in said)
        return f"```seller-bot as-of={block['as_of']}\n{body}\n```"

    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if (renewed := BLOCK.sub(anew, text)) != text:
            page.write_text(renewed, encoding="utf-8")


if __name__ == "__main__":
    main()
