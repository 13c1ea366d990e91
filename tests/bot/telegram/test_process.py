"""The real command: started, asked, stopped, killed, examined."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from bot.channels.settings import ChannelSettings, read_channel_settings
from bot.delivery.model import Incoming, Outgoing
from bot.delivery.sqlite.store import SqliteStore
from bot.settings import SettingsError
from tests.bot import processes
from tests.bot.delivery.doubles import ME_NOW, NOW
from tests.bot.processes import command, serve
from tests.bot.stories import run
from tests.chaos.killing import settled
from tests.fake_telegram import TOKEN, BotApiError, FakeTelegram


def environment(folder: Path, fake: FakeTelegram, **more: str) -> dict[str, str]:
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": fake.base, **more}
    return processes.environment(folder, **given)


async def answered(fake: FakeTelegram, number: int) -> None:
    await fake.until(lambda: len(fake.texts()) >= number, 20)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=str)
def test_it_answers_stops_and_goes_on_where_it_was(tmp_path: Path, how: signal.Signals) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake:
            env = environment(tmp_path, fake, TELEGRAM_RATE_CHAT="0")
            logged = b""
            for number in range(2):
                process = await serve(env, subprocess.PIPE)
                fake.say("空快新人折扣怎么报名？")
                await answered(fake, number + 1)
                # It is marked as sent, so it is not sent again.
                await fake.until(lambda n=number: settled(tmp_path, n + 1), 20)
                process.send_signal(how)
                _, err = await process.communicate()
                logged += err
                assert process.returncode == (-how if how == signal.SIGKILL else 0)
                left = list((tmp_path / "processes").iterdir())
                assert len(left) == (how == signal.SIGKILL)
            assert len(fake.texts()) == 2
            events = [json.loads(line)["event"] for line in logged.splitlines()]
            assert events.count("answered") == 2
            assert TOKEN.encode() not in logged
            assert "报名".encode() not in logged

    run(story(), 60)


@pytest.mark.parametrize(
    ("env", "named"),
    [
        pytest.param({"TELEGRAM_BOT_TOKEN": "canary"}, "TELEGRAM_BOT_TOKEN", id="no token"),
        pytest.param({"TELEGRAM_BOT_TOKN": "1:canary"}, "TELEGRAM_BOT_TOKEN", id="misspelt"),
        pytest.param({"HTTP_PORT": "99999"}, "HTTP_PORT", id="no port"),
        pytest.param({"TELEGRAM_API_BASE": "canary"}, "TELEGRAM_API_BASE", id="no address"),
        pytest.param({"TELEGRAM_RATE_CHAT": "-1"}, "TELEGRAM_RATE_CHAT", id="negative"),
        pytest.param({"PERSON_RATE": "canary"}, "PERSON_RATE", id="no number"),
        pytest.param({"TELEGRAM_WEBHOOK_URL": "https://canary.example/x"},
                     "TELEGRAM_WEBHOOK_SECRET", id="webhook without a secret"),
        pytest.param({"TELEGRAM_WEBHOOK_URL": "https://canary.example",
                      "TELEGRAM_WEBHOOK_SECRET": "s"}, "TELEGRAM_WEBHOOK_URL", id="no path"),
        pytest.param({"TELEGRAM_WEBHOOK_SECRET": "can ary"}, "TELEGRAM_WEBHOOK_SECRET",
                     id="a secret with a space"),
    ],
)  # fmt: skip
def test_an_invalid_setting_is_refused_with_its_name_and_remedy_never_its_value(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], named: str
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        read_channel_settings()

    said = str(refused.value)
    assert named in said
    assert len(said.splitlines()) == 1
    assert "canary" not in said.lower().replace("canary.example", "canary")
    assert "write" in said or "did you mean" in said


def test_every_setting_has_its_remedy_and_is_described() -> None:
    root = Path(__file__).parents[3]
    for name, field in ChannelSettings.model_fields.items():
        assert field.description
        for page in ("README.md", "README.zh-CN.md", ".env.example"):
            assert name.upper() in (root / page).read_text(encoding="utf-8"), page


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        pytest.param(None, 0, ("all is well", "@SellerTestBot", "privacy mode: on", "clock: right"),
                     id="all well"),
        pytest.param(BotApiError(401, "Unauthorized"), 1, ("WRONG token", "@BotFather"),
                     id="token refused"),
    ],
)  # fmt: skip
def test_doctor_says_what_to_do(
    tmp_path: Path, fault: BotApiError | None, status: int, said: tuple[str, ...]
) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake:
            if fault is not None:
                fake.fail("getMe", fault)
            found, out, err = await command("doctor", env=environment(tmp_path, fake))
            assert (found, err) == (status, "")
            assert [word for word in said if word not in out] == []
            assert TOKEN not in out

    run(story(), 60)


def test_doctor_names_a_server_that_cannot_be_reached_and_bad_settings(tmp_path: Path) -> None:
    async def story() -> None:
        fake = FakeTelegram(base="http://127.0.0.1:9")
        status, out, _ = await command("doctor", env=environment(tmp_path, fake))
        assert status == 1
        assert "WRONG telegram: cannot be reached" in out
        bad = environment(tmp_path, fake, HTTP_PORT="x")
        status, out, _ = await command("doctor", env=bad)
        assert status == 1
        assert "WRONG setting: HTTP_PORT" in out

    run(story(), 60)


def test_deliveries_lists_and_retries(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "seller-bot.db")
    incoming = Incoming("telegram", "1", "u1", "message", "7", person="7", text="a secret")
    store.accept(incoming, NOW, 0)
    (work,) = store.claim_work(NOW, ME_NOW, 1)
    store.bury_work(work, "ZeroDivisionError in f:1", [Outgoing("text", "7")], NOW)
    store.close()

    async def story() -> None:
        env = processes.environment(tmp_path)
        status, out, _ = await command("deliveries", env=env)
        assert status == 0
        assert "inbox/1  telegram  2021-04-22 02:00 UTC  1 attempts  ZeroDivisionError" in out
        assert "a secret" not in out
        assert (await command("deliveries", "--retry", "inbox/9", env=env))[0] == 1
        assert (await command("deliveries", "--retry", "nonsense", env=env))[0] == 1
        assert (await command("deliveries", "--retry", "all", env=env))[0] == 0
        _, out, _ = await command("deliveries", env=env)
        assert "1 events wait" in out
        assert "0 were given up" in out

    run(story(), 60)
