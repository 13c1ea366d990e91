"""Sends one message: by the session it answers while that lasts, else by the OpenAPI."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.dingtalk.api import Api, SessionGone, TooLarge
from bot.channels.dingtalk.choices import prompt_id
from bot.channels.dingtalk.hosts import Hosts
from bot.channels.dingtalk.texts import as_markdown, pieces, size, title_of
from bot.delivery.channel import Refused
from bot.delivery.clock import Clock
from bot.delivery.model import Outgoing

_LOG = logging.getLogger(__name__)
_MARGIN = timedelta(seconds=10)


class Replies:
    """The sender of one account."""

    def __init__(self, api: Api, hosts: Hosts, clock: Clock) -> None:
        self._api = api
        self._hosts = hosts
        self._clock = clock

    async def send(self, outgoing: Outgoing) -> str:
        """One message; an id of our own, since DingTalk gives none. Raises SendError."""
        if outgoing.kind == "ack" and (not outgoing.text or outgoing.details.get("group")):
            return ""
        if outgoing.kind in ("delete", "inline"):
            return ""
        details = outgoing.details
        if details.get("webhook_refused"):
            _LOG.warning("a session webhook outside the allow-list was not used")
        if self._session_lasts(outgoing):
            try:
                await self._by_session(str(details["webhook"]), outgoing)
                return _id_of(outgoing)
            except SessionGone:
                _LOG.info("a session was over before its time")
        await self._by_openapi(outgoing)
        return _id_of(outgoing)

    def _session_lasts(self, outgoing: Outgoing) -> bool:
        webhook, expires = outgoing.details.get("webhook"), outgoing.details.get("expires") or 0
        if not webhook or not self._hosts.allow(str(webhook)):
            return False
        if not expires:
            return True
        return self._clock() + _MARGIN < _moment(int(expires))

    async def _by_session(self, webhook: str, outgoing: Outgoing) -> None:
        names = [str(staff) for staff in outgoing.details.get("mention", ())]
        text = outgoing.text
        if names and not outgoing.details.get("named"):
            text = " ".join(f"@{name}" for name in names) + "\n" + text
        shown = None if outgoing.details.get("plain") else _markdown(text, names, outgoing)
        try:
            if shown is not None:
                body = {"title": title_of(outgoing.text), "text": shown}
                await self._api.by_session(webhook, _body("markdown", body, names))
                return
            await self._api.by_session(webhook, _body("text", {"content": text}, names))
        except TooLarge:
            await self._in_halves(webhook, text, names)

    async def _in_halves(self, webhook: str, text: str, names: Sequence[str]) -> None:
        """The limit is lower than it is known to be: smaller pieces, as plain text."""
        parts = pieces(text, max(200, size(text) // 2))
        for part in parts:
            try:
                await self._api.by_session(webhook, _body("text", {"content": part}, names))
            except TooLarge:
                raise Refused("errcode 460101") from None

    async def _by_openapi(self, outgoing: Outgoing) -> None:
        details = outgoing.details
        robot, text = str(details.get("robot", "")), outgoing.text
        shown = None if details.get("plain") else as_markdown(text)
        if shown is not None:
            key, params = "sampleMarkdown", {"title": title_of(text), "text": shown}
        else:
            key, params = "sampleText", {"content": text}
        if outgoing.group:
            await self._api.to_group(robot, outgoing.chat, key, params)
            return
        if not (staff := str(details.get("staff", ""))):
            raise Refused("the session is over and the person is outside the organisation")
        await self._api.to_person(robot, staff, key, params)


def _markdown(text: str, names: Sequence[str], outgoing: Outgoing) -> str | None:
    """Markdown under a line that names who is meant."""
    if names and not outgoing.details.get("named"):
        first, _, rest = text.partition("\n")
        shown = as_markdown(rest)
        return None if shown is None else f"{first}\n\n{shown}"
    return as_markdown(text)


def _body(kind: str, content: dict[str, str], names: Sequence[str]) -> dict[str, Any]:
    body: dict[str, Any] = {"msgtype": kind, kind: content}
    if names:
        body["at"] = {"atUserIds": list(names), "isAtAll": False}
    return body


def _moment(milliseconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.max.replace(tzinfo=UTC)


def _id_of(outgoing: Outgoing) -> str:
    event = outgoing.details.get("word_for")
    return prompt_id(int(event)) if event is not None else ""
