"""What `seller-bot doctor` can find out about Telegram, in plain words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import aiohttp

from bot.channels.checks import clock
from bot.channels.settings import ChannelSettings
from bot.delivery.channel import Health

_PATIENCE = aiohttp.ClientTimeout(total=15)


async def check(settings: ChannelSettings, token: str, now: Callable[[], datetime]) -> list[Health]:
    """Reachability, token, clock, privacy mode, webhook."""
    base = f"{settings.telegram_api_base}/bot{token}"
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
            async with session.post(f"{base}/getMe") as response:
                status, date = response.status, response.headers.get("Date", "")
                body = await response.json(content_type=None)
            found = [Health("telegram", True, "reached"), *clock(date, now())]
            if status in (401, 404):
                return [
                    *found,
                    Health("token", False, "Telegram does not know it: ask @BotFather for a new"
                           " one (/token) and set TELEGRAM_BOT_TOKEN"),
                ]  # fmt: skip
            if status != 200:
                return [*found, Health("token", False, f"Telegram answers {status}: try later")]
            async with session.post(f"{base}/getWebhookInfo") as response:
                webhook = (await response.json(content_type=None))["result"]
    except (aiohttp.ClientError, OSError, ValueError, KeyError) as error:
        return [
            Health("telegram", False, f"cannot be reached ({type(error).__name__}): check the"
                   " network, a proxy or TELEGRAM_API_BASE")
        ]  # fmt: skip
    return [*found, *_bot(body["result"]), _webhook(settings, webhook)]


def _bot(bot: Mapping[str, Any]) -> list[Health]:
    found = [Health("token", True, f"belongs to @{bot['username']}")]
    if bot.get("can_read_all_group_messages"):
        word = (
            "off: the bot sees all that is said in groups, though it needs only what is addressed"
            " to it; turn it on with @BotFather (/setprivacy), then add the bot to the group again"
        )
    else:
        word = "on: in groups the bot sees commands, mentions and replies, which is all it needs"
    found.append(Health("privacy mode", True, word))
    if not bot.get("supports_inline_queries"):
        found.append(
            Health("inline mode", True, "off: turn it on with @BotFather (/setinline) for cards")
        )
    return found


def _webhook(settings: ChannelSettings, webhook: Mapping[str, Any]) -> Health:
    there, ours = str(webhook.get("url", "")), settings.telegram_webhook_url
    pending = webhook.get("pending_update_count", 0)
    if ours is None:
        word = "polling is set; the webhook that Telegram knows will be removed at start"
        return Health("receiving", True, word if there else f"by polling; {pending} updates wait")
    if there and there != ours:
        return Health("receiving", True, "Telegram knows another webhook; it is changed at start")
    if trouble := webhook.get("last_error_message"):
        return Health("receiving", False, f"Telegram cannot reach TELEGRAM_WEBHOOK_URL: {trouble}")
    return Health("receiving", True, f"by webhook; {pending} updates wait")
