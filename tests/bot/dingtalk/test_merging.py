"""What piles up behind a group's limit leaves as few messages, whoever asked."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import limits
from tests.bot.dingtalk.running import GROUP, running
from tests.fake_dingtalk import FakeDingTalk


def test_one_persons_pile_up_is_merged_too_and_names_them_once_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_MINUTE", timedelta(seconds=3))

    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path, dingtalk_rate_group=2):
            for number in range(30):
                fake.say(f"q{number:03}", person="p1", chat=GROUP)
            await fake.until(lambda: "q029" in "".join(fake.texts()), 20)
            said = "\n".join(fake.texts())
            places = [said.index(f"q{number:03}") for number in range(30)]
            assert places == sorted(places)
            assert len(fake.texts()) <= 4
            assert all(text.count("@p1") == 1 for text in fake.texts())

    asyncio.run(story())


def test_what_was_merged_counts_once_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_MINUTE", timedelta(seconds=3))

    async def story() -> None:
        async with FakeDingTalk() as fake:
            async with running(fake, tmp_path, dingtalk_rate_group=2):
                for number in range(10):
                    fake.say(f"q{number:03}", person=f"p{number}", chat=GROUP)
                await fake.until(lambda: "q009" in "".join(fake.texts()), 10)
                assert len(fake.texts()) == 3  # two singly, then the rest in one
            async with running(fake, tmp_path, dingtalk_rate_group=2):
                fake.say("next", person="p1", chat=GROUP)
                await fake.until(lambda: len(fake.texts()) == 4, 2)

    asyncio.run(story())


def test_what_is_refused_when_it_is_merged_is_tried_singly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_MINUTE", timedelta(seconds=3))

    async def story() -> None:
        async with (
            FakeDingTalk() as fake,
            running(fake, tmp_path, dingtalk_rate_group=1) as bot,
        ):
            fake.say("q0", person="p0", chat=GROUP)
            await fake.until(fake.texts)
            fake.webhook_faults.append(310000)
            for number in (1, 2, 3):
                fake.say(f"q{number}", person=f"p{number}", chat=GROUP)
            await fake.until(lambda: "q3" in "".join(fake.texts()), 10)
            assert len(fake.texts()) == 3
            assert [text.count("@") for text in fake.texts()] == [1, 1, 2]
            letters = await bot.delivery.ledger.call(lambda store: store.dead_letters(9))
            assert letters == []

    asyncio.run(story())
