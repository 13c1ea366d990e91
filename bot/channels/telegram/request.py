"""python-telegram-bot's calls over aiohttp: one session, kept-alive connections."""

from collections.abc import Callable
from typing import Any, TypeVar

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

T = TypeVar("T")
_CONNECT, _READ = 10.0, 10.0


class AiohttpRequest(BaseRequest):
    """Makes the requests of a Bot."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return _READ

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        timeout = aiohttp.ClientTimeout(
            sock_connect=_given(connect_timeout, _CONNECT), sock_read=_given(read_timeout, _READ)
        )
        form = request_data.json_parameters if request_data else None
        try:
            # Errors here would name the address, and so the token: only their class goes on.
            async with self._session.request(method, url, data=form, timeout=timeout) as response:
                payload = await response.read()
                status = response.status
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        return status, payload


class PollRequest(AiohttpRequest):
    """Makes the requests of polling; `succeeded` is told of every answer that was no error.

    The updater ends its polling for ever, without a word, when the token is refused once. It may
    have been refused for a moment only, so here that is an error like any other.
    """

    def __init__(self, succeeded: Callable[[], None]) -> None:
        super().__init__(connections=1)
        self._succeeded = succeeded

    async def do_request(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*arguments, **options)
        if status in (401, 404):
            raise NetworkError("the token was refused")
        if status < 300:
            self._succeeded()
        return status, payload


def _given(value: Any, default: float) -> Any:
    return default if isinstance(value, DefaultValue) else value
