"""From Telegram's updates to events. Pure: nothing is asked, nothing is sent."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    Update,
    User,
)
from telegram.constants import ChatType

from bot.delivery.commands import COMMANDS
from bot.delivery.model import Incoming, IncomingKind
from handlers.language import Language
from handlers.reply import Setting

CHANNEL = "telegram"
FORWARD = "f"
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?\Z", re.S)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_ABSENT = (ChatMember.LEFT, ChatMember.BANNED)
_TRADITIONAL = ("hant", "tw", "hk", "mo")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads updates as the bot that it is. `staff` are the ids of those who may forward anywhere."""

    account: str
    username: str
    staff: Collection[str]

    def read(self, update: Update) -> Incoming | None:
        """The event; None where there is nothing to do."""
        name = f"u{update.update_id}"
        if update.message is not None:
            return self._message(name, update.message)
        if update.edited_message is not None:
            return self._edited(name, update.edited_message)
        if update.callback_query is not None:
            return self._press(name, update.callback_query)
        if update.inline_query is not None:
            return self._inline(name, update.inline_query)
        if update.my_chat_member is not None:
            return self._membership(name, update.my_chat_member)
        return None

    def _message(self, name: str, message: Message) -> Incoming | None:
        if message.migrate_to_chat_id is not None:
            return self._moved(name, message.chat_id, message.migrate_to_chat_id)
        if message.migrate_from_chat_id is not None:
            return self._moved(name, message.migrate_from_chat_id, message.chat_id)
        if not _is_of_a_person(message):
            return None
        text = (message.text or message.caption or "").strip()
        if not text:
            return self._without_text(name, message)
        if command := _COMMAND.match(text):
            return self._command(name, message, *command.groups(default=""))
        return self._question(name, message, text)

    def _question(self, name: str, message: Message, text: str) -> Incoming | None:
        in_group = message.chat.type in _GROUPS
        if message.forward_origin is not None:
            if in_group and _person(message) not in self.staff:
                return None
            return self._event(name, message, "message", text=text, setting="forward")
        if in_group and not self._addressed(message):
            return None
        text = self._without_mention(text)
        if not text and not (text := _quoted(message, self.account)):
            return self._event(name, message, "menu")
        return self._event(name, message, "message", text=text)

    def _command(
        self, name: str, message: Message, command: str, bot: str, argument: str
    ) -> Incoming | None:
        in_group = message.chat.type in _GROUPS
        if bot and bot.casefold() != self.username.casefold():
            return None
        command = command.casefold()
        if command == FORWARD:
            if text := (argument.strip() or _quoted(message, "")):
                return self._event(name, message, "message", text=text, setting="forward")
            return self._event(name, message, "command", command="help")
        if in_group and not bot and command not in COMMANDS:
            return None  # meant for another bot
        return self._event(name, message, "command", command=command, text=argument)

    def _without_text(self, name: str, message: Message) -> Incoming | None:
        if message.effective_attachment is None or message.pinned_message is not None:
            return None  # a service message
        if message.chat.type in _GROUPS and not self._addressed(message):
            return None
        if message.media_group_id:
            name = f"album{message.media_group_id}"  # one kind line for all its pictures
        return self._event(name, message, "unread")

    def _edited(self, name: str, message: Message) -> Incoming | None:
        text = (message.text or message.caption or "").strip()
        if not _is_of_a_person(message) or not text or _COMMAND.match(text):
            return None
        in_group = message.chat.type in _GROUPS
        setting: Setting | None = None
        if message.forward_origin is not None:
            setting = "forward"
        addressed = not in_group or self._addressed(message)
        details = {"addressed": addressed}
        text = self._without_mention(text) if setting is None else text
        return self._event(name, message, "edit", text=text, setting=setting, details=details)

    def _press(self, name: str, query: CallbackQuery) -> Incoming:
        person, message = query.from_user, query.message
        details = {"query": query.id}
        if message is None:  # a button under a card that was sent to some chat
            chat, thread, place, in_group = str(person.id), "", "", False
        else:
            chat, place = str(message.chat.id), str(message.message_id)
            in_group = message.chat.type in _GROUPS
            thread = _thread(message) if isinstance(message, Message) else ""
        return Incoming(
            CHANNEL,
            self.account,
            name,
            "press",
            chat,
            thread=thread,
            person=str(person.id),
            setting="group" if in_group else "dm",
            text=query.data or "",
            message=place,
            locale=locale_of(person),
            group=in_group,
            details=details,
        )

    def _inline(self, name: str, query: InlineQuery) -> Incoming:
        # Without a person: what is typed letter by letter is no flood.
        return Incoming(
            CHANNEL,
            self.account,
            name,
            "inline",
            f"inline{query.from_user.id}",
            text=query.query,
            locale=locale_of(query.from_user),
            details={"query": query.id},
        )

    def _membership(self, name: str, change: ChatMemberUpdated) -> Incoming | None:
        was = change.old_chat_member.status in _ABSENT
        is_ = change.new_chat_member.status in _ABSENT
        if was == is_ or change.chat.type == ChatType.CHANNEL:
            return None
        in_group = change.chat.type in _GROUPS
        if was and not in_group:
            return None  # who unblocks the bot says /start
        kind: IncomingKind = "left" if is_ else "joined"
        return Incoming(
            CHANNEL,
            self.account,
            name,
            kind,
            str(change.chat.id),
            locale=locale_of(change.from_user),
            setting="group" if in_group else "dm",
        )

    def _moved(self, name: str, old: int, new: int) -> Incoming:
        return Incoming(CHANNEL, self.account, name, "moved", str(old), text=str(new))

    def _event(
        self,
        name: str,
        message: Message,
        kind: IncomingKind,
        *,
        text: str = "",
        command: str = "",
        setting: Setting | None = None,
        details: dict[str, Any] | None = None,
    ) -> Incoming:
        in_group = message.chat.type in _GROUPS
        replied = message.reply_to_message
        if replied is not None and self._is_me(replied.from_user):
            details = {**(details or {}), "reply_to": str(replied.message_id)}
        return Incoming(
            CHANNEL,
            self.account,
            name,
            kind,
            str(message.chat_id),
            thread=_thread(message),
            person=_person(message),
            setting=setting or ("group" if in_group else "dm"),
            text=text,
            command=command,
            message=str(message.message_id),
            locale=locale_of(message.from_user),
            group=in_group,
            details=details or {},
        )

    def _addressed(self, message: Message) -> bool:
        """Whether a message in a group is for the bot: it is named, or replied to."""
        replied = message.reply_to_message
        if replied is not None and self._is_me(replied.from_user):
            return replied.forum_topic_created is None
        if any(
            entity.user is not None and str(entity.user.id) == self.account
            for entity in (*message.entities, *message.caption_entities)
        ):
            return True
        return bool(self._mention().search(message.text or message.caption or ""))

    def _mention(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w@])@{re.escape(self.username)}(?!\w)", re.I)

    def _without_mention(self, text: str) -> str:
        return re.sub(r"[ \t]{2,}", " ", self._mention().sub(" ", text)).strip()

    def _is_me(self, user: User | None) -> bool:
        return user is not None and str(user.id) == self.account


