"""`seller-bot deliveries`: what waits and what was given up; try it again."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from bot.commands import CommandError, Commands
from bot.data import DATABASE, data_folder
from bot.delivery.clock import utc_now
from bot.delivery.store import Store
from bot.settings import Settings

_MOST = 200


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "deliveries", help="list messages that were given up, or try them again"
    )
    parser.add_argument(
        "--retry",
        nargs="+",
        metavar="BOX/NUMBER",
        default=(),
        help="try these again, named as in the list, for example inbox/12; all for all of them",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    with _store(settings) as store:
        if args.retry:
            return _retry(store, args.retry)
        backlog = store.backlog(utc_now())
        print(f"{backlog.inbox} events wait, {backlog.outbox} messages are to be sent")
        letters = store.dead_letters(_MOST)
        print(f"{backlog.dead} were given up" + (":" if letters else ""))
        for letter in letters:
            print(
                f"{letter.box}/{letter.id}  {letter.channel}  {letter.since:%Y-%m-%d %H:%M} UTC"
                f"  {letter.attempts} attempts  {letter.error}"
            )
    return 0


def _retry(store: Store, names: list[str]) -> int:
    if names == ["all"]:
        names = [f"{letter.box}/{letter.id}" for letter in store.dead_letters(_MOST)]
    for name in names:
        box, _, number = name.partition("/")
        if box not in ("inbox", "outbox") or not number.isdecimal():
            raise CommandError(f"{name} is no name of a dead letter; write it like inbox/12")
        if not store.retry(box, int(number), utc_now()):
            raise CommandError(f"there is no dead letter {name}; list them without --retry")
        print(f"{name} is tried again")
    return 0


@contextmanager
def _store(settings: Settings) -> Iterator[Store]:
    from bot.delivery.sqlite.store import SqliteStore  # noqa: PLC0415  (late: heavy)

    path = data_folder(settings) / DATABASE
    if not path.exists():
        raise CommandError(f"there is no database at {path}; `seller-bot run` makes it")
    store = SqliteStore(path)
    try:
        yield store
    finally:
        store.close()
