"""What the `tariff` commands do."""

import argparse
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from bot.commands import CommandError
from bot.commands.options import moment_of
from bot.settings import Settings
from bot.tariff import report
from bot.tariff.importing import ImportReport, import_lists, import_renumbering, import_schedule
from bot.tariff.knowledge import section301
from bot.tariff.rows import ImportFailed
from bot.tariff.source import Progress, kind_of
from bot.tariff.tables import open_table, tariff_folder
from tools.tariff.answer import DESTINATIONS, NeedCodeOrName, UnknownDestination, answer
from tools.tariff.units import Quantity, unit_named

_QUANTITY = re.compile(r"\s*([\d,]*\.?\d+)\s*(\D.*?)\s*")
_BAR = 30


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Run one action. Raises CommandError for what the user can put right."""
    folder = tariff_folder(settings)
    if args.action == "import":
        return _import(args, folder)
    if args.action == "editions":
        table = open_table(folder)
        print(report.editions([one for to in DESTINATIONS for one in table.editions(to)]))
        return 0
    return _answer(args, settings, folder)


def _import(args: argparse.Namespace, folder: Path) -> int:
    if not args.files and not args.section301:
        raise CommandError("name a file to import; see `seller-bot tariff import --help`")
    if len(args.files) > 1 and (args.edition or args.valid_from):
        raise CommandError("--edition and --valid-from go with one file; import one after another")
    try:
        for name in args.files:
            for done in _one(Path(name), folder, args):
                print(report.imported(done))
        if args.section301:
            print(report.imported(import_lists(Path(args.section301), folder, section301().lists)))
    except ImportFailed as error:
        raise CommandError(f"nothing was imported of this file: {error}") from error
    return 0


def _one(path: Path, folder: Path, args: argparse.Namespace) -> list[ImportReport]:
    kind = kind_of(path)
    if kind == "section301":
        return [import_lists(path, folder, section301().lists)]
    if kind == "renumbering":
        return [import_renumbering(path, folder)]
    progress, finish = _bar(path.name)
    try:
        return import_schedule(
            path,
            folder,
            edition=args.edition,
            starts=args.valid_from,
            ends=args.valid_to,
            progress=progress,
        )
    finally:
        finish()


def _bar(name: str) -> tuple[Progress, Callable[[], None]]:
    """A progress bar on standard error when that is a terminal, and how to end it."""
    if not sys.stderr.isatty():
        return (lambda _: None), (lambda: None)
    drawn = -1

    def progress(share: float) -> None:
        nonlocal drawn
        filled = int(share * _BAR)
        if filled != drawn:
            drawn = filled
            bar = "#" * filled + "." * (_BAR - filled)
            print(f"\r{name} [{bar}] {share:4.0%}", end="", file=sys.stderr, flush=True)

    return progress, lambda: print(file=sys.stderr)


def _answer(args: argparse.Namespace, settings: Settings, folder: Path) -> int:
    table = open_table(folder)
    computing = args.action == "duty"
    destination = args.to.upper()
    editions = table.editions(destination)
    found = answer(
        table,
        " ".join(args.product),
        destination=destination,
        value=args.value if computing else None,
        quantities=[_quantity(text) for text in args.quantity] if computing else (),
        origin=args.origin.upper() if computing else "CN",
        on=moment_of(args, settings).date(),
        currency=editions[0].currency if editions else "USD",
    )
    print(report.answered(found))
    return int(isinstance(found, UnknownDestination | NeedCodeOrName))


def _quantity(text: str) -> Quantity:
    found = _QUANTITY.fullmatch(text)
    unit = unit_named(found[2]) if found else None
    if not found or not unit:
        raise CommandError(f"not a quantity: {text!r}; write for example '500 kg' or '1200 pairs'")
    return Quantity(Decimal(found[1].replace(",", "")), unit)
