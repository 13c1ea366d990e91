"""Asked for a bulletin that is not known, the reply says so before it answers from another."""

import pytest

from handlers.conversation import Conversation
from tests.handlers.talk import ask


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        pytest.param("5月公告有什么内容", "5月的公告我这里没有", id="another month"),
        pytest.param("2022年4月的公告讲了什么", "2022年4月的公告我这里没有", id="another year"),
        pytest.param("6月份商家公告里RTS小单快定怎么报名", "6月份的公告我这里没有", id="a subject"),
        pytest.param("What is in the May bulletin?", "I do not have the bulletin of May", id="en"),
    ],
)
def test_an_unknown_bulletin_is_named(conversation: Conversation, text: str, opening: str) -> None:
    reply = ask(conversation, text)

    assert reply.text.startswith(opening)
    assert "2021" in reply.text.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("4月公告有什么内容", id="the month"),
        pytest.param("2021年4月公告有什么内容", id="the month and its year"),
        pytest.param("what's new in the April bulletin", id="en"),
        pytest.param("公告里5月的小单快定几号", id="a month within the bulletin"),
    ],
)
def test_the_known_bulletin_needs_no_notice(conversation: Conversation, text: str) -> None:
    reply = ask(conversation, text)

    assert reply.kind == "answer"
    assert "我这里没有" not in reply.text
    assert "I do not have" not in reply.text
