"""From messages to Telegram's calls, and from its errors to ours."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.texts import as_html, pieces
from bot.delivery.channel import Gone, Moved, Refused, Say, SendError, TryAgain
from bot.delivery.model import Incoming, Outgoing

_LOG = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_RIGHT = ("not enough rights", "have no rights", "chat not found", "need administrator rights")
_CACHE_SECONDS = 30


def compose(incoming: Incoming, says: Sequence[Say]) -> tuple[Outgoing, ...]:
    """Messages that fit; in a group the first quotes what it answers."""
    quote = incoming.message if incoming.group else ""
    found: list[Outgoing] = []
    for say in says:
        parts = pieces(say.text)
        for number, text in enumerate(parts):
            found.append(
                Outgoing(
                    "text",
                    incoming.chat,
                    thread=incoming.thread,
                    text=text,
                    quote="" if found else quote,
                    buttons=say.buttons if number == len(parts) - 1 else (),
                    group=incoming.group,
                    private=say.private,
                    details={} if say.plain or number else {"emphasis": True},
                )
            )
    return tuple(found)


async def send(bot: Bot, outgoing: Outgoing, target: str) -> str:
    """One call; Telegram's id of the message. Raises SendError."""
    try:
        match outgoing.kind:
            case "text":
                return await _text(bot, outgoing)
            case "edit":
                return await _edit(bot, outgoing, target)
            case "delete":
                return await _delete(bot, outgoing, target)
            case "ack":
                await _ignoring_what_is_too_old(
                    bot.answer_callback_query(outgoing.details["query"], text=outgoing.text or None)
                )
                return ""
            case "inline":
                await _ignoring_what_is_too_old(_inline(bot, outgoing))
                return ""
    except TelegramError as error:
        raise translated(error) from None


def translated(error: TelegramError) -> SendError:
    """What an error of Telegram's means for a message. Its text is kept only where it is known."""
    match error:
        case RetryAfter():
            wait = error._retry_after
            return TryAgain("429", wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        case ChatMigrated(new_chat_id=chat):
            return Moved(str(chat))
        case Forbidden():
            return Gone("403 blocked or removed")
        case BadRequest(message=text):
            known = next((word for word in _NO_RIGHT if word in text.lower()), None)
            return Gone(f"400 {known}") if known else Refused("400 refused")
    return TryAgain(type(error).__name__)


async def _text(bot: Bot, outgoing: Outgoing) -> str:
    async def call(text: str, mode: str | None, thread: str) -> str:
        sent = await bot.send_message(
            outgoing.chat,
            text,
            parse_mode=mode,
            message_thread_id=int(thread) if thread else None,
            reply_parameters=_quote(outgoing),
            reply_markup=_markup(outgoing),
            link_preview_options=_NO_PREVIEW,
        )
        return str(sent.message_id)

    async def in_thread(text: str, mode: str | None) -> str:
        try:
            return await call(text, mode, outgoing.thread)
        except BadRequest as error:
            if "thread not found" not in error.message.lower():
                raise
            return await call(text, mode, "")

    return await _html_else_plain(outgoing, in_thread)


async def _edit(bot: Bot, outgoing: Outgoing, target: str) -> str:
    async def call(text: str, mode: str | None) -> str:
        await bot.edit_message_text(
            text,
            outgoing.chat,
            int(target),
            parse_mode=mode,
            reply_markup=_keyboard(outgoing),
            link_preview_options=_NO_PREVIEW,
        )
        return target

    if not target:
        return await _text(bot, outgoing)
    try:
        return await _html_else_plain(outgoing, call)
    except BadRequest as error:
        if "not modified" in error.message.lower():
            return target
        return await _text(bot, outgoing)  # too old to be edited, or gone


async def _delete(bot: Bot, outgoing: Outgoing, target: str) -> str:
    if target:
        await _ignoring_what_is_too_old(bot.delete_message(outgoing.chat, int(target)))
    return ""


async def _inline(bot: Bot, outgoing: Outgoing) -> None:
    cards = [
        InlineQueryResultArticle(
            str(number), card["title"], InputTextMessageContent(pieces(card["text"])[0])
        )
        for number, card in enumerate(outgoing.details["cards"])
    ]
    await bot.answer_inline_query(outgoing.details["query"], cards, cache_time=_CACHE_SECONDS)


async def _ignoring_what_is_too_old(call: Awaitable[Any]) -> None:
    try:
        await call
    except BadRequest:
        _LOG.info("too old to be answered")


async def _html_else_plain(
    outgoing: Outgoing, call: Callable[[str, str | None], Awaitable[str]]
) -> str:
    emphasis = bool(outgoing.details.get("emphasis"))
    try:
        return await call(as_html(outgoing.text, emphasis), ParseMode.HTML)
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        _LOG.warning("Telegram could not read the markup; sent as plain text")
        return await call(outgoing.text, None)


def _quote(outgoing: Outgoing) -> ReplyParameters | None:
    if not outgoing.quote:
        return None
    return ReplyParameters(int(outgoing.quote), allow_sending_without_reply=True)


def _markup(outgoing: Outgoing) -> InlineKeyboardMarkup | ForceReply | None:
    if "word_for" in outgoing.details:
        return ForceReply(selective=True)
    return _keyboard(outgoing)


def _keyboard(outgoing: Outgoing) -> InlineKeyboardMarkup | None:
    if not outgoing.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.press) for button in row]
            for row in outgoing.buttons
        ]
    )
