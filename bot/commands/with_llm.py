"""The argument --llm, and the conversation that it asks for."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.app import load_conversation
from bot.commands import CommandError
from bot.data import data_folder
from bot.settings import Settings
from handlers.conversation import Message
from handlers.reply import Reply


class Answerer(Protocol):
    """A conversation, with or without a model beside it."""

    def reply(
        self, message: Message, state: Mapping[str, Any], now: datetime
    ) -> tuple[Reply, dict[str, Any]]:
        """The reply to a message, and the state after it."""


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
