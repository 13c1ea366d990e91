"""Arguments that several commands take."""

import argparse
from datetime import datetime

from bot.moments import clock, parse_moment
from bot.settings import Settings
from handlers.language import Language

LANGUAGES: tuple[Language, ...] = ("zh", "zh-Hant", "en")
SETTINGS = ("dm", "group", "forward")


def add_moment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of",
        type=_moment,
        metavar="TIME",
        help="answer as of this ISO 8601 date or time, Asia/Shanghai without an offset"
        " (default: SELLER_BOT_AS_OF, else now)",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        help="language of the reply (default: SELLER_BOT_LANGUAGE, else that of the question)",
    )


def moment_of(args: argparse.Namespace, settings: Settings) -> datetime:
    """The moment at which to answer: the argument, else the setting, else now."""
    fixed: datetime | None = args.as_of or settings.as_of
    return clock(fixed)


def _moment(text: str) -> datetime:
    try:
        return parse_moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
