"""The delivery at work: every accepted message is answered, once, in order."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import worker
from bot.delivery.channel import Gone, Moved, Refused, TryAgain
from bot.delivery.limits import Limits
from bot.delivery.model import DeadLetter, Incoming
from bot.delivery.wording import say
from tests.bot.delivery.doubles import Running, message
from tests.bot.stories import run

pytestmark = pytest.mark.usefixtures("impatient")


async def dead_letters(running: Running) -> list[DeadLetter]:
    return await running.delivery.ledger.call(lambda store: store.dead_letters(10))


def test_repeats_are_silent_also_when_they_come_at_once(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            await asyncio.gather(*(running.say(message("1")) for _ in range(3)))
            await running.idle()
            await running.say(message("1"))
        async with Running(tmp_path) as restarted:
            await restarted.say(message("1"))
            await restarted.idle()
        assert running.platform.texts() == ["1: 1"]
        assert restarted.platform.texts() == []

    run(story())


def test_a_slow_answer_holds_up_its_conversation_and_no_other(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.echo.slow["first"] = 0.4
            await running.say(*(message(text) for text in ("first", "second", "third")))
            await running.say(*(message(f"other{n}", chat=f"d{n}") for n in range(10)))
            await running.idle()
        assert running.platform.texts("c1") == ["1: first", "2: second", "3: third"]
        assert {outgoing.chat for outgoing, _ in running.platform.sent[:10]} == {
            f"d{n}" for n in range(10)
        }

    run(story())


def test_a_clean_stop_leaves_nothing_taken_and_the_next_start_goes_on(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.echo.slow["5"] = 0.5
            await running.say(*(message(str(n)) for n in range(20)))
            while "5" not in [text for text, _ in running.echo.asked]:
                await asyncio.sleep(0.005)
        async with Running(tmp_path) as again:
            assert list((tmp_path / "processes").iterdir()) == [
                tmp_path / "processes" / again.delivery.holder
            ]
            await again.idle()
        texts = running.platform.texts() + again.platform.texts()
        assert texts == [f"{n + 1}: {n}" for n in range(20)]
        assert running.platform.texts()
        assert again.platform.texts()

    run(story())


def test_a_poisonous_message_is_given_up_with_an_apology_and_the_rest_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.echo.poison.add("my secret question")
            await running.say(message("1", "my secret question"), message("2"))
            await running.idle()
            assert running.platform.texts() == [say("apology", "zh"), "1: 2"]
            (letter,) = await dead_letters(running)
            assert letter.attempts == worker.ATTEMPTS
            assert letter.error.startswith("ZeroDivisionError in reply:")

            running.echo.poison.clear()
            now = running.delivery.clock()
            await running.delivery.ledger.call(lambda store: store.retry("inbox", letter.id, now))
            await running.idle()
            assert running.platform.texts()[-1] == "2: my secret question"
            assert await dead_letters(running) == []

    run(story())
    assert "my secret question" not in caplog.text


def test_a_message_that_kills_the_process_again_and_again_is_given_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            await running.say()
            await running.delivery.ledger.call(_killed_often)
            await running.idle()
            assert running.platform.texts() == [say("apology", "zh")]
            assert running.echo.asked == []

    def _killed_often(store: Any) -> None:
        from bot.delivery.clock import lease, utc_now  # noqa: PLC0415

        store.accept(message("1"), utc_now(), 0)
        for _ in range(worker.CRASHES + 1):
            store.claim_work(utc_now(), lease("dead", utc_now()), 1)
            store.release("dead", utc_now())

    run(story())


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([TryAgain("502")] * 10, id="a storm of server errors"),
        pytest.param([OSError("reset"), OSError("reset")], id="unknown errors"),
    ],
)
def test_trouble_of_the_platform_loses_nothing_and_keeps_the_order(
    tmp_path: Path, faults: list[Exception]
) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.platform.faults += faults
            await running.say(*(message(str(n)) for n in range(3)))
            await running.idle()
        assert running.platform.texts() == ["1: 0", "2: 1", "3: 2"]

    run(story())


def test_retry_after_is_honoured_for_its_chat_only(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.platform.faults.append(TryAgain("429", after=timedelta(seconds=0.6)))
            started = time.monotonic()
            await running.say(message("1"), message("2"))
            await asyncio.sleep(0.1)
            await running.say(message("3", chat="c2"))
            await running.idle()
        assert running.platform.texts() == ["1: 3", "1: 1", "2: 2"]
        assert running.platform.times[1] - started >= 0.6

    run(story())


def test_a_refused_message_becomes_a_dead_letter_with_an_apology(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.platform.faults.append(Refused("400 bad request"))
            await running.say(message("1"), message("2"))
            await running.idle()
            assert running.platform.texts() == [say("unsent", "zh"), "2: 2"] or (
                running.platform.texts() == ["2: 2", say("unsent", "zh")]
            )
            (letter,) = await dead_letters(running)
            assert (letter.box, letter.error) == ("outbox", "400 bad request")

    run(story())


def test_a_refused_apology_is_not_apologised_for(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.platform.broken["c1"] = Refused("400")
            await running.say(message("1"))
            await running.idle()
            assert len(await dead_letters(running)) == 2

    run(story())


def test_a_chat_that_blocked_the_bot_hears_nothing_more_until_it_writes(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.platform.broken["c1"] = Gone("403")
            await running.say(message("1"), message("other", chat="c2"))
            await running.idle()
            running.platform.broken.clear()
            assert running.platform.texts() == ["1: other"]
            assert await dead_letters(running) == []
            await running.say(message("2"))
            await running.idle()
            assert running.platform.texts("c1") == ["2: 2"]

    run(story())


def test_a_group_that_moved_is_followed(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            running.platform.broken["c1"] = Moved("c9")
            await running.say(message("1", group=True), message("2", group=True))
            await running.idle()
            await running.say(message("3", group=True, chat="c9"))
            await running.idle()
        assert running.platform.texts("c9") == ["1: 1", "2: 2", "3: 3"]

    run(story())


def test_a_hundred_answers_to_a_group_wait_for_the_limit_and_none_is_lost(tmp_path: Path) -> None:
    # The same window as 20 a minute, at a pace that a test can wait for.
    async def story() -> None:
        async with Running(tmp_path, limits=Limits(chat=50)) as running:
            await running.say(*(message(str(n), group=True, person=f"p{n}") for n in range(100)))
            await running.idle(20)
        times = running.platform.times
        assert len(set(running.platform.texts())) == 100
        gaps = [after - before for before, after in zip(times, times[50:], strict=False)]
        assert min(gaps) > 0.95

    run(story())


def test_limits_are_remembered_over_a_restart(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path, limits=Limits(chat=1)) as running:
            await running.say(message("1"))
            await running.idle()
        async with Running(tmp_path, limits=Limits(chat=1)) as again:
            await again.say(message("2"))
            await again.idle()
        assert again.platform.times[0] - running.platform.times[0] > 0.9

    run(story())


def test_a_flood_gets_one_notice(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path, person_rate=3) as running:
            await running.say(*(message(str(n)) for n in range(10)))
            await running.idle()
        assert running.platform.texts() == ["1: 0", "2: 1", "3: 2", say("flood", "en")]

    run(story())


def test_that_work_takes_long_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_SHOW_WORKING_AFTER", timedelta(milliseconds=50))

    async def story() -> None:
        async with Running(tmp_path) as running:
            running.echo.slow["slow"] = 0.2
            await running.say(message("slow"), message("quick", chat="c2"))
            await running.idle()
        assert running.platform.shown == ["c1"]

    run(story())


def test_an_edited_question_changes_its_answer_in_the_state_before_it(tmp_path: Path) -> None:
    def edit(number: str, text: str) -> Incoming:
        return replace(message(number, text), kind="edit", message="m2")

    async def story() -> None:
        async with Running(tmp_path) as running:
            await running.say(message("1"), message("2"))
            await running.say(edit("3", "two"), edit("4", "two"), edit("5", "zwei"))
            await running.say(message("6"))
            await running.idle()
        shown = [(o.kind, o.text, target) for o, target in running.platform.sent]
        assert shown == [
            ("text", "1: 1", ""),
            ("text", "2: 2", ""),
            ("edit", "2: two", "p2"),
            ("edit", "2: zwei", "p2"),
            ("text", "3: 6", ""),
        ]

    run(story())


def test_an_edit_of_what_was_no_question_is_silent_unless_it_is_one_now(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            base = replace(message("1"), kind="edit")
            await running.say(replace(base, details={"addressed": False}))
            await running.say(replace(base, external_id="2", text="now"))
            await running.idle()
        assert running.platform.texts() == ["1: now"]

    run(story())


def test_a_person_who_says_forget_is_forgotten_and_told_so(tmp_path: Path) -> None:
    async def story() -> None:
        async with Running(tmp_path) as running:
            await running.say(message("1", "secret-of-p1"), message("2", "other", person="p2",
                              chat="c2"))  # fmt: skip
            await running.idle()
            forget = replace(message("3", ""), kind="command", command="forget")
            await running.say(forget, forget, message("4", "a new word"))
            await running.idle()
            texts = running.platform.texts("c1")
            assert texts == ["1: secret-of-p1", say("forgotten", "en"), "1: a new word"]
            kept = b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())
            assert b"secret-of-p1" not in kept
            assert b"other" in kept

    run(story())
