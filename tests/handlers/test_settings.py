"""Forwarded, in a group, cited, stale: what stands around an answer."""

import re

import pytest

from handlers.conversation import Conversation
from tests.handlers.talk import APRIL_22, ask, talk

FEE = "平台物流信保手续费，订单5000收多少"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        pytest.param(FEE, ("5000", "没有写币种", "出处："), id="values, assumption, citation"),
        pytest.param("商家问：我的RFQ营销指数能加几分", ("需要向商家确认", "百分之多少"), id="to ask"),
        pytest.param("今天天气怎么样", ("请不要按经验承诺",), id="declined"),
        pytest.param(
            "seller asks: how many RFQ bonus points do I get?",
            ("[Note for the agent]", "To ask the seller", "What share"), id="English",
        ),
    ],
)  # fmt: skip
def test_forwarded_questions_get_a_paste_and_a_note(
    conversation: Conversation, text: str, note: tuple[str, ...]
) -> None:
    reply = ask(conversation, text, setting="forward")

    assert reply.paste
    assert reply.note
    assert reply.text == f"{reply.paste}\n\n{reply.note}"
    assert [words for words in note if words not in reply.note] == []
    assert "备注" not in reply.paste
    assert set(reply.record()) >= {"paste", "note"}


def test_the_paste_is_what_the_seller_would_read(conversation: Conversation) -> None:
    assert ask(conversation, FEE, setting="forward").paste == ask(conversation, FEE).text


@pytest.mark.parametrize(
    "text",
    [
        "全球3C&普货专线能用空快新客优惠吗",
        "国际关税查询支持德国吗",
        "智慧税则怎么按编码查关税",
    ],
)
def test_a_group_gets_the_same_answer_never_a_longer_one(
    conversation: Conversation, text: str
) -> None:
    alone, group = ask(conversation, text), ask(conversation, text, setting="group")

    assert set(group.text.split("\n")) <= set(alone.text.split("\n"))
    assert group.text.split("\n")[0] == alone.text.split("\n")[0]
    assert group.paste is None


def test_notes_are_left_out_in_a_group(conversation: Conversation) -> None:
    text = "全球3C&普货专线能用空快新客优惠吗"

    assert len(ask(conversation, text, setting="group").text) < len(ask(conversation, text).text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@小助手 RFQ营销指数二档加几分", id="mention before"),
        pytest.param("RFQ营销指数二档加几分 @小助手", id="mention behind"),
        pytest.param("大家早上好！@小助手 RFQ营销指数二档加几分？谢谢", id="small talk around"),
        pytest.param(
            "回复 @张三：昨天那个推荐之星怎么说\nRFQ营销指数二档加几分", id="quote before"
        ),
    ],
)
def test_mentions_and_quotes_do_not_disturb(conversation: Conversation, text: str) -> None:
    reply = ask(conversation, text, setting="group")

    assert reply.topics == ("star-rating",)
    assert "加5分" in reply.text


@pytest.mark.parametrize(
    ("text", "topic", "section"),
    [
        pytest.param("RFQ营销指数二档加几分", "star-rating", "RFQ指标内涵", id="tiers"),
        pytest.param("5月小单快定活动是几号", "rts-small-order", "场景节奏", id="events"),
        pytest.param("空快新客优惠封顶多少", "express-newcomer", "活动介绍", id="discount"),
        pytest.param("订单分配怎么设置", "order-assignment", "订单分配设置", id="steps"),
        pytest.param("空快新客3万单现在还剩多少", "express-newcomer", "优惠使用规则", id="gap"),
    ],
)
def test_each_part_is_cited_and_the_source_line_names_it(
    conversation: Conversation, text: str, topic: str, section: str
) -> None:
    reply = ask(conversation, text)
    cited = reply.parts[0].citations[0].record()
    source = next(line for line in reply.text.split("\n") if line.startswith("依据："))

    assert (cited["bulletin"], cited["topic"]) == ("2021-04", topic)
    assert section in cited["section"]
    assert cited["section"] in source


def test_a_source_is_named_once_for_two_parts_of_one_section(
    conversation: Conversation,
) -> None:
    reply = ask(conversation, "5月小单快定活动是几号？7月小单快定活动是几号？")

    assert len(re.findall("依据：", reply.text)) == 1


@pytest.mark.parametrize(
    ("at", "stale"),
    [
        pytest.param(APRIL_22, False, id="its own month"),
        pytest.param("2021-06-30T23:59:59", False, id="two months later"),
        pytest.param("2021-07-01T00:00", True, id="more than two months later"),
        pytest.param("2026-01-01T00:00", True, id="years later"),
    ],
)
def test_an_old_bulletin_says_that_it_is_old(
    conversation: Conversation, at: str, stale: bool
) -> None:
    zh = ask(conversation, FEE, at=at).text
    en = ask(conversation, "trade assurance fee for USD 5000 with platform logistics?", at=at).text

    assert ("以新公告为准" in zh) is stale
    assert ("a later bulletin takes precedence" in en) is stale


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        pytest.param(
            "1. RFQ营销指数二档加几分？2. 5月小单快定活动是几号？3. 订单分配怎么设置？",
            ("star-rating", "rts-small-order", "order-assignment"), id="numbered",
        ),
        pytest.param(
            "订单分配怎么设置？智慧税则什么时候上线？", ("order-assignment", "smart-tariff"), id="two",
        ),
        pytest.param(
            "How do I set up order assignment? And when does the Smart Tariff launch?",
            ("order-assignment", "smart-tariff"), id="two in English",
        ),
        pytest.param("订单分配怎么设置？订单分配怎么设置？", ("order-assignment",), id="asked twice"),
    ],
)  # fmt: skip
def test_every_question_of_a_message_is_answered_once_in_order(
    conversation: Conversation, text: str, topics: tuple[str, ...]
) -> None:
    reply = ask(conversation, text)

    assert reply.topics == topics
    assert len(reply.parts) == len(topics)


def test_a_declined_question_beside_an_answered_one_leaves_an_answer(
    conversation: Conversation,
) -> None:
    reply = ask(conversation, "今天天气怎么样？订单分配怎么设置？")

    assert reply.kind == "answer"
    assert reply.topics == ("order-assignment",)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param("RFQ营销指数二档加8分是吧", "8分", id="points"),
        pytest.param("RFQ tier 2 gives 8 points, right?", "8 points", id="points in English"),
    ],
)
def test_a_wrong_presupposition_is_corrected(
    conversation: Conversation, text: str, claim: str
) -> None:
    first = ask(conversation, text).text.split("\n")[0]

    assert claim in first
    assert "不符" in first or "not what the bulletin says" in first


@pytest.mark.parametrize("text", ["RFQ营销指数一档加3分对吧", "空快新客优惠每单最高减100元对吧"])
def test_a_right_presupposition_is_not(conversation: Conversation, text: str) -> None:
    reply = ask(conversation, text)

    assert reply.kind == "answer"
    assert "不符" not in reply.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("你好", "answer", id="greeting"),
        pytest.param("hello", "answer", id="greeting in English"),
        pytest.param("谢谢", "answer", id="thanks"),
        pytest.param("", "answer", id="nothing"),
        pytest.param("算了", "decline", id="leaving"),
    ],
)
def test_small_talk_gets_a_line_and_no_figures(
    conversation: Conversation, text: str, kind: str
) -> None:
    reply = talk(conversation, text).last

    assert reply.kind == kind
    assert not re.search(r"USD|RMB|\d%", reply.text)
