"""`seller-bot batch`: conversations from standard input, replies to standard output."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.commands import Commands, records
from bot.commands.options import SETTINGS, add_language, add_moment
from bot.commands.records import LineError
from bot.commands.with_llm import Answerer, add_llm, answerer
from bot.moments import clock, parse_moment
from bot.settings import Settings
from handlers.conversation import Message


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a line that does not say otherwise; `as_of` is None for now."""

    as_of: datetime | None
    language: Any


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "batch",
        help="answer many conversations",
        description="Reads one JSON object a line from standard input (id, turns, and if wanted"
        " setting and as_of) and writes one a line, in the same order.",
    )
    add_moment(parser)
    add_language(parser)
    add_llm(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    defaults = Defaults(args.as_of or settings.as_of, args.language or settings.language)
    conversation = answerer(args, settings)
    return records.answer_lines(sys.stdin.buffer, partial(_replies, conversation, defaults))


def moment_of_line(record: Mapping[str, Any], default: datetime | None) -> datetime:
    """The time at which the line is asked; LineError where it cannot be read."""
    given = record.get("as_of")
    if given is None:
        return clock(default)
    if not isinstance(given, str):
        raise LineError("`as_of` must be a string")
    try:
        return parse_moment(given)
    except ValueError as error:
        raise LineError(f"`as_of`: {error}") from None


def _replies(
    conversation: Answerer, defaults: Defaults, record: Mapping[str, Any]
) -> dict[str, Any]:
    turns = record.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise LineError("`turns` must be a list of one or more strings")
    setting: Any = record.get("setting") or "dm"
    if setting not in SETTINGS:
        raise LineError(f"`setting` must be one of {', '.join(SETTINGS)}")
    now = moment_of_line(record, defaults.as_of)
    state: dict[str, Any] = {}
    replies = []
    for turn in turns:
        message = Message(records.readable(turn), setting, defaults.language)
        reply, state = conversation.reply(message, state, now)
        replies.append(reply.record())
    return {"replies": replies}
