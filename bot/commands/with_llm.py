"""The argument --llm, and the conversation that it asks for."""

import argparse
from typing import TYPE_CHECKING, TypeAlias

from bot.app import load_conversation
from bot.commands import CommandError
from bot.data import data_folder
from bot.settings import Settings
from handlers.conversation import Conversation

if TYPE_CHECKING:
    from bot.llm.conversation import PhrasedConversation

Answerer: TypeAlias = "Conversation | PhrasedConversation"


def add_llm(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--llm",
        action="store_true",
        help="let the model of LLM_MODEL phrase the replies (default: offline, templates)",
    )


def answerer(args: argparse.Namespace, settings: Settings) -> Answerer:
    """The conversation that the arguments ask for; CommandError where no model is configured."""
    conversation = load_conversation(settings)
    if not args.llm:
        return conversation
    from bot.llm.assembly import with_model  # noqa: PLC0415  (late: offline answers need none of it)
    from bot.llm.settings import read_llm_settings  # noqa: PLC0415

    llm = read_llm_settings()
    if llm.llm_model is None:
        raise CommandError("no model is configured: set LLM_MODEL, for example in .env")
    return with_model(conversation, llm, data_folder(settings))
