"""`seller-bot values`: the values that the grammar finds in texts."""

import argparse
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from bot.app import load_bulletins, unit_words
from bot.commands import Commands, records
from bot.commands.batch import moment_of_line
from bot.commands.options import add_moment
from bot.settings import Settings
from handlers.values import find_values, to_record


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "values",
        help="find amounts, shares, counts and dates in texts",
        description="Reads one JSON object a line from standard input (id, text, and if wanted"
        " as_of) and writes the values found, one object a line, in the same order.",
    )
    add_moment(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    units = unit_words(load_bulletins(settings))
    find = partial(_values, units, args.as_of or settings.as_of)
    return records.answer_lines(sys.stdin.buffer, find)


def _values(
    units: Mapping[str, str], default: datetime | None, record: Mapping[str, Any]
) -> dict[str, Any]:
    text = records.readable(records.text_of(record, "text"))
    found = find_values(text, moment_of_line(record, default), units)
    return {"values": [to_record(value) for value in found]}
