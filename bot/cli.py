"""The command line: arguments, exit statuses, errors in plain words."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from bot.app import KnowledgeError
from bot.commands import CommandError
from bot.settings import SettingsError, read_settings

# The module of each command; only that of the command which runs is imported.
COMMANDS = {
    **{
        name: f"bot.commands.{name}"
        for name in (
            "chat", "ask", "batch", "explain", "values", "knowledge", "run", "doctor",
            "deliveries", "verify", "llm",
        )
    },
    "tariff": "bot.tariff.command",
}  # fmt: skip
FAULT, USAGE, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (2 for wrong usage or settings)."""
    _speak_utf8()
    given = sys.argv[1:] if argv is None else argv
    args = build_parser(*(name for name in given[:1] if name in COMMANDS)).parse_args(given)
    try:
        status: int = args.run(args, read_settings())
        sys.stdout.flush()
    except SettingsError as error:
        return _fail(str(error), USAGE)
    except CommandError as error:
        return _fail(str(error), FAULT)
    except KnowledgeError as error:
        return _fail(
            "the bulletins cannot be used; correct the files or SELLER_BOT_KNOWLEDGE:\n"
            + "\n".join(error.problems),
            FAULT,
        )
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has left; without this, Python would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return status


def build_parser(*names: str) -> argparse.ArgumentParser:
    """The parser of the commands named, or of all."""
    parser = argparse.ArgumentParser(
        prog="seller-bot",
        description="Exact, cited answers for Alibaba.com sellers from the platform's bulletin.",
        epilog="Settings: SELLER_BOT_* in the environment or in .env; see .env.example.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and leave")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in names or COMMANDS:
        import_module(COMMANDS[name]).add(commands)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version  # noqa: PLC0415  (late: no reply needs it)

        print(version("seller-bot"))
        parser.exit()


def _fail(message: str, status: int) -> int:
    print(f"seller-bot: {message}", file=sys.stderr)
    return status


def _speak_utf8() -> None:
    """Chinese must come out of a pipe whatever the locale says; a terminal keeps its encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
