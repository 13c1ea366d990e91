"""`seller-bot verify`: does a text say what a reply says?"""

import argparse
import sys
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.app import load_conversation
from bot.commands import CommandError, Commands, records
from bot.commands.ask import question_of
from bot.commands.options import SETTINGS, add_language, add_moment, moment_of
from bot.commands.records import LineError
from bot.settings import Settings
from handlers.conversation import Message

if TYPE_CHECKING:
    from bot.llm.guard import Guard


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "verify",
        help="check a text against a reply",
        description="Reads one JSON object a line from standard input (id, reply, text) and writes"
        " {id, accepted, why}; or checks --text against the reply to --question.",
    )
    parser.add_argument("--question", help="check a draft of your own against the answer to this")
    parser.add_argument("--text", help="the draft; - reads it from standard input")
    parser.add_argument("--setting", choices=SETTINGS, default="dm", help="where it is asked")
    add_moment(parser)
    add_language(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if (args.question is None) != (args.text is None):
        raise CommandError("--question and --text belong together; give both, or neither")
    conversation = load_conversation(settings)
    from bot.llm.guard import Guard  # noqa: PLC0415  (late: no other command reads its patterns)
    from bot.llm.names import known_names  # noqa: PLC0415

    guard = Guard(known_names(conversation.library))
    if args.question is None:
        return records.answer_lines(sys.stdin.buffer, partial(_verdict, guard))
    message = Message(
        records.readable(args.question), args.setting, args.language or settings.language
    )
    reply, _ = conversation.reply(message, {}, moment_of(args, settings))
    refusals = guard.refusals(reply.record(), question_of([args.text]))
    if not refusals:
        print("accepted")
        return 0
    print("not accepted:")
    for refusal in refusals:
        print(f"- {refusal}")
    return 1


def _verdict(guard: "Guard", record: Mapping[str, Any]) -> dict[str, Any]:
    reply = record.get("reply")
    if not isinstance(reply, dict) or not isinstance(reply.get("text"), str):
        raise LineError("`reply` must be a reply record with `text`")
    refusals = guard.refusals(reply, records.text_of(record, "text"))
    return {"accepted": not refusals, "why": [str(refusal) for refusal in refusals]}
