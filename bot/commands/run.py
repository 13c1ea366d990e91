"""`seller-bot run`: all configured channels in one process."""

import argparse
import asyncio
import sqlite3

from bot import logs
from bot.channels.settings import read_channel_settings
from bot.commands import CommandError, Commands
from bot.data import data_folder
from bot.settings import Settings


def add(commands: Commands) -> None:
    parser = commands.add_parser("run", help="serve all configured channels until stopped")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    channels = read_channel_settings()
    if not channels.channels():
        raise CommandError(
            "no channel is configured: set TELEGRAM_BOT_TOKEN, or DINGTALK_CLIENT_ID and"
            " DINGTALK_CLIENT_SECRET, for example in .env"
        )
    from bot.llm.settings import read_llm_settings  # noqa: PLC0415  (late: it is slow to import)

    llm = read_llm_settings()
    logs.set_up([*channels.secrets(), *llm.secrets()])
    from bot import serving  # noqa: PLC0415  (late: no other command needs a server)

    try:
        asyncio.run(serving.run(settings, channels, llm))
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CommandError(
            f"cannot serve on {channels.http_host}:{channels.http_port} or write to"
            f" {data_folder(settings)}: {reason};"
            " set HTTP_PORT or SELLER_BOT_DATA"
        ) from None
    return 0
