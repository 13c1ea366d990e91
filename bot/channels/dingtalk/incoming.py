"""From DingTalk's callbacks to events. Pure: nothing is asked, nothing is sent."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.dingtalk.hosts import Hosts
from bot.channels.dingtalk.quoted import mapping, quoted, quoted_text, text_of
from bot.channels.dingtalk.words import command
from bot.delivery.model import Incoming, IncomingKind
from handlers.reply import Setting

CHANNEL = "dingtalk"
_LONGEST = 4000
_SINGLE, _GROUP = "1", "2"
_WORDS = ("text", "richText", "audio", "voice", "markdown", "reply")
# A name ends at a blank; the client puts a special one after it.
_MENTION = re.compile(r"(?<!\S)[@＠][^\s@＠]+[\s\u2005\u2006\u200b]*")
_LONE_AT = re.compile(r"(?<!\S)[@＠][\s\u2005\u2006]+")
_FORWARDED = re.compile(
    r"^\s*(?:[\[【（(]?\s*(?:工单)?(?:转发|轉發|转自|聊天记录|聊天記錄|fwd?|forwarded)"
    r"(?:消息|自|的|message)?\s*[\]】）):：]"
    r"|(?:商家|客户|卖家|客戶|賣家|买家)(?:[^\n:：]{0,6}(?:问|問|說|说|留言|反馈|咨询)[了道]?)?\s*[:：]"
    r"|[^\n:：]{0,8}(?:帮忙?|麻烦|请)(?:回复|回一下|回下|看下这条|看一下这条)"
    r"|---+\s*forwarded message"
    r"|[^\n:：]{1,20}\s+(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*[:：]?\n)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads callbacks. `staff` are the ids of those whose messages are forwarded questions."""

    account: str
    staff: Collection[str]
    hosts: Hosts

    def read(self, data: Mapping[str, Any], name: str) -> Incoming | None:
        """The event, `name` its id where it has none; None where there is nothing to do."""
        in_group = str(data.get("conversationType", _SINGLE)) == _GROUP
        person = str(data.get("senderStaffId") or data.get("senderId") or "")
        chat = str(data.get("conversationId") or ("" if in_group else person))
        external = str(data.get("msgId") or name)
        if not chat or not external or self._is_me(data.get("senderId"), data):
            return None
        if in_group and not _addressed(data):
            return None
        kind = str(data.get("msgtype", ""))
        text = _said(data, kind, in_group)
        event = _Event(self, data, external, chat, person, in_group)
        quote = quoted(data)
        if not text and not quote and kind not in ("text", "richText"):
            return event.make("unread")
        if not text and kind == "richText" and _only_pictures(data):
            return event.make("unread")
        if found := command(text):
            return event.make("command", command=found[0], text=found[1])
        return self._question(event, text, quote, kind)

    def _question(
        self, event: "_Event", text: str, quote: Mapping[str, Any], kind: str
    ) -> Incoming:
        mine = self._is_me(quote.get("senderId"), event.data)
        words = quoted_text(quote)[:_LONGEST] if quote else ""
        details = {"quotes_me": words} if mine else {}
        if kind in ("audio", "voice"):
            details["heard"] = text
        forwarded: Setting | None = None
        if event.person in self.staff or _FORWARDED.match(text):
            forwarded = "forward"
        if not text:
            if not words or mine:
                return event.make("menu")
            return event.make("message", text=words, setting="forward")
        if words and not mine:
            if _FORWARDED.match(words):
                forwarded = "forward"
            text = f"{words}\n{text}"
        return event.make("message", text=text, setting=forwarded, details=details)

    def _is_me(self, sender: Any, data: Mapping[str, Any]) -> bool:
        return bool(sender) and sender in (data.get("chatbotUserId"), data.get("robotCode"))


@dataclass(frozen=True, slots=True)
class _Event:
    """What all events of one callback have in common."""

    reader: Reader
    data: Mapping[str, Any]
    external: str
    chat: str
    person: str
    in_group: bool

    def make(
        self,
        kind: IncomingKind,
        *,
        text: str = "",
        command: str = "",
        setting: Setting | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Incoming:
        return Incoming(
            CHANNEL,
            self.reader.account,
            self.external,
            kind,
            self.chat,
            person=self.person,
            setting=setting or ("group" if self.in_group else "dm"),
            text=text,
            command=command,
            message=self.external,
            group=self.in_group,
            details={**self._way_back(), **(details or {})},
        )

    def _way_back(self) -> dict[str, Any]:
        """How this person can be answered; an address that is not allowed is forgotten here."""
        webhook, robot = str(self.data.get("sessionWebhook") or ""), self.data.get("robotCode")
        found: dict[str, Any] = {"admin": bool(self.data.get("isAdmin"))}
        if webhook and self.reader.hosts.allow(webhook):
            found["webhook"] = webhook
            found["expires"] = _number(self.data.get("sessionWebhookExpiredTime"))
        elif webhook:
            found["webhook_refused"] = True
        if self.in_group:
            found["group"] = True
        if staff := str(self.data.get("senderStaffId") or ""):
            found["staff"] = staff
        if isinstance(robot, str) and robot and robot != "normal":
            found["robot"] = robot
        return found


def _addressed(data: Mapping[str, Any]) -> bool:
    """Whether a message in a group is for the bot."""
    if isinstance(told := data.get("isInAtList"), bool):
        return told
    return bool(data.get("atUsers"))


def _said(data: Mapping[str, Any], kind: str, in_group: bool) -> str:
    if kind not in _WORDS:
        return ""
    content = mapping(data.get("content"))
    if kind in ("audio", "voice"):
        text = content.get("recognition") or ""
    elif kind == "richText":
        text = text_of(content.get("richText", ()))
    else:
        text = text_of(data.get("text")) or text_of(content)
    text = text[:_LONGEST] if isinstance(text, str) else ""
    if in_group:
        text = _LONE_AT.sub("@", text) if kind == "richText" else text
        text = _MENTION.sub("", text)
    return re.sub(r"[ \t]{2,}", " ", text).strip().strip("\u2005\u2006\u200b").strip()


def _only_pictures(data: Mapping[str, Any]) -> bool:
    runs = mapping(data.get("content")).get("richText")
    return isinstance(runs, list) and any(
        isinstance(run, Mapping) and run.get("type") == "picture" for run in runs
    )


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
