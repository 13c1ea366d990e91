"""What trusted bots promise: nothing lost, nothing twice, failures seen, secrets kept."""

import asyncio
import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram import channel, polling
from bot.channels.telegram.webhook import SECRET_HEADER
from bot.delivery.sqlite.store import SqliteStore
from tests.bot.stories import get, logged, ready, run
from tests.bot.telegram.running import GROUP, SECRET, running
from tests.fake_telegram import RESET, TOKEN, BotApiError, FakeTelegram

# The library's own error reads its attribute of the type that is to go.
pytestmark = pytest.mark.filterwarnings("ignore:.*`retry_after`:DeprecationWarning")


@pytest.fixture(autouse=True)
def short_polls(impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "POLL", timedelta(seconds=0.2))


async def post(url: str, data: Any, secret: str | None) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as response,
    ):
        return response.status


def free_port() -> int:
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# Polling


def test_an_update_is_confirmed_only_when_it_is_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [True]
    accept = SqliteStore.accept

    def accept_later(self: SqliteStore, *arguments: Any) -> Any:
        if broken[0]:
            raise OSError("disk full")
        return accept(self, *arguments)

    monkeypatch.setattr(SqliteStore, "accept", accept_later)

    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            sent = [fake.say(text)["update_id"] for text in ("a", "b")]
            await asyncio.sleep(0.4)
            assert fake.confirmed < sent[0]
            assert len(fake.pending) == 2
            broken[0] = False
            await fake.until(lambda: fake.confirmed == sent[1])
            await fake.until(lambda: len(fake.texts()) == 2)
            assert fake.texts() == ["1: a", "2: b"]

    run(story())


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([BotApiError(502, "Bad Gateway")], id="bad gateway"),
        pytest.param([BotApiError(500, "Internal Server Error")], id="server errors"),
        pytest.param([RESET] * 2, id="connections reset"),
        pytest.param([BotApiError(409, "Conflict: terminated")], id="another poller"),
        pytest.param([BotApiError(429, "Too Many Requests", retry_after=1)], id="too often"),
        pytest.param([BotApiError(401, "Unauthorized")] * 2, id="token refused for a while"),
    ],
)
def test_failing_polls_are_seen_survived_and_lose_nothing(
    tmp_path: Path, faults: list[BotApiError]
) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path) as bot:
            await ready(bot.base)
            fake.fail("getUpdates", *faults)
            fake.say("a")  # ends the poll that waits
            await fake.until(lambda: len(fake.faults["getUpdates"]) < len(faults))
            fake.say("b")
            await fake.until(lambda: len(fake.texts()) == 2, longest=20)
            assert fake.texts() == ["1: a", "2: b"]
            await ready(bot.base, 200)

    run(story())


@pytest.mark.parametrize("mute", [False, True], ids=["refused", "never answered"])
def test_a_poller_that_dies_makes_readiness_red_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mute: bool
) -> None:
    monkeypatch.setattr(polling, "SILENT", timedelta(seconds=0.6))
    monkeypatch.setattr(channel, "UNWELL", timedelta(seconds=0.5))
    monkeypatch.setattr(polling, "_LOOK_EVERY", timedelta(seconds=0.1))

    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path) as bot:
            await ready(bot.base)
            fake.mute = mute
            if not mute:
                fake.fail("getUpdates", *[BotApiError(401, "Unauthorized")] * 8)
            red = await ready(bot.base, 503)
            (check,) = [c for c in red["checks"] if c["name"] == "telegram 123456"]
            assert not check["ok"]
            fake.faults.clear()
            await asyncio.sleep(0.8)  # polling has been started again by now
            fake.mute = False
            fake.say("a")
            await fake.until(fake.texts)
            await ready(bot.base, 200)

    run(story())


def test_a_server_that_is_down_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async def story() -> None:
        fake, port = FakeTelegram(), free_port()
        fake.base = f"http://127.0.0.1:{port}"
        async with running(fake, tmp_path) as bot:
            await asyncio.sleep(0.2)
            assert (await get(bot.base, "/readyz"))[0] == 503
            assert (await get(bot.base, "/healthz"))[0] == 200
            await fake.start(port)
            fake.say("a")
            await fake.until(fake.texts)
        await fake.stop()

    run(story())


