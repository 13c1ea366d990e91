"""Opens a stream connection: asks the gateway for an address and a ticket, within a time limit."""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

import aiohttp

PATIENCE = timedelta(seconds=10)
TOPIC = "/v1.0/im/bot/messages/get"
_LONGEST_ANSWER = 64 * 1024
_PATH = "/v1.0/gateway/connections/open"


class NoConnection(Exception):
    """The gateway gave no connection; says why in plain words, without a secret."""


@dataclass(frozen=True, slots=True)
class App:
    """Who connects, and where."""

    endpoint: str
    client_id: str
    client_secret: str = field(repr=False)


def subscription(topic: str) -> dict[str, str]:
    """What asks for the callbacks of a topic."""
    return {"type": "CALLBACK", "topic": topic}


async def open_connection(
    app: App, topics: list[dict[str, str]], version: str, local_ip: str
) -> Mapping[str, str]:
    """`endpoint` and `ticket`; the ticket is good for one connection. Raises NoConnection."""
    body = {
        "clientId": app.client_id,
        "clientSecret": app.client_secret,
        "subscriptions": topics,
        "ua": f"dingtalk-sdk-python/v{version}-union",
        "localIp": local_ip,
    }
    headers = {
        "Accept": "application/json",  # else XML comes
        "User-Agent": f"DingTalkStream/1.0 SDK/{version} Python/{platform.python_version()}",
    }
    timeout = aiohttp.ClientTimeout(total=PATIENCE.total_seconds())
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(
                app.endpoint + _PATH, json=body, headers=headers, allow_redirects=False
            ) as response,
        ):
            status, raw = response.status, await response.content.read(_LONGEST_ANSWER)
    except TimeoutError:
        raise NoConnection("the gateway does not answer") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise NoConnection(f"the gateway cannot be reached: {type(error).__name__}") from None
    if status in (400, 401, 403):
        raise NoConnection(
            f"the gateway answers {status}: check DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET,"
            " and that the app has a robot in stream mode"
        )
    if status != 200:
        raise NoConnection(f"the gateway answers {status}")
    return _connection(raw)


def _connection(raw: bytes) -> Mapping[str, str]:
    try:
        answer = json.loads(raw)
        endpoint, ticket = answer["endpoint"], answer["ticket"]
        good = urlsplit(endpoint).scheme in ("ws", "wss") and bool(ticket)
    except (ValueError, KeyError, TypeError, AttributeError):
        good = False
    if not good:
        raise NoConnection("the gateway's answer cannot be read")
    return {"endpoint": endpoint, "ticket": ticket}