def locale_of(user: User | None) -> Language | None:
    """The language of a person's Telegram, as far as the bot speaks it."""
    code = (user.language_code or "").casefold() if user else ""
    if not code:
        return None
    if not code.startswith("zh"):
        return "en"
    return "zh-Hant" if any(part in code for part in _TRADITIONAL) else "zh"


def _is_of_a_person(message: Message) -> bool:
    if message.is_automatic_forward or message.via_bot is not None:
        return False
    if message.chat.type == ChatType.CHANNEL or message.business_connection_id:
        return False
    if message.sender_chat is not None:
        return message.chat.type in _GROUPS  # an anonymous administrator, or as a channel
    return message.from_user is not None and not message.from_user.is_bot


def _person(message: Message) -> str:
    if message.sender_chat is not None:
        return f"chat{message.sender_chat.id}"
    return str(message.from_user.id) if message.from_user else ""


def _thread(message: Message) -> str:
    return str(message.message_thread_id or "") if message.is_topic_message else ""


def _quoted(message: Message, account: str) -> str:
    """The text of the message that is replied to, unless the bot wrote it."""
    replied = message.reply_to_message
    if replied is None or (replied.from_user and str(replied.from_user.id) == account):
        return ""
    if message.quote is not None:
        return message.quote.text
    return (replied.text or replied.caption or "").strip()
