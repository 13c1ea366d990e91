"""What trusted bots promise, for DingTalk: nothing lost, nothing twice, failures seen, secrets kept."""

import asyncio
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.channels.dingtalk import api, gateway, stream
from bot.delivery import limits
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.wording import say
from tests.bot.dingtalk.running import GROUP, running
from tests.bot.stories import logged, ready, run
from tests.fake_dingtalk import (
    CLIENT_SECRET,
    ROBOT_SECRET,
    SESSION,
    TICKET,
    FakeDingTalk,
)

pytestmark = pytest.mark.usefixtures("impatient")


# Receiving by stream


def test_a_frame_is_acknowledged_when_it_is_on_disk_and_within_a_second(
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
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            name = fake.push(fake.message("a"))
            await asyncio.sleep(0.3)
            assert name not in fake.acks
            broken[0] = False
            await fake.until(lambda: len(fake.texts()) == 1)
            assert fake.acks[name][0]["code"] == 200
            began = time.monotonic()
            names = [fake.push(fake.message(f"q{n}", person=f"p{n}")) for n in range(50)]
            await fake.until(lambda: all(name in fake.acks for name in names))
            assert max(fake.acked_at[name] for name in names) - began < 1
            await fake.until(lambda: len(fake.texts()) == 51)

    run(story())


def test_the_answer_being_slow_does_not_delay_the_acknowledgement(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path) as bot:
            bot.echo.slow["slow"] = 1.5
            name = fake.push(fake.message("slow"))
            await fake.until(lambda: name in fake.acks)
            assert not fake.sent
            await fake.until(fake.texts)

    run(story())


def test_a_message_is_answered_once_however_often_and_concurrently_it_comes(
    tmp_path: Path,
) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake:
            data = fake.message("once")
            async with running(fake, tmp_path):
                same = [fake.push(data, "frame1") for _ in range(3)]
                other = [fake.push(data) for _ in range(3)]
                await fake.until(lambda: all(name in fake.acks for name in (*same, *other)))
                await fake.until(fake.texts)
            async with running(fake, tmp_path):
                name = fake.push(data)
                last = fake.push(fake.message("last"))
                await fake.until(lambda: name in fake.acks and last in fake.acks)
                await fake.until(lambda: len(fake.texts()) == 2)
            assert [sent.text.split("\n")[0] for sent in fake.sent] == [
                "**1: once**",
                "**2: last**",
            ]

    run(story())


def test_what_is_not_acknowledged_comes_again_and_is_answered_once(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk(redeliver=0.1) as fake, running(fake, tmp_path) as bot:
            bot.echo.slow["slow"] = 0.5
            fake.say("slow")
            await fake.until(fake.texts)
            await asyncio.sleep(0.3)
            assert len(fake.sent) == 1

    run(story())


def test_order_is_kept_in_a_chat_and_others_do_not_wait(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path) as bot:
            bot.echo.slow["a"] = 0.5
            for text in "abc":
                fake.push(fake.message(text))
                await asyncio.sleep(0.02)
            fake.say("other", person="043")
            await fake.until(lambda: len(fake.sent) == 4)
            heads = [sent.text.split("\n")[0].strip("*") for sent in fake.sent]
            assert heads == ["1: other", "1: a", "2: b", "3: c"]

    run(story())


@pytest.mark.parametrize(
    "modes",
    [
        pytest.param([401, 401], id="refused"),
        pytest.param([503, 503, 503], id="unavailable"),
        pytest.param(["xml"], id="XML"),
        pytest.param(["hang", "hang"], id="mute"),
        pytest.param(["used"], id="a ticket that was used"),
    ],
)
def test_a_gateway_in_trouble_is_seen_and_survived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, modes: list[Any]
) -> None:
    monkeypatch.setattr(gateway, "PATIENCE", timedelta(seconds=0.2))

    async def story() -> None:
        async with FakeDingTalk() as fake:
            fake.opening.extend(modes)
            async with running(fake, tmp_path, connected=False) as bot:
                seen = await ready(bot.base, 503)
                assert not next(c for c in seen["checks"] if "dingtalk" in c["name"])["ok"]
                await ready(bot.base, 200, 20)
                fake.say("a")
                await fake.until(fake.texts)
                assert len(fake.opened) == len(modes) + 1

    run(story())


def test_a_connection_that_breaks_is_replaced_at_once(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            for number in range(3):
                await fake.drop()
                await fake.until(lambda n=number: fake.connected_ever == n + 2 and fake.live())
                fake.say(f"q{number}")
                await fake.until(lambda n=number: len(fake.texts()) == n + 1)

    run(story())


def test_ping_is_answered_with_the_same_data(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            name = await fake.system("ping", {"opaque": "0d3f"})
            await fake.until(lambda: name in fake.acks)
            assert fake.acks[name][0]["code"] == 200
            assert json.loads(fake.acks[name][0]["data"]) == {"opaque": "0d3f"}

    run(story())


def test_on_disconnect_the_new_connection_is_open_before_the_old_one_closes(
    tmp_path: Path,
) -> None:
    async def story() -> None:
        async with FakeDingTalk(close_after=1, queue=True) as fake, running(fake, tmp_path):
            (old,) = fake.live()
            await fake.disconnect()
            fake.say("a")
            await fake.until(lambda: fake.connected_ever == 2)
            assert not old.closed
            fake.say("b")
            await fake.until(lambda: len(fake.texts()) == 2)
            assert not old.closed
            await fake.until(lambda: old.closed)
            fake.say("c")
            await fake.until(lambda: len(fake.texts()) == 3)
            assert fake.connected_ever == 2

    run(story())


def test_what_was_taken_before_a_disconnect_is_acknowledged_on_the_old_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept = SqliteStore.accept

    def slowly(self: SqliteStore, *arguments: Any) -> Any:
        time.sleep(0.3)
        return accept(self, *arguments)

    monkeypatch.setattr(SqliteStore, "accept", slowly)

    async def story() -> None:
        async with FakeDingTalk(close_after=1) as fake, running(fake, tmp_path):
            name = fake.push(fake.message("a"))
            await asyncio.sleep(0.05)
            await fake.disconnect()
            await fake.until(lambda: name in fake.acks and fake.texts())

    run(story())


def test_a_silent_connection_is_followed_by_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SILENT", timedelta(seconds=0.3))
    monkeypatch.setattr(stream, "_GRACE", timedelta(seconds=0.1))

    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            zombie = fake.live()
            fake.leaving |= set(zombie)  # answers pings of the socket, pushes nothing
            await fake.until(lambda: fake.connected_ever >= 2 and fake.live())
            fake.say("a")
            await fake.until(fake.texts)
            opened = len(fake.opened)
            await asyncio.sleep(1)
            assert len(fake.opened) - opened <= 3  # patience grows while all is silent

    run(story())


def test_a_mute_gateway_slows_nothing_else(tmp_path: Path) -> None:
    async def lag(seconds: float) -> float:
        worst, end = 0.0, time.monotonic() + seconds
        while time.monotonic() < end:
            before = time.monotonic()
            await asyncio.sleep(0.005)
            worst = max(worst, time.monotonic() - before - 0.005)
        return worst

    async def story() -> None:
        async with FakeDingTalk() as fake:
            fake.always = "hang"
            async with running(
                fake, tmp_path, connected=False, dingtalk_robot_secret=SecretStr(ROBOT_SECRET)
            ) as bot:
                await fake.until(lambda: fake.opened)
                waits = asyncio.create_task(lag(1.5))
                for number in range(20):
                    began = time.monotonic()
                    assert await fake.post(bot.base, fake.message(f"q{number}")) == 200
                    await fake.until(lambda n=number: len(fake.texts()) == n + 1)
                    assert time.monotonic() - began < 2
                assert await waits < 1  # the gateway is mute for longer

            began = time.monotonic()
        assert time.monotonic() - began < 3

    run(story())


@pytest.mark.parametrize("state", ["connected", "mute", "broken"])
def test_stopping_is_quick_and_leaves_no_thread(tmp_path: Path, state: str) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake:
            fake.always = {"connected": None, "mute": "hang", "broken": 503}[state]
            async with running(fake, tmp_path, connected=state == "connected") as bot:
                await fake.until(lambda: fake.opened)
                began = time.monotonic()
            assert time.monotonic() - began < 3
            assert bot.channel.stream is not None
            assert not bot.channel.stream.alive()

    run(story())


# Receiving by HTTP


@pytest.mark.parametrize(
    ("post", "status"),
    [
        pytest.param({}, 200, id="right"),
        pytest.param({"age": 3500}, 200, id="almost an hour old"),
        pytest.param({"age": 3700}, 403, id="more than an hour old"),
        pytest.param({"age": -3700}, 403, id="more than an hour ahead"),
        pytest.param({"secret": "wrong"}, 403, id="another secret"),
        pytest.param({"sign": "none"}, 403, id="no sign"),
        pytest.param({"sign": ""}, 403, id="empty sign"),
        pytest.param({"timestamp": "none"}, 403, id="no timestamp"),
        pytest.param({"timestamp": "1577262236757"}, 403, id="a sign for another timestamp"),
        pytest.param({"timestamp": "now"}, 403, id="no number"),
    ],
)
def test_a_post_must_be_signed_and_fresh(tmp_path: Path, post: dict[str, Any], status: int) -> None:
    async def story() -> None:
        more: dict[str, Any] = {
            "dingtalk_client_id": None,
            "dingtalk_client_secret": None,
            "dingtalk_robot_secret": SecretStr(ROBOT_SECRET),
        }
        async with FakeDingTalk() as fake, running(fake, tmp_path, **more) as bot:
            data = fake.message("a")
            assert await fake.post(bot.base, data, **post) == status
            if status == 200:
                assert await fake.post(bot.base, data, **post) == 200  # replayed
                assert await fake.post(bot.base, b"{") == 400
                await fake.until(fake.texts)
            await asyncio.sleep(0.1)
            assert len(fake.sent) == (status == 200)

    run(story())


# Sending


def test_the_session_is_answered_with_the_asker_mentioned(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            data = fake.say("空快", chat=GROUP)
            await fake.until(fake.texts)
            (sent,) = fake.sent
            assert data["sessionWebhook"].endswith(sent.to)
            assert (sent.way, sent.kind, sent.at_users) == ("session", "markdown", ["042"])
            assert sent.text.startswith("@042\n")

    run(story())


@pytest.mark.parametrize(
    ("session", "chat", "way", "to"),
    [
        pytest.param({"sessionWebhookExpiredTime": 1}, None, "person", "042", id="expired, single"),
        pytest.param({"sessionWebhookExpiredTime": 1}, GROUP, "group", GROUP, id="expired, group"),
        pytest.param({"sessionWebhook": None}, None, "person", "042", id="no session"),
        pytest.param({"sessionWebhook": "http://169.254.169.254/x"}, None, "person", "042",
                     id="an address that is not allowed"),
        pytest.param({"sessionWebhook": "unknown"}, GROUP, "group", GROUP, id="300001"),
    ],
)  # fmt: skip
def test_without_a_session_the_openapi_sends(
    tmp_path: Path, session: dict[str, Any], chat: str | None, way: str, to: str
) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            if session.get("sessionWebhook") == "unknown":
                session["sessionWebhook"] = f"{fake.base}/robot/sendBySession?session=gone"
            for number in range(3):
                fake.say(f"q{number}", chat=chat, **session)
            await fake.until(lambda: len(fake.texts()) == 3)
            sent = [s for s in fake.sent if not s.errcode]
            assert {(s.way, s.to) for s in sent} == {(way, to)}
            assert len(fake.tokens) == 1  # cached

    run(story())


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(130101, id="too fast"),
        pytest.param(-1, id="busy"),
        pytest.param(("http", 500), id="500"),
        pytest.param(("http", 429), id="429"),
    ],
)
def test_passing_trouble_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Any
) -> None:
    monkeypatch.setattr(api, "TOO_FAST", timedelta(seconds=0.1))
    monkeypatch.setattr(api, "_A_MOMENT", timedelta(seconds=0.1))

    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            fake.webhook_faults.extend([fault, fault])
            fake.say("a")
            fake.say("b", person="043")
            await fake.until(lambda: len(fake.texts()) == 2)

    run(story())


def test_a_body_that_is_too_large_is_sent_in_smaller_pieces_as_text(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            fake.webhook_faults.append(460101)
            fake.say("长" * 2000)
            await fake.until(lambda: "".join(fake.texts()).count("长") == 2000)
            assert {sent.kind for sent in fake.sent if not sent.errcode} == {"text"}
            assert len(fake.texts()) > 1

    run(story())


def test_long_answers_fit(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            fake.say("长" * 4000)
            await fake.until(fake.texts)
            fake.say("长" * 4000, sessionWebhookExpiredTime=1)
            await fake.until(lambda: "👍" in fake.texts()[-1] and fake.sent[-1].way == "person")
            assert all(s.errcode == 0 for s in fake.sent)
            large = [s for s in fake.sent if len(s.text) > 3500]
            assert [s.kind for s in large] == ["text", "sampleText"]

    run(story())


@pytest.mark.parametrize("fault", [310000, ("http", 302), ("http", 404)], ids=str)
def test_a_refusal_is_told_and_kept_as_a_dead_letter(tmp_path: Path, fault: Any) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path) as bot:
            fake.webhook_faults.append(fault)
            fake.say("a")
            await fake.until(fake.texts)
            assert fake.texts()[0] == say("unsent", "zh")
            letters = await bot.delivery.ledger.call(lambda store: store.dead_letters(9))
            assert [letter.box for letter in letters] == ["outbox"]

    run(story())


def test_a_token_that_is_withdrawn_is_fetched_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            fake.say("a", sessionWebhookExpiredTime=1)
            await fake.until(fake.texts)
            fake.tokens.append("CANARY-another")
            fake.say("b", sessionWebhookExpiredTime=1)
            await fake.until(lambda: len(fake.texts()) == 2)
            fake.openapi_faults.append((403, {"code": "Forbidden.AccessDenied.QpsLimit"}))
            fake.say("c", sessionWebhookExpiredTime=1)
            await fake.until(lambda: len(fake.texts()) == 3)

    run(story())


def test_no_secret_and_no_word_of_a_seller_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gateway, "PATIENCE", timedelta(seconds=0.2))

    async def story() -> None:
        async with FakeDingTalk(close_after=0.2) as fake:
            fake.opening.extend([401, 503, "xml", "hang", "used"])
            more: dict[str, Any] = {"dingtalk_robot_secret": SecretStr(ROBOT_SECRET)}
            async with running(fake, tmp_path, connected=False, **more) as bot:
                await fake.until(fake.live, 20)
                fake.webhook_faults.extend([310000, ("http", 500)])
                fake.token_faults.append(500)
                bot.echo.poison.add("a secret word")
                for text in ("CANARY-words", "a secret word", "x"):
                    fake.say(text)
                fake.say("x", sessionWebhookExpiredTime=1)
                fake.say("x", sessionWebhook="https://evil.example/CANARY")
                await fake.post(bot.base, fake.message("x"), sign="CANARY-wrong")
                await fake.disconnect()
                for socket in fake.live():
                    await socket.send_str("CANARY no JSON")
                    await socket.send_str('{"type": "CANARY", "headers": {}, "data": "CANARY"}')
                await fake.until(lambda: len(fake.texts()) >= 4, 20)
                await fake.drop()
                await fake.until(fake.live, 20)

    with logged(CLIENT_SECRET, ROBOT_SECRET) as log:
        run(story(), 60)
    said = log.getvalue() + "".join(capfd.readouterr())
    assert "no stream connection yet" in said
    assert [
        word
        for word in ("CANARY", CLIENT_SECRET, ROBOT_SECRET, TICKET, SESSION, "a secret word")
        if word in said
    ] == []


# Limits


def test_a_pile_up_in_a_group_is_merged_within_the_limit_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_MINUTE", timedelta(seconds=1.5))
    monkeypatch.setattr("tests.fake_dingtalk._MINUTE", 1.5)

    async def story() -> None:
        async with (
            FakeDingTalk(per_minute=20) as fake,
            running(fake, tmp_path, dingtalk_rate_group=20) as bot,
        ):
            for number in range(100):
                fake.say(f"q{number:03}", person=f"p{number}", chat=GROUP)
            fake.say("alone", person="other")
            await fake.until(lambda: any("alone" in text for text in fake.texts()), 1)

            def answered() -> set[int]:
                said = "\n".join(sent.text for sent in fake.sent if not sent.errcode)
                said = said.replace("  \n", "\n")
                return {n for n in range(100) if f"q{n:03}" in said and f"@p{n}\n" in said}

            await fake.until(lambda: len(answered()) == 100, 20)
            assert [sent for sent in fake.sent if sent.errcode] == []  # never asked to slow down
            group = [sent for sent in fake.sent if "alone" not in sent.text]
            for first, later in zip(group, group[20:], strict=False):
                assert later.at - first.at > 1.4
            assert len(group) < 30
            assert max(len(sent.at_users) for sent in group) > 10
            said = "\n".join(sent.text for sent in group)
            assert all(said.count(f"q{n:03}") == 1 for n in range(100))
            letters = await bot.delivery.ledger.call(lambda store: store.dead_letters(9))
            assert letters == []

    run(story())


def test_the_limit_is_remembered_over_a_restart(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake:
            async with running(fake, tmp_path, dingtalk_rate_group=2):
                for number in range(2):
                    fake.say(f"q{number}", person=f"p{number}", chat=GROUP)
                await fake.until(lambda: len(fake.texts()) == 2)
            async with running(fake, tmp_path, dingtalk_rate_group=2):
                fake.say("q3", person="p3", chat=GROUP)
                await asyncio.sleep(0.5)
                assert len(fake.texts()) == 2
                fake.say("alone")
                await fake.until(lambda: len(fake.texts()) == 3)

    run(story())
