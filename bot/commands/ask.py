"""`seller-bot ask`: one question, one reply."""

import argparse
import os
import sys

from bot.commands import CommandError, Commands, records
from bot.commands.options import SETTINGS, add_language, add_moment, moment_of
from bot.commands.with_llm import add_llm, answerer
from bot.settings import Settings
from handlers.conversation import Message


def add(commands: Commands) -> None:
    parser = commands.add_parser("ask", help="answer one question")
    parser.add_argument("question", nargs="+", help="the question; - reads it from standard input")
    parser.add_argument("--setting", choices=SETTINGS, default="dm", help="where it is asked")
    parser.add_argument("--json", action="store_true", help="print the whole reply record")
    add_moment(parser)
    add_language(parser)
    add_llm(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    message = Message(
        text=question_of(args.question),
        setting=args.setting,
        language=args.language or settings.language,
    )
    reply, _ = answerer(args, settings).reply(message, {}, moment_of(args, settings))
    if args.json:
        records.write(reply.record())
    else:
        print(reply.text)
    return 0


def question_of(words: list[str]) -> str:
    """The question that was typed, or that stands on standard input; CommandError for none."""
    # Arguments are decoded by the locale; what it could not read may still be UTF-8.
    given = sys.stdin.buffer.read() if words == ["-"] else os.fsencode(" ".join(words))
    text = given.decode("utf-8", "replace")
    if not text.strip():
        raise CommandError("the question is empty; write it behind the command, in quotes")
    return text
