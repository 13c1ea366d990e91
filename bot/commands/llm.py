"""`seller-bot llm`: the switch of the language model, and whether it can be reached."""

import argparse
import time

from bot.commands import CommandError, Commands
from bot.data import data_folder
from bot.llm.client import LangchainProvider
from bot.llm.errors import LlmError
from bot.llm.settings import LlmSettings, read_llm_settings
from bot.llm.store import is_off, switch
from bot.settings import Settings

REMEDIES = {
    "timeout": "no reply within LLM_TIMEOUT: raise it, or choose a faster model",
    "refused": "cannot be reached: check LLM_BASE_URL and the network",
    "denied": "refuses: check LLM_API_KEY, LLM_MODEL, and that its package is installed",
    "limited": "has no quota left (429): wait, or raise the quota at the provider",
    "failed": "fails (5xx): the provider's side, try again later",
    "empty": "answers with no text: choose another model",
    "busy": "is busy with other calls: raise LLM_MAX_CONCURRENCY",
    "garbled": "answers with something that is no completion: check LLM_BASE_URL",
}


def add(commands: Commands) -> None:
    parser = commands.add_parser("llm", help="switch the language model off or on, or show it")
    parser.add_argument(
        "state", nargs="?", choices=("on", "off"), help="takes effect at once in running processes"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
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


def reach(settings: LlmSettings) -> tuple[bool, str]:
    """One call of the model: whether it answered, and in plain words how or why not."""
    began = time.monotonic()
    try:
        LangchainProvider(settings).complete("Answer with the word OK.", "OK?")
    except LlmError as error:
        return False, f"{settings.llm_model} {REMEDIES[error.trouble]}"
    return True, f"{settings.llm_model} answered in {time.monotonic() - began:.1f} s"
