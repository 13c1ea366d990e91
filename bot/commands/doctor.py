"""`seller-bot doctor`: what is right, what is wrong, and what to do about it."""

import argparse
import asyncio
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.app import KnowledgeError, load_bulletins
from bot.channels.settings import ChannelSettings, read_channel_settings
from bot.commands import Commands
from bot.data import DATABASE, data_folder
from bot.delivery.channel import Health
from bot.delivery.clock import utc_now
from bot.settings import Settings, SettingsError

_FEW = 100 * 1024 * 1024


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "doctor", help="check settings, database, clock and channels; say what to do"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    findings = []
    for finding in _examine(settings):
        print(f"{'ok  ' if finding.ok else 'WRONG'} {finding.name}: {finding.word}", flush=True)
        findings.append(finding)
    wrong = sum(not finding.ok for finding in findings)
    print("all is well" if not wrong else f"{wrong} to put right")
    return 1 if wrong else 0


def _examine(settings: Settings) -> Iterator[Health]:
    yield _bulletins(settings)
    yield from _database(settings)
    try:
        channels = read_channel_settings()
    except SettingsError as error:
        yield from (Health("setting", False, line) for line in str(error).splitlines())
        return
    yield Health("settings", True, "can be used")
    yield _model()
    yield _port(channels)
    yield from _telegram(channels)
    yield from _dingtalk(channels)


def _model() -> Health:
    from bot.llm.reach import reach  # noqa: PLC0415  (late: no other command needs it)
    from bot.llm.settings import read_llm_settings  # noqa: PLC0415

    try:
        llm = read_llm_settings()
    except SettingsError as error:
        return Health("model", False, "; ".join(str(error).splitlines()))
    if llm.llm_model is None:
        return Health("model", True, "not configured: replies are templates (LLM_MODEL)")
    return Health("model", *reach(llm))


def _bulletins(settings: Settings) -> Health:
    try:
        library = load_bulletins(settings)
    except KnowledgeError as error:
        return Health("bulletins", False, f"{len(error.problems)} faults: seller-bot knowledge")
    return Health("bulletins", True, f"the newest is of {library.newest.month.id}")


def _database(settings: Settings) -> Iterator[Health]:
    from bot.delivery.sqlite.store import SqliteStore  # noqa: PLC0415  (late: heavy)

    folder = data_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield Health("data", False, f"{folder} cannot be written ({error.strerror}): change its"
                      " owner, or set SELLER_BOT_DATA")  # fmt: skip
        return
    yield _space(folder)
    try:
        store = SqliteStore(folder / DATABASE)
        backlog = store.backlog(utc_now())
        store.close()
    except Exception as error:
        yield Health("database", False, f"{folder / DATABASE} cannot be used"
                      f" ({type(error).__name__}): restore it from a backup, or move it away to"
                      " begin anew")  # fmt: skip
        return
    yield Health(
        "database", True, f"{backlog.inbox} events wait, {backlog.outbox} messages are to be sent"
    )
    if backlog.dead:
        yield Health(
            "deliveries",
            False,
            f"{backlog.dead} messages were given up: seller-bot deliveries lists them",
        )


def _space(folder: Path) -> Health:
    disk = os.statvfs(folder)
    free = disk.f_bavail * disk.f_frsize
    word = f"{free // 2**20} MB are free at {folder}"
    return Health("disk", free > _FEW, word if free > _FEW else f"{word}: make room")


def _port(channels: ChannelSettings) -> Health:
    where = f"{channels.http_host}:{channels.http_port}"
    try:
        with socket.create_server((channels.http_host, channels.http_port)):
            return Health("http", True, f"{where} is free")
    except OSError as error:
        word = f"{where} is not free ({error.strerror}): is the bot running? Else set HTTP_PORT"
        return Health("http", True, word)


def _dingtalk(channels: ChannelSettings) -> Iterator[Health]:
    if "dingtalk" not in channels.channels():
        yield Health(
            "dingtalk",
            True,
            "not configured: set DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET to answer there",
        )
        return
    from bot.channels.dingtalk.checks import check  # noqa: PLC0415  (late: heavy)

    yield from asyncio.run(check(channels, utc_now))


def _telegram(channels: ChannelSettings) -> Iterator[Health]:
    token = channels.telegram_bot_token
    if token is None:
        yield Health(
            "telegram", True, "not configured: set TELEGRAM_BOT_TOKEN to answer in Telegram"
        )
        return
    from bot.channels.telegram.checks import check  # noqa: PLC0415  (late: heavy)

    yield from asyncio.run(check(channels, token.get_secret_value(), utc_now))
