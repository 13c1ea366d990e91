"""The real command with DingTalk: started, killed, examined; and Telegram beside a mute gateway."""

import asyncio
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from bot.channels.settings import read_channel_settings
from bot.channels.telegram.channel import TelegramChannel
from bot.delivery.engine import Delivery
from bot.delivery.rules import Rules
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.thinking import InThreads
from bot.serving import channels_of
from bot.settings import SettingsError
from tests.bot.delivery.doubles import Echo
from tests.bot.dingtalk.kill import chaos
from tests.bot.dingtalk.running import settings
from tests.bot.processes import command, environment, serve
from tests.bot.stories import run
from tests.fake_dingtalk import CLIENT_ID, CLIENT_SECRET, FakeDingTalk
from tests.fake_telegram import TOKEN, FakeTelegram


def dingtalk(fake: FakeDingTalk, **more: str) -> dict[str, Any]:
    return {
        "DINGTALK_CLIENT_ID": CLIENT_ID,
        "DINGTALK_CLIENT_SECRET": CLIENT_SECRET,
        "DINGTALK_OPENAPI_ENDPOINT": fake.base,
        "DINGTALK_ALLOWED_WEBHOOK_HOSTS": fake.base,
        **more,
    }


def test_the_process_answers_and_stops_cleanly(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk(queue=True) as fake:
            env = environment(tmp_path, **dingtalk(fake, SELLER_BOT_AS_OF="2021-04-22T10:00"))
            process = await serve(env, subprocess.PIPE)
            fake.say("空快新人折扣怎么报名？", chat="g")
            await fake.until(fake.texts, 20)
            process.terminate()
            _, err = await process.communicate()
            assert process.returncode == 0
            assert CLIENT_SECRET.encode() not in err
            assert "报名".encode() not in err
            assert not list((tmp_path / "processes").iterdir())

    run(story(), 60)


def test_killed_again_and_again_it_loses_nothing(tmp_path: Path) -> None:
    result = asyncio.run(chaos(60, 3, tmp_path, 1))

    assert (result.lost, result.doubles) == (0, result.unmarked)


@pytest.mark.parametrize(
    ("mode", "status", "said"),
    [
        pytest.param(None, 0, ("ok   dingtalk: reached", "ok   dingtalk stream", "token: granted",
                               "clock: right"), id="all well"),
        pytest.param(401, 1, ("WRONG dingtalk stream", "DINGTALK_CLIENT_SECRET"), id="refused"),
        pytest.param("xml", 1, ("WRONG dingtalk stream", "cannot be read"), id="no JSON"),
    ],
)  # fmt: skip
def test_doctor_says_what_to_do(
    tmp_path: Path, mode: Any, status: int, said: tuple[str, ...]
) -> None:
    async def story() -> None:
        async with FakeDingTalk(always=mode) as fake:
            found, out, err = await command("doctor", env=environment(tmp_path, **dingtalk(fake)))
            assert [word for word in said if word not in out] == []
            assert (found, err) == (status, "")
            assert CLIENT_SECRET not in out

    run(story(), 60)


def test_doctor_names_a_server_that_cannot_be_reached(tmp_path: Path) -> None:
    async def story() -> None:
        fake = FakeDingTalk(base="http://127.0.0.1:9")
        status, out, _ = await command("doctor", env=environment(tmp_path, **dingtalk(fake)))
        assert status == 1
        assert "WRONG dingtalk: cannot be reached" in out

    run(story(), 60)


@pytest.mark.parametrize(
    ("env", "named"),
    [
        pytest.param({"DINGTALK_CLIENT_ID": "canary"}, "DINGTALK_CLIENT_SECRET", id="no secret"),
        pytest.param({"DINGTALK_CLIENT_SECRET": "canary"}, "DINGTALK_CLIENT_ID", id="no id"),
        pytest.param({"DINGTALK_CLIENT_IT": "canary"}, "DINGTALK_CLIENT_ID", id="misspelt"),
        pytest.param({"DINGTALK_OPENAPI_ENDPOINT": "canary"}, "DINGTALK_OPENAPI_ENDPOINT",
                     id="no address"),
        pytest.param({"DINGTALK_ALLOWED_WEBHOOK_HOSTS": "canary/x"},
                     "DINGTALK_ALLOWED_WEBHOOK_HOSTS", id="no host"),
        pytest.param({"DINGTALK_ALLOWED_WEBHOOK_HOSTS": "*"},
                     "DINGTALK_ALLOWED_WEBHOOK_HOSTS", id="any host"),
        pytest.param({"DINGTALK_RATE_GROUP": "-1"}, "DINGTALK_RATE_GROUP", id="negative"),
    ],
)  # fmt: skip
def test_an_invalid_setting_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], named: str
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        read_channel_settings()

    assert named in str(refused.value)
    assert "canary" not in str(refused.value)


async def telegram_times(folder: Path, gateway: str | None) -> list[float]:
    """Seconds from question to answer in Telegram, beside a DingTalk gateway in that mood."""
    folder.mkdir()
    async with FakeTelegram() as telegram, FakeDingTalk(always=gateway) as fake:
        given = settings(
            fake,
            telegram_bot_token=TOKEN,
            telegram_api_base=telegram.base,
            telegram_rate_total=0,
            telegram_rate_chat=0,
            telegram_rate_group=0,
        )
        delivery = Delivery(
            folder, lambda: SqliteStore(folder / "bot.db"), Echo(), Rules(), InThreads()
        )
        await delivery.open()
        channels = list(channels_of(given, delivery))
        assert isinstance(channels[0], TelegramChannel)
        for channel in channels:
            delivery.add(channel)
        await delivery.start()
        await fake.until(lambda: fake.opened)
        times = []
        for number in range(60):
            began = time.monotonic()
            telegram.say(f"q{number}")
            while len(telegram.texts()) <= number:
                await asyncio.sleep(0.001)
            times.append(time.monotonic() - began)
        await delivery.stop()
        await delivery.close()
        return times


def test_a_mute_gateway_does_not_slow_telegram(tmp_path: Path) -> None:
    async def story() -> None:
        well = await telegram_times(tmp_path / "well", None)
        mute = await telegram_times(tmp_path / "mute", "hang")
        assert statistics.median(mute) < statistics.median(well) * 2 + 0.1
        assert max(mute) < 2  # the gateway is mute for longer

    run(story(), 60)