def test_one_token_has_one_poller_and_the_other_takes_over(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake:
            async with running(fake, tmp_path) as first:
                await ready(first.base)
                async with running(fake, tmp_path) as second:
                    fake.say("a")
                    await fake.until(fake.texts)
                    async with asyncio.timeout(5):
                        while "another process polls" not in str(await ready(second.base, 503)):
                            await asyncio.sleep(0.02)
                    assert (await get(first.base, "/readyz"))[0] == 200
                    await first.delivery.channels[0].stop()
                    fake.say("b")
                    await fake.until(lambda: len(fake.texts()) == 2)
            assert not [c for c in fake.calls if c.error == 409]

    run(story())


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_pending_updates_are_never_dropped(tmp_path: Path, webhook: bool) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake:
            fake.say("before the start")
            async with receiving(fake, tmp_path, webhook):
                await fake.until(fake.texts)
        said = [
            c.params.get("drop_pending_updates") for c in fake.made("setWebhook", "deleteWebhook")
        ]
        assert said
        assert "true" not in said

    run(story())


def receiving(fake: FakeTelegram, folder: Path, webhook: bool) -> Any:
    """A bot that receives one way or the other."""
    if not webhook:
        return running(fake, folder)
    from pydantic import SecretStr  # noqa: PLC0415

    port = free_port()
    return running(
        fake,
        folder,
        port=port,
        telegram_webhook_url=f"http://127.0.0.1:{port}/telegram/hook",
        telegram_webhook_secret=SecretStr(SECRET),
    )


# Webhook


@pytest.mark.parametrize(
    ("secret", "status"),
    [
        pytest.param(None, 403, id="no secret"),
        pytest.param("", 403, id="empty"),
        pytest.param(SECRET[:-1], 403, id="one letter short"),
        pytest.param(SECRET + "x", 403, id="one letter more"),
        pytest.param("密" * 9, 403, id="not even ASCII"),
        pytest.param(SECRET, 200, id="the secret"),
    ],
)
def test_a_webhook_call_must_know_the_secret(
    tmp_path: Path, secret: str | None, status: int
) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, receiving(fake, tmp_path, True) as bot:
            await ready(bot.base)
            update = {"update_id": 5, "message": fake.message("a")}
            assert await post(fake.webhook["url"], update, secret) == status
            assert await post(fake.webhook["url"], update, SECRET) == 200
            await fake.until(fake.texts)
            await asyncio.sleep(0.05)
            assert fake.texts() == ["1: a"]

    run(story())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{", 400, id="no JSON"),
        pytest.param(b"\xff\xfe", 400, id="no text"),
        pytest.param(b"[]", 200, id="no object"),
        pytest.param(b'{"update_id": 1, "message": {"text": "a"}}', 200, id="half a message"),
        pytest.param(b'{"update_id": 1, "new_kind": {}}', 200, id="an unknown kind"),
    ],
)
def test_a_webhook_call_of_an_unknown_form_breaks_nothing(
    tmp_path: Path, body: bytes, status: int
) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, receiving(fake, tmp_path, True) as bot:
            await ready(bot.base)
            assert await post(fake.webhook["url"], body, SECRET) == status
            fake.say("a")
            await fake.until(fake.texts)

    run(story())


def test_a_webhook_call_that_cannot_be_kept_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = [0]
    accept = SqliteStore.accept

    def accept_later(self: SqliteStore, *arguments: Any) -> Any:
        tries[0] += 1
        if tries[0] < 3:
            raise OSError("disk full")
        return accept(self, *arguments)

    monkeypatch.setattr(SqliteStore, "accept", accept_later)

    async def story() -> None:
        async with FakeTelegram() as fake, receiving(fake, tmp_path, True) as bot:
            await ready(bot.base)
            fake.say("a")
            await fake.until(fake.texts)
            assert tries[0] == 3

    run(story())


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_an_update_that_comes_three_times_is_answered_once(tmp_path: Path, webhook: bool) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake:
            update = {"update_id": 5, "message": fake.message("a")}
            for _ in range(2):
                async with receiving(fake, tmp_path, webhook) as bot:
                    await ready(bot.base)
                    for _ in range(3):
                        if webhook:
                            await post(fake.webhook["url"], update, SECRET)
                        else:
                            fake.repeat(update)
                    fake.say("end")
                    await fake.until(lambda: fake.texts() and "end" in fake.texts()[-1])
                fake.webhook = {}
            assert [text for text in fake.texts() if "end" not in text] == ["1: a"]

    run(story())


