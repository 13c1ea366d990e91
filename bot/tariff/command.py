"""`seller-bot tariff`: its arguments; the work is imported only when the command runs."""

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.commands import Commands
from bot.commands.options import add_moment
from bot.settings import Settings


def add(commands: Commands) -> None:
    """Declare `tariff` with import, editions, lookup and duty."""
    parser = commands.add_parser(
        "tariff", help="import tariff schedules, look lines up, compute duties"
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION", dest="action")
    _add_import(actions)
    actions.add_parser("editions", help="list the schedules that there are").set_defaults(run=run)
    lookup = actions.add_parser("lookup", help="find the line of a product or a code")
    _add_question(lookup)
    duty = actions.add_parser("duty", help="compute the duty on a consignment")
    _add_question(duty)
    duty.add_argument(
        "--value", type=_amount, metavar="AMOUNT", help="customs value in the table's currency"
    )
    duty.add_argument(
        "--quantity",
        action="append",
        default=[],
        metavar="'N UNIT'",
        help="how many of a unit, for example '500 kg' or '1200 pairs'; may be repeated",
    )
    duty.add_argument(
        "--origin", default="CN", metavar="COUNTRY", help="country of origin (default: CN)"
    )


def _add_import(actions: Commands) -> None:
    parser = actions.add_parser(
        "import",
        help="load schedules, Section 301 lists or HS renumbering",
        description="Loads the JSON and CSV exports of the USITC, the UK tariff file, a Section 301"
        " list file (columns hts8 and list) or HS renumbering (hs6_2022, hs6_2017); .gz is read too."
        " Each file is loaded wholly or not at all; loading it again replaces it.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument(
        "--edition", metavar="NAME", help="name of the edition (default: the file's)"
    )
    parser.add_argument(
        "--valid-from", type=_day, metavar="DATE", help="first day in force, if the name has none"
    )
    parser.add_argument("--valid-to", type=_day, metavar="DATE", help="last day in force")
    parser.add_argument(
        "--section301", metavar="FILE", help="list file for editions without footnotes"
    )
    parser.set_defaults(run=run)


def _add_question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("product", nargs="+", metavar="NAME-OR-CODE")
    parser.add_argument(
        "--to", default="US", metavar="COUNTRY", help="destination: US, GB or EU (default: US)"
    )
    add_moment(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do what the arguments say; returns the exit status (1 when nothing is found)."""
    from bot.tariff import actions  # noqa: PLC0415 - late: no other command needs the tables

    return actions.run(args, settings)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"write a date as YYYY-MM-DD, not {text!r}") from None


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"not an amount: {text!r}") from None
    if not amount.is_finite() or amount < 0:
        raise argparse.ArgumentTypeError(f"not an amount: {text!r}")
    return amount
