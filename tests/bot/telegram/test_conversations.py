"""What people see in Telegram: the real library against the fake server, end to end."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.stories import run
from tests.bot.telegram.running import GROUP, running
from tests.fake_telegram import BOT, BotApiError, FakeTelegram, buttons


@pytest.mark.parametrize("text", ["two words", "<b>&amp; </b> & <", "空快 5 > 3 & 2 < 4 😀"])
def test_a_private_question_is_answered_with_all_of_it_escaped(tmp_path: Path, text: str) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.say(text)
            await fake.until(fake.texts)
            assert fake.texts() == [f"1: {text}"]
            (call,) = fake.made("sendMessage")
            assert call.params["parse_mode"] == "HTML"

    run(story())


@pytest.mark.parametrize(
    ("text", "more", "answer"),
    [
        pytest.param("hello everybody", {}, None, id="talk among people"),
        pytest.param("@SellerTestBot what now", {}, "1: what now", id="mentioned first"),
        pytest.param("what now @sellertestbot?", {}, "1: what now ?", id="mentioned last"),
        pytest.param("ask @SellerTestBotter", {}, None, id="another bot's longer name"),
        pytest.param("me@SellerTestBot.com", {}, None, id="in an address"),
        pytest.param(
            "and then", {"reply_to_message": "bot"}, "1: and then", id="a reply to the bot"
        ),
        pytest.param("and then", {"reply_to_message": "person"}, None, id="a reply to a person"),
        pytest.param("/topics@SellerTestBot", {}, "topics en", id="a command to the bot"),
        pytest.param("/topics", {}, "topics en", id="a command"),
        pytest.param("/topics@OtherBot", {}, None, id="a command to another bot"),
        pytest.param("/roll", {}, None, id="another bot's command"),
        pytest.param("@SellerTestBot", {}, "Hello! Ask your question, or choose:", id="bare"),
        pytest.param("/start", {"from": BOT}, None, id="a bot"),
    ],
)
def test_in_a_group_it_answers_who_addresses_it(
    tmp_path: Path, text: str, more: dict[str, Any], answer: str | None
) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            replied = {
                "bot": {**fake.message("mine", chat=GROUP), "from": BOT},
                "person": fake.message("theirs", 8, chat=GROUP),
            }
            extra = {k: replied.get(str(v), v) for k, v in more.items()}
            asked = fake.say(text, chat=GROUP, **extra)["message"]
            fake.say("@SellerTestBot last", person=9, chat=GROUP)
            await fake.until(lambda: "1: last" in fake.texts())
            await fake.until(lambda: answer is None or answer in fake.texts())
            said = [c for c in fake.made("sendMessage") if "last" not in c.params["text"]]
            if answer is None:
                assert said == []
            else:
                quote = json.loads(said[0].params["reply_parameters"])
                assert quote["message_id"] == asked["message_id"]

    run(story())


def test_in_a_group_each_has_a_context_until_an_admin_shares_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.admins.add(7)

            async def ask(text: str, person: int) -> str:
                before = len(fake.texts())
                fake.say(text, person=person, chat=GROUP)
                await fake.until(lambda: len(fake.texts()) > before)
                return fake.texts()[-1]

            assert await ask("@SellerTestBot a", 7) == "1: a"
            assert await ask("@SellerTestBot b", 8) == "1: b"
            assert "administrator" in await ask("/context group", 8)
            assert "one context" in await ask("/context group", 7)
            assert await ask("@SellerTestBot c", 7) == "1: c"
            assert await ask("@SellerTestBot d", 8) == "2: d"

    run(story())


def test_topics_of_a_forum_are_answered_where_they_were_asked(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            for thread in (11, 12):
                fake.say(
                    "@SellerTestBot q", chat=GROUP, message_thread_id=thread, is_topic_message=True
                )
            await fake.until(lambda: len(fake.texts()) == 2)
            threads = {c.params["message_thread_id"]: c.params["text"] for c in
                       fake.made("sendMessage")}  # fmt: skip
            assert {k: v[:4] for k, v in threads.items()} == {"11": "1: q", "12": "1: q"}

    run(story())


@pytest.mark.parametrize(
    "origin",
    [
        pytest.param({"type": "user", "sender_user": {"id": 5, "is_bot": False,
                      "first_name": "B"}}, id="user"),
        pytest.param({"type": "hidden_user", "sender_user_name": "B"}, id="hidden user"),
        pytest.param({"type": "chat", "sender_chat": {"id": -5, "type": "group",
                      "title": "G"}}, id="chat"),
        pytest.param({"type": "channel", "chat": {"id": -5, "type": "channel", "title": "C"},
                      "message_id": 3}, id="channel"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("person", "chat", "answered"),
    [
        pytest.param(7, None, True, id="by anyone in private"),
        pytest.param(42, GROUP, True, id="by staff in a group"),
        pytest.param(7, GROUP, False, id="by others in a group"),
    ],
)
def test_what_is_forwarded_comes_back_ready_to_paste(
    tmp_path: Path, origin: dict[str, Any], person: int, chat: int | None, answered: bool
) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path, support_staff=frozenset({"42"})):
            fake.say("<q>", person, chat, forward_origin={**origin, "date": 1})
            fake.say("/topics", person=99)
            await fake.until(lambda: "topics en" in fake.texts())
            await asyncio.sleep(0.02)
            texts = [text for text in fake.texts() if text != "topics en"]
            assert texts == (["1: <q>", "note"] if answered else [])

    run(story())


def test_f_as_a_reply_to_a_message_makes_it_a_forward(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            theirs = fake.message("their question", 8, chat=GROUP)
            fake.say("/f", chat=GROUP, reply_to_message=theirs)
            await fake.until(lambda: len(fake.texts()) == 2)
            assert fake.texts() == ["1: their question", "note"]

    run(story())


def test_commands(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path) as bot:

            async def say(text: str) -> str:
                before = len(fake.texts())
                fake.say(text)
                await fake.until(lambda: len(fake.texts()) > before)
                return fake.texts()[-1]

            first = await say("/start")
            assert first.startswith("greeting en")
            assert "/forget" in first
            assert await say("/help") == "help en"
            assert await say("/topics") == "topics en"
            assert (await say("/deadlines")).startswith("deadlines en 20")
            assert "no such command" in await say("/nonsense")
            assert "There is no answer yet" in await say("/source")
            await say("one")
            assert await say("/source") == ("Based on: 2021-04 · 1 Echo\nWhat you said: text = one")
            assert "as of 2021-04-22" in await say("/asof 2021-04-22")
            assert (await say("two")).startswith("2: two\n\nI answer by the rules as of 2021-04-22")
            assert bot.echo.asked[-1][1].isoformat() == "2021-04-22T00:00:00+08:00"
            assert "/asof 2021-04-22" in await say("/asof yesterday")
            assert await say("/asof now") == "I answer by the rules of today."
            assert await say("/language zh") == "好的，用中文回答。"
            assert await say("/topics") == "topics zh"
            assert "您用什么语言" in await say("/language auto")
            assert await say("/cancel") == "All right, let us start afresh."
            assert (await say("three")).startswith("1: three")
            assert "Deleted" in await say("/forget")
            assert "There is no answer yet" in await say("/source")

    run(story())


def test_a_deep_link_opens_its_subject(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.say("/start express")
            await fake.until(lambda: len(fake.texts()) == 2)
            assert fake.texts()[0].startswith("greeting")
            assert fake.texts()[1] == "1: express"
            fake.say("/start no_such_subject")
            await fake.until(lambda: len(fake.texts()) == 3)
            assert fake.texts()[2].startswith("greeting")

    run(story())


def press(fake: FakeTelegram, data: str, place: dict[str, Any], person: int = 7) -> None:
    from tests.fake_telegram import user  # noqa: PLC0415

    fake.push(callback_query={"id": "q1", "from": user(person), "chat_instance": "1",
                              "message": place, "data": data})  # fmt: skip


def test_buttons_say_what_they_stand_for_and_are_acknowledged(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.say("one")
            await fake.until(fake.texts)
            (call,) = fake.made("sendMessage")
            found = buttons(call)
            assert list(found) == ["more", "Source", "👍", "👎"]
            assert all(len(data.encode()) <= 64 for data in found.values())
            place = {**fake.message("shown"), "from": BOT}
            press(fake, found["more"], place)
            await fake.until(lambda: len(fake.texts()) == 2)
            assert fake.texts()[1] == "2: tell me more"
            press(fake, found["Source"], place)
            await fake.until(lambda: len(fake.texts()) == 3)
            press(fake, found["👍"], place)
            press(fake, "no such button", place)
            await fake.until(lambda: len(fake.made("answerCallbackQuery")) == 4)
            said = [c.params.get("text") for c in fake.made("answerCallbackQuery")]
            assert said == [
                None,
                None,
                "Thank you for telling me!",
                "This button is too old. Please ask again.",
            ]

    run(story())


def test_a_thumb_down_may_be_explained_with_a_word(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path) as bot:
            fake.say("one")
            await fake.until(fake.texts)
            found = buttons(fake.made("sendMessage")[0])
            press(fake, found["👎"], {**fake.message("shown"), "from": BOT})
            await fake.until(lambda: len(fake.texts()) == 2)
            prompt = fake.made("sendMessage")[1]
            assert json.loads(prompt.params["reply_markup"])["force_reply"]
            theirs = {**fake.message("?"), "from": BOT, "message_id": prompt.message_id}
            fake.say("the fee is wrong", reply_to_message=theirs)
            await fake.until(lambda: len(fake.texts()) == 3)
            assert fake.texts()[2] == "Thank you for telling me!"
            answer = await bot.delivery.ledger.call(
                lambda store: store.last_answer("telegram/123456/7/")
            )
            assert answer is not None
            assert (answer.feedback, answer.word) == ("down", "the fee is wrong")

    run(story())


def test_inline_mode_offers_cards(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            from tests.fake_telegram import user  # noqa: PLC0415

            fake.push(inline_query={"id": "i1", "from": user(7), "query": "空快", "offset": ""})
            await fake.until(lambda: fake.made("answerInlineQuery"))
            cards = json.loads(fake.made("answerInlineQuery")[0].params["results"])
            assert [card["title"] for card in cards] == ["1: 空快", "more"]
            assert cards[0]["input_message_content"]["message_text"] == "1: 空快"

    run(story())


def test_an_edited_question_edits_its_answer(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            asked = fake.say("one")["message"]
            await fake.until(fake.texts)
            fake.push(edited_message={**asked, "text": "uno", "edit_date": 5})
            await fake.until(lambda: fake.made("editMessageText"))
            (edit,) = fake.made("editMessageText")
            assert edit.params["text"] == "1: uno"
            assert int(edit.params["message_id"]) == fake.made("sendMessage")[0].message_id
            fake.fail("editMessageText", BotApiError(400, "Bad Request: message can't be edited"))
            fake.push(edited_message={**asked, "text": "eins", "edit_date": 6})
            await fake.until(lambda: len(fake.texts()) == 2)
            assert fake.texts()[1] == "1: eins"

    run(story())


@pytest.mark.parametrize(
    "attachment",
    [
        pytest.param({"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
                     id="photo"),
        pytest.param({"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}}, id="voice"),
        pytest.param({"document": {"file_id": "a", "file_unique_id": "b"}}, id="document"),
        pytest.param({"sticker": {"file_id": "a", "file_unique_id": "b", "type": "regular",
                      "width": 1, "height": 1, "is_animated": False, "is_video": False}},
                     id="sticker"),
    ],
)  # fmt: skip
def test_what_is_no_text_gets_one_kind_line_and_captions_are_read(
    tmp_path: Path, attachment: dict[str, Any]
) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            for _ in range(3):
                fake.say(None, media_group_id="album", **attachment)
            fake.say(None, caption="a caption", **attachment)
            fake.say(None, chat=GROUP, **attachment)
            await fake.until(lambda: len(fake.texts()) == 2)
            assert "I can read text only" in fake.texts()[0]
            assert fake.texts()[1] == "1: a caption"

    run(story())


def test_a_long_answer_comes_in_pieces_that_fit(tmp_path: Path) -> None:
    async def story() -> None:
        paragraph = "<&😀 " * 150
        text = "\n\n".join(f"{number} {paragraph}" for number in range(9))
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.say(text[:4000])
            fake.say("/f " + text)
            await fake.until(lambda: len(fake.texts()) >= 4)
            assert not [c for c in fake.calls if c.error]
            keyboards = [bool(buttons(call)) for call in fake.made("sendMessage")[:2]]
            assert keyboards == [False, True]
            assert "8 <&" in " ".join(fake.texts())

    run(story())


def test_a_refusal_to_parse_falls_back_to_plain_text(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.fail("sendMessage", BotApiError(400, "Bad Request: can't parse entities: x"))
            fake.say("<one>")
            await fake.until(fake.texts)
            (call,) = fake.made("sendMessage")
            assert call.params["text"] == "1: <one>"
            assert "parse_mode" not in call.params

    run(story())


def test_typing_is_shown_while_work_takes_long(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path) as bot:
            bot.echo.slow["slow"] = 1.4
            fake.say("slow")
            fake.say("quick", person=8)
            await fake.until(lambda: fake.texts(8))
            assert not fake.texts(7)
            await fake.until(lambda: fake.texts(7))
            assert [c.params["chat_id"] for c in fake.made("sendChatAction")] == ["7"]

    run(story())


def test_a_group_that_becomes_a_supergroup_is_followed(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            fake.say("@SellerTestBot a", chat=-5)
            await fake.until(fake.texts)
            fake.moved[-5] = GROUP
            fake.say("@SellerTestBot b", chat=-5)
            await fake.until(lambda: fake.texts(GROUP))
            fake.say(None, chat=-5, migrate_to_chat_id=GROUP)
            fake.say("@SellerTestBot c", chat=GROUP)
            await fake.until(lambda: len(fake.texts(GROUP)) == 2)
            assert fake.texts(GROUP) == ["2: b", "3: c"]

    run(story())


def test_a_bot_that_was_removed_says_nothing_more_there(tmp_path: Path) -> None:
    def status(value: str) -> dict[str, Any]:
        until = {"until_date": 0} if value == "kicked" else {}
        return {"user": BOT, "status": value, **until}

    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path) as bot:
            bot.echo.slow["@ slow"] = 0.3
            from tests.fake_telegram import chat_of, user  # noqa: PLC0415

            change = {"chat": chat_of(GROUP), "from": user(7), "date": 1}
            fake.push(my_chat_member={**change, "old_chat_member": status("member"),
                                      "new_chat_member": status("kicked")})  # fmt: skip
            fake.say("/topics", person=9)
            await fake.until(fake.texts)
            chat = await bot.delivery.ledger.call(
                lambda store: store.chat("telegram", "123456", str(GROUP))
            )
            assert chat.stopped == "left"
            fake.push(my_chat_member={**change, "old_chat_member": status("left"),
                                      "new_chat_member": status("member")})  # fmt: skip
            await fake.until(lambda: fake.texts(GROUP))
            assert fake.texts(GROUP)[0].startswith("greeting")

    run(story())


def test_the_menus_are_set_per_language_and_place(tmp_path: Path) -> None:
    async def story() -> None:
        async with FakeTelegram() as fake, running(fake, tmp_path):
            await fake.until(lambda: len(fake.made("setMyCommands")) == 6)
            seen = {
                (json.loads(c.params["scope"])["type"], c.params.get("language_code")): [
                    command["command"] for command in json.loads(c.params["commands"])
                ]
                for c in fake.made("setMyCommands")
            }
            assert len(seen) == 6
            wanted = {"start", "help", "topics", "deadlines", "asof", "language", "source",
                      "forget", "cancel", "f"}  # fmt: skip
            assert set(seen["all_private_chats", "zh"]) == wanted
            assert "context" in seen["all_chat_administrators", None]

    run(story())
