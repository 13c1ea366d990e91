"""Whole conversations in DingTalk: words, numbers, thumbs, voice, forwards, groups."""

from pathlib import Path
from typing import Any

from tests.bot.dingtalk.running import GROUP, Bot, running
from tests.bot.stories import run
from tests.fake_dingtalk import BOT_ID, FakeDingTalk


async def ask(fake: FakeDingTalk, text: Any = None, **more: Any) -> str:
    """The answer to a message."""
    before = len(fake.sent)
    fake.say(text, **more)
    await fake.until(lambda: len(fake.sent) > before)
    return fake.sent[before].text


async def answers(bot: Bot, conversation: str) -> Any:
    return await bot.delivery.ledger.call(lambda store: store.last_answer(conversation))


def test_words_numbers_and_thumbs(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path) as bot:
            first = await ask(fake, "hello there")
            assert "1. more" in first
            assert "👍" in first
            assert "2: tell me more" in await ask(fake, "1")
            assert "3: tell me more" in await ask(fake, "第1个")
            assert "4: tell me more" in await ask(fake, "more")
            assert "5: 9" in await ask(fake, "9")  # no such choice: a number like any other
            assert "Thank you" in await ask(fake, "👍")
            key = f"dingtalk/{bot.channel.account}/cid-042/"
            assert (await answers(bot, key)).feedback == "up"
            assert "What was wrong" in await ask(fake, "👎")
            replied = {"content": "Thank you! What was wrong?", "senderId": BOT_ID, "msgId": "?"}
            told = await ask(fake, text={"content": "the date", "repliedMsg": replied})
            assert "Thank you" in told
            kept = await answers(bot, key)
            assert (kept.feedback, kept.word) == ("down", "the date")
            assert "1 Echo" in await ask(fake, "来源")
            assert "topics" in await ask(fake, "主题")
            assert "deadlines" in await ask(fake, "deadlines")
            assert "help" in await ask(fake, "帮助")
            assert "中文" in await ask(fake, "语言 中文")
            assert "从头开始" in await ask(fake, "取消")
            assert "忘记我" in await ask(fake, "开始")
            assert "1: again" in await ask(fake, "again")
            assert "已删除" in await ask(fake, "忘记我")
            assert await answers(bot, key) is None

    run(story())


def test_each_kind_of_message(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path, support_staff={"agent"}):
            voice = {
                "msgtype": "audio",
                "content": {"recognition": "空快怎么算", "downloadCode": "d"},
            }
            heard = await ask(fake, **voice)
            assert heard.startswith("**您说的是：「空快怎么算」**")
            assert "1: 空快怎么算" in heard
            line = await ask(fake, msgtype="picture", content={"downloadCode": "d"})
            assert line.startswith("Sorry, I can read text only")
            assert "帮助" in await ask(fake, "", chat=GROUP)
            quote = {"content": " ", "repliedMsg": {"content": "空快怎么算", "senderId": "x"}}
            before = len(fake.sent)
            paste = await ask(fake, text=quote, chat=GROUP)
            await fake.until(lambda: len(fake.sent) == before + 2)
            assert paste.removeprefix("@042\n") == "1: 空快怎么算"
            assert fake.sent[before].kind == "text"  # to be copied, so without markup
            assert "note" in fake.sent[-1].text
            before = len(fake.sent)
            await ask(fake, "q", person="agent", chat=GROUP)
            await fake.until(lambda: len(fake.sent) == before + 2)

    run(story())


def test_a_group_has_a_context_per_person_until_an_admin_changes_that(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeDingTalk() as fake, running(fake, tmp_path):
            assert "1: a" in await ask(fake, "a", person="p1", chat=GROUP)
            assert "1: b" in await ask(fake, "b", person="p2", chat=GROUP)
            refused = await ask(fake, "上下文 群", person="p1", chat=GROUP)
            assert refused == "@p1\n\nOnly an administrator of the group may change this."
            await ask(fake, "上下文 群", person="p1", chat=GROUP, isAdmin=True)
            assert "1: c" in await ask(fake, "c", person="p1", chat=GROUP)
            assert "2: d" in await ask(fake, "d", person="p2", chat=GROUP)
            assert "1: e" in await ask(fake, "e", person="p2")  # their own chat is their own

    run(story())
