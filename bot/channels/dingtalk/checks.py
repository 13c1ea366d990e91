"""What `seller-bot doctor` can find out about DingTalk, in plain words."""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version

import aiohttp

from bot.channels.checks import clock
from bot.channels.dingtalk.api import Api
from bot.channels.dingtalk.gateway import (
    TOPIC,
    App,
    NoConnection,
    open_connection,
    subscription,
)
from bot.channels.dingtalk.hosts import Hosts
from bot.channels.dingtalk.robot import PATH
from bot.channels.settings import ChannelSettings
from bot.delivery.channel import Health, SendError

_PATIENCE = aiohttp.ClientTimeout(total=15)
_WEBHOOK = "https://oapi.dingtalk.com/robot/sendBySession"


async def check(settings: ChannelSettings, now: Callable[[], datetime]) -> list[Health]:
    """Reachability, clock, credentials, stream, access token, hosts, the robot's address."""
    found = [*_hosts(settings), *_robot(settings)]
    secret = settings.dingtalk_client_secret
    if settings.dingtalk_client_id and secret is not None:
        endpoint = settings.dingtalk_openapi_endpoint
        app = App(endpoint, settings.dingtalk_client_id, secret.get_secret_value())
        found += await _app(app, now)
    return found


async def _app(app: App, now: Callable[[], datetime]) -> list[Health]:
    found = []
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.get(app.endpoint, allow_redirects=False) as response,
        ):
            date = response.headers.get("Date", "")
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        return [
            Health("dingtalk", False, f"cannot be reached ({type(error).__name__}): check the"
                   " network, a proxy or DINGTALK_OPENAPI_ENDPOINT")
        ]  # fmt: skip
    found.append(Health("dingtalk", True, "reached"))
    found += clock(date, now())
    try:
        await open_connection(app, [subscription(TOPIC)], version("dingtalk-stream"), "")
        found.append(Health("dingtalk stream", True, "the gateway gives connections"))
    except NoConnection as error:
        found.append(Health("dingtalk stream", False, str(error)))
    api = Api(app.endpoint, app.client_id, app.client_secret, now)
    try:
        await api.token()
        found.append(
            Health("dingtalk token", True, "granted; to write after a session has ended the app"
                   " needs the permission qyapi_robot_sendmsg")
        )  # fmt: skip
    except SendError as error:
        found.append(
            Health("dingtalk token", False, f"refused ({error}): check DINGTALK_CLIENT_ID and"
                   " DINGTALK_CLIENT_SECRET")
        )  # fmt: skip
    finally:
        await api.close()
    return found


def _hosts(settings: ChannelSettings) -> Iterator[Health]:
    ok = Hosts(settings.dingtalk_allowed_webhook_hosts).allow(_WEBHOOK)
    word = (
        "replies go to DingTalk's own hosts"
        if ok
        else "replies may not go to oapi.dingtalk.com: add *.dingtalk.com to"
        " DINGTALK_ALLOWED_WEBHOOK_HOSTS"
    )
    # Whoever set other hosts may mean it, for a private DingTalk.
    yield Health("dingtalk replies", True, word)


def _robot(settings: ChannelSettings) -> Iterator[Health]:
    if settings.dingtalk_robot_secret is not None:
        where = f"{settings.http_host}:{settings.http_port}{PATH}"
        word = f"let your proxy pass an https address to {where}, and set it at open.dingtalk.com"
        if not settings.dingtalk_client_id:
            word += "; without DINGTALK_CLIENT_ID no answer can leave after a session has ended"
        yield Health("dingtalk robot", True, word)
