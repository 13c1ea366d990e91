"""DingTalk's HTTP interfaces: session webhooks, the access token, the two sends of the OpenAPI."""

import asyncio
import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.delivery.channel import Refused, SendError, TryAgain
from bot.delivery.clock import Clock

_LOG = logging.getLogger(__name__)
_PATIENCE = aiohttp.ClientTimeout(total=10)
_LONGEST_ANSWER = 64 * 1024
_TOKEN_MARGIN, _TOKEN_LEAST = timedelta(minutes=5), timedelta(minutes=1)
_CONNECTIONS = 64
TOO_FAST = timedelta(minutes=1)
_A_MOMENT = timedelta(seconds=2)
_BUSY = (-1, 88, 90018)


class SessionGone(SendError):
    """The session webhook has expired or is unknown."""


class TooLarge(SendError):
    """The body is larger than DingTalk takes."""


class Api:
    """One client of one app. All that it raises is a SendError; no text of it holds a secret."""

    def __init__(self, endpoint: str, client_id: str, client_secret: str, clock: Clock) -> None:
        self._endpoint = endpoint
        self._client_id = client_id
        self._client_secret = client_secret
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._token = ""
        self._token_until: datetime | None = None
        self._fetching = asyncio.Lock()

    @property
    def has_app(self) -> bool:
        """Whether the OpenAPI can be used."""
        return bool(self._client_id and self._client_secret)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def by_session(self, webhook: str, body: Mapping[str, Any]) -> None:
        """Post to a session webhook, which must have been checked. Success is errcode 0."""
        status, answer = await self._post(webhook, body)
        _raise_for_status(status, "sendBySession")
        code = answer.get("errcode")
        if code in (0, "0"):
            return
        match code:
            case 300001:
                raise SessionGone("errcode 300001")
            case 130101:
                raise TryAgain("errcode 130101", TOO_FAST)
            case 460101:
                raise TooLarge("errcode 460101")
        if code in _BUSY:
            raise TryAgain(f"errcode {code}", _A_MOMENT)
        raise Refused(f"errcode {code}" if isinstance(code, int) else "no errcode")

    async def to_person(self, robot: str, staff: str, key: str, params: Mapping[str, str]) -> None:
        """A message to one person of the organisation, at any time."""
        body = {
            "robotCode": robot or self._client_id,
            "userIds": [staff],
            "msgKey": key,
            "msgParam": json.dumps(params, ensure_ascii=False),
        }
        answer = await self._openapi("/v1.0/robot/oToMessages/batchSend", body)
        if staff in (answer.get("flowControlledStaffIdList") or ()):
            raise TryAgain("flow control", TOO_FAST)
        if staff in (answer.get("invalidStaffIdList") or ()):
            raise Refused("invalid staff id")

    async def to_group(self, robot: str, chat: str, key: str, params: Mapping[str, str]) -> None:
        """A message to a group, at any time; it can mention nobody."""
        body = {
            "robotCode": robot or self._client_id,
            "openConversationId": chat,
            "msgKey": key,
            "msgParam": json.dumps(params, ensure_ascii=False),
        }
        await self._openapi("/v1.0/robot/groupMessages/send", body)

    async def token(self) -> str:
        """The access token, fetched once for its life."""
        async with self._fetching:
            now = self._clock()
            if self._token_until is not None and now < self._token_until:
                return self._token
            body = {"appKey": self._client_id, "appSecret": self._client_secret}
            status, answer = await self._post(f"{self._endpoint}/v1.0/oauth2/accessToken", body)
            if status in (400, 401, 403) and not _is_busy(answer):
                # An operator may put this right; the message waits for it.
                raise TryAgain(f"accessToken {status}", TOO_FAST)
            _raise_for_status(status, "accessToken")
            token, life = answer.get("accessToken"), answer.get("expireIn")
            if not isinstance(token, str) or not isinstance(life, int):
                raise TryAgain("accessToken without a token")
            span = max(timedelta(seconds=life) - _TOKEN_MARGIN, _TOKEN_LEAST)
            self._token, self._token_until = token, now + span
            return token

    async def _openapi(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        if not self.has_app:
            raise Refused("the session is over and there is no app to send by")
        name = path.rsplit("/", 1)[1]
        for attempt in range(2):
            headers = {"x-acs-dingtalk-access-token": await self.token()}
            status, answer = await self._post(self._endpoint + path, body, headers)
            if status == 401 and attempt == 0:
                self._token_until = None  # withdrawn before its time
                continue
            if _is_busy(answer):
                raise TryAgain(f"{name} {status}", _A_MOMENT)
            _raise_for_status(status, name)
            return answer
        raise AssertionError("unreachable")

    async def _post(
        self, url: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, Any]]:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_CONNECTIONS)
            self._session = aiohttp.ClientSession(timeout=_PATIENCE, connector=connector)
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        sent = {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}
        try:
            # A redirect could lead anywhere; the allow-list was asked about this address only.
            async with self._session.post(
                url, data=data, headers=sent, allow_redirects=False
            ) as response:
                raw = await response.content.read(_LONGEST_ANSWER)
                status = response.status
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise TryAgain(type(error).__name__) from None
        try:
            answer = json.loads(raw)
        except ValueError:
            answer = {}
        return status, answer if isinstance(answer, Mapping) else {}


def _is_busy(answer: Mapping[str, Any]) -> bool:
    code = str(answer.get("code", ""))
    return any(word in code for word in ("Throttling", "QpsLimit", "QPSLimit", "TooManyRequests"))


def _raise_for_status(status: int, name: str) -> None:
    if status == 429 or status >= 500:
        raise TryAgain(f"{name} {status}", _A_MOMENT if status == 429 else None)
    if status == 401:
        raise TryAgain(f"{name} 401", TOO_FAST)
    if status != 200:
        raise Refused(f"{name} {status}")