# Sending


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(BotApiError(429, "Too Many Requests", retry_after=1), id="too often"),
        pytest.param(BotApiError(502, "Bad Gateway"), id="bad gateway"),
        pytest.param(BotApiError(500, "Internal Server Error"), id="server error"),
        pytest.param(RESET, id="connection reset"),
        pytest.param(BotApiError(401, "Unauthorized"), id="token refused for a while"),
    ],
)
def test_a_send_that_failed_is_made_again_in_its_order(tmp_path: Path, fault: BotApiError) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.fail("sendMessage", fault)
            fake.say("a")
            fake.say("b")
            await fake.until(lambda: len(fake.texts()) == 2)
            assert fake.texts() == ["1: a", "2: b"]
            calls = fake.made("sendMessage", ok=False)
            if fault.code == 429:
                assert calls[1].at - calls[0].at >= 1

    run(story())


def test_the_limits_are_kept_so_that_the_platform_need_not(tmp_path: Path) -> None:
    async def story() -> None:
        async with (
            FakeTelegram() as fake,
            running(fake, tmp_path, telegram_rate_chat=10, telegram_rate_total=40),
        ):
            for number in range(20):
                fake.say(f"@SellerTestBot {number}", person=number + 1, chat=GROUP)
                fake.say(str(number), person=number + 100)
            await fake.until(lambda: len(fake.texts()) == 40)
            times = [c.at for c in fake.made("sendMessage")]
            groups = [c.at for c in fake.made("sendMessage") if c.params["chat_id"] == str(GROUP)]
            assert len(groups) == 20
            # Measured at the server, so with a little less between two than where they left.
            assert min(b - a for a, b in zip(groups, groups[10:], strict=False)) > 0.9
            assert times[-1] - times[0] > 0.9

    run(story())


def test_a_chat_that_blocked_the_bot_is_left_alone(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.blocked.add(7)
            fake.say("a")
            await fake.until(lambda: fake.made("sendMessage", ok=False))
            fake.say("b", person=8)
            await fake.until(lambda: fake.texts(8))
            assert len([c for c in fake.calls if c.error == 403]) == 1
            fake.blocked.clear()
            fake.say("c")
            await fake.until(lambda: fake.texts(7))
            assert fake.texts(7) == ["2: c"]

    run(story())


def test_fifty_conversations_are_not_slowed_by_each_other(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram(latency=0.1) as fake, running(fake, tmp_path):
            for person in range(1, 51):
                fake.say("q", person=person)
            await fake.until(lambda: len(fake.texts()) == 50)
            times = [c.at for c in fake.made("sendMessage")]
            assert times[-1] - times[0] < 2.5  # one by one it would be 5 s

    run(story())


# Secrets


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_no_secret_and_nothing_said_is_ever_logged(tmp_path: Path, webhook: bool) -> None:
    async def story() -> None:
        with logged(TOKEN, SECRET) as stream:
            logging.getLogger("httpx").info("POST https://api/bot%s/getUpdates", TOKEN)
            logging.getLogger("root").warning("https://api/bot99:other-token/x and %s", SECRET)
            async with FakeTelegram() as fake, receiving(fake, tmp_path, webhook) as bot:
                await ready(bot.base)
                bot.echo.poison.add("what a seller wrote")
                for fault in (BotApiError(401, "x"), BotApiError(500, "x"), RESET):
                    fake.fail("sendMessage", fault)
                fake.fail("getUpdates", BotApiError(500, "x"), RESET)
                fake.say("what a seller wrote")
                fake.say("also what a seller wrote", person=8)
                await fake.until(lambda: len(fake.texts()) == 2)
                if webhook:
                    await post(fake.webhook["url"], {}, SECRET[:-1])
                replies = " ".join(fake.texts())
            text = stream.getvalue()
        assert text.count("\n") > 5
        assert all(json.loads(line)["event"] for line in text.splitlines())
        for hidden in (TOKEN, TOKEN.partition(":")[2], "other-token", SECRET):
            assert hidden not in text
            assert hidden not in replies
        assert "seller wrote" not in text

    run(story())


def test_the_server_tells_how_it_is(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path) as bot:
            fake.say("a")
            await fake.until(fake.texts)
            ready_now = await ready(bot.base)
            assert {c["name"] for c in ready_now["checks"]} == {
                "database", "queue", "telegram 123456",
            }  # fmt: skip
            _, metrics = await get(bot.base, "/metrics")
            for line in (
                'seller_bot_messages_total{accepted="new",channel="telegram",kind="message"} 1.0',
                'seller_bot_answers_total{channel="telegram",kind="answer",topic="echo"} 1.0',
                'seller_bot_sends_total{channel="telegram",outcome="sent"} 1.0',
                'seller_bot_waiting{box="inbox"} 0.0',
            ):
                assert line in metrics.splitlines()

    run(story())
