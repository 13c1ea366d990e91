"""An HTTP client for the provider that neither reads for ever nor reads too much."""

import importlib
import time
from collections.abc import Iterator
from typing import Any

LARGEST = 256 * 1024  # bytes of a reply; a phrasing takes a few thousand


class TooMuch(Exception):
    """The provider sent more, or for longer, than any reply needs."""


def bounded_client(seconds: float) -> Any:
    """A client for the OpenAI library that gives up after so many bytes or seconds a request.

    Its time-outs alone hold between two bytes only: a provider that trickles would hold us for ever.
    """
    from openai import DefaultHttpxClient  # noqa: PLC0415  (late: heavy)

    http = importlib.import_module(DefaultHttpxClient.__mro__[1].__module__.split(".")[0])

    class Stream(http.SyncByteStream):  # type: ignore[name-defined, misc]
        def __init__(self, inner: Any, until: float) -> None:
            self._inner, self._until = inner, until

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in self._inner:
                size += len(chunk)
                if size > LARGEST or time.monotonic() > self._until:
                    raise TooMuch
                yield chunk

        def close(self) -> None:
            self._inner.close()

    class Transport(http.HTTPTransport):  # type: ignore[name-defined, misc]
        def handle_request(self, request: Any) -> Any:
            until = time.monotonic() + seconds
            response = super().handle_request(request)
            return http.Response(
                response.status_code,
                headers=response.headers,
                stream=Stream(response.stream, until),
                extensions=response.extensions,
            )

    return DefaultHttpxClient(
        transport=Transport(), timeout=seconds, follow_redirects=False, trust_env=True
    )
