"""Scores the conversation on files of questions, in process.

`python -m benchmarks.score [--by topic|kind|setting|lang] [--show N] [--min PERCENT] FILE…`

An item passes when the reply to its last turn has an expected kind and topic, every pattern of
`all` is found in its text and none of `none`. The status is 1 below --min.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.app import load_conversation
from bot.moments import parse_moment
from bot.settings import Settings
from handlers.conversation import Conversation, Message

DEFAULT_AS_OF = "2021-04-22T10:00"
_SPACE = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def bare(text: str) -> str:
    """The text as patterns see it: half-width, without thousands commas and white space."""
    return _SPACE.sub("", _THOUSANDS.sub("", unicodedata.normalize("NFKC", text)))


def wanted(value: Any) -> list[Any]:
    """What an expectation accepts: a single value or a list of them; None accepts nothing."""
    return value if isinstance(value, list) else [] if value is None else [value]


def faults(expect: Mapping[str, Any], reply: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a reply; nothing where it passes."""
    kinds, topics = wanted(expect["kind"]), [t for t in wanted(expect.get("topic")) if t]
    if reply["kind"] not in kinds:
        yield f"{reply['kind']} where {' or '.join(kinds)} is expected"
    elif topics and reply["kind"] != "decline" and not set(topics) & set(reply["topics"]):
        yield f"topics {reply['topics']} where {topics} are expected"
    text = bare(reply["text"])
    if not text:
        yield "no text"
    yield from (f"lacks {p}" for p in expect.get("all", ()) if not re.search(p, text, re.I))
    yield from (f"contains {p}" for p in expect.get("none", ()) if re.search(p, text, re.I))


def last_reply(conversation: Conversation, item: Mapping[str, Any]) -> dict[str, Any]:
    """The record of the reply to the item's last turn, as it comes out of JSON."""
    now = parse_moment(item.get("as_of", DEFAULT_AS_OF))
    state: dict[str, Any] = {}
    record: dict[str, Any] = {}
    for turn in item["turns"]:
        message = Message(turn, item.get("setting", "dm"))
        reply, state = conversation.reply(message, json.loads(json.dumps(state)), now)
        record = json.loads(json.dumps(reply.record()))
    return record


def judged(conversation: Conversation, item: Mapping[str, Any]) -> tuple[list[str], str]:
    """What is wrong with the last reply, and its text; a crash is one more fault."""
    try:
        reply = last_reply(conversation, item)
    except Exception as error:  # the score of the others is wanted too
        return [f"raised {type(error).__name__}: {error}"], ""
    return list(faults(item["expect"], reply)), reply["text"]


def read(paths: list[Path]) -> list[dict[str, Any]]:
    """The items of the files, in order."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return [json.loads(line) for line in lines if line.strip()]


def group(item: Mapping[str, Any], by: str) -> str:
    expect = item["expect"]
    found = expect.get(by) if by in ("topic", "kind") else item.get(by, "dm")
    return str(next(iter(wanted(found)), "none"))


def main() -> int:
    parser = argparse.ArgumentParser(description="score the conversation on files of questions")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--by", choices=("topic", "kind", "setting", "lang"), default="topic")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N failed items")
    parser.add_argument("--min", type=float, default=0.0, metavar="PERCENT")
    args = parser.parse_args()
    conversation = load_conversation(Settings())
    passed, total = Counter[str](), Counter[str]()
    for item in read(args.files):
        key = group(item, args.by)
        found, said = judged(conversation, item)
        total[key] += 1
        passed[key] += not found
        if found and total.total() - passed.total() <= args.show:
            print(f"{item['id']}: {'; '.join(found)[:300]}")
            print(f"  asked {item.get('as_of', DEFAULT_AS_OF)}: {' / '.join(item['turns'])}")
            print(f"  said: {said!r}")
    for key in sorted(total):
        print(f"{key:24} {passed[key]:5} of {total[key]:5}")
    share = 100 * passed.total() / max(total.total(), 1)
    print(f"{'all':24} {passed.total():5} of {total.total():5}  {share:.1f} %")
    return int(share < args.min)


if __name__ == "__main__":
    sys.exit(main())
