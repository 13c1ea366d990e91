"""`seller-bot explain`: how a message was understood."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from bot.app import load_conversation
from bot.commands import Commands, records
from bot.commands.ask import question_of
from bot.commands.options import SETTINGS, add_language, add_moment, moment_of
from bot.settings import Settings
from handlers.conversation import Message


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "explain", help="show how a question is understood, without answering it"
    )
    parser.add_argument("question", nargs="+", help="the question; - reads it from standard input")
    parser.add_argument("--setting", choices=SETTINGS, default="dm", help="where it is asked")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_moment(parser)
    add_language(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    message = Message(question_of(args.question), args.setting, args.language or settings.language)
    found = load_conversation(settings).explain(message, {}, moment_of(args, settings))
    if args.json:
        records.write(found)
    else:
        print("\n".join(outline(found)))
    return 0


def outline(value: Any, indent: str = "") -> Iterator[str]:
    """Nested plain data as indented lines; what is empty is left out."""
    entries = value.items() if isinstance(value, Mapping) else enumerate(value, start=1)
    for name, inner in entries:
        if inner is None or inner in ({}, [], ()):
            continue
        if not isinstance(inner, Mapping | list | tuple):
            yield f"{indent}{name}: {inner}"
        elif all(not isinstance(i, Mapping | list | tuple) for i in _values(inner)) and (
            len(line := _inline(inner)) + len(indent) <= 100
        ):
            yield f"{indent}{name}: {line}"
        else:
            yield f"{indent}{name}:"
            yield from outline(inner, indent + "  ")


def _values(inner: Any) -> Any:
    return inner.values() if isinstance(inner, Mapping) else inner


def _inline(inner: Any) -> str:
    if isinstance(inner, Mapping):
        return ", ".join(f"{name} {value}" for name, value in inner.items() if value is not None)
    return ", ".join(str(value) for value in inner)
