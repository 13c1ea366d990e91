"""`seller-bot llm`: the switch of the language model."""

import argparse

from bot.commands import CommandError, Commands
from bot.data import data_folder
from bot.settings import Settings


def add(commands: Commands) -> None:
    parser = commands.add_parser("llm", help="switch the language model off or on, or show it")
    parser.add_argument(
        "state", nargs="?", choices=("on", "off"), help="takes effect at once in running processes"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    from bot.llm.settings import read_llm_settings  # noqa: PLC0415  (late: other commands need none)
    from bot.llm.store import is_off, switch  # noqa: PLC0415

    folder = data_folder(settings)
    if args.state is not None:
        try:
            switch(folder, args.state)
        except OSError as error:
            raise CommandError(
                f"{folder} cannot be written ({error.strerror}): set SELLER_BOT_DATA"
            ) from None
    llm = read_llm_settings()
    print(f"model: {llm.llm_model or 'none, replies are templates (set LLM_MODEL)'}")
    print(f"switch: {'off' if is_off(folder) else 'on'}")
    return 0
