"""The language of a reply is that of the question's frame."""

import pytest

from handlers.conversation import Conversation
from handlers.language import Language, language_of
from handlers.text import to_traditional
from tests.handlers.talk import ask, talk


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("RFQ营销指数二档加几分", "zh", id="simplified"),
        pytest.param("RFQ營銷指數二檔加幾分", "zh-Hant", id="traditional"),
        pytest.param("how many points does tier 2 give", "en", id="English"),
        pytest.param("RTS的MOQ怎么设置", "zh", id="Chinese with English terms"),
        pytest.param("Is 全球重货（DDP） covered by the express discount?", "en", id="name in English"),
        pytest.param("請問全球3C&普货专线有優惠嗎", "zh-Hant", id="printed name in traditional"),
        pytest.param("tier 2加几分呀", "zh", id="short mix"),
        pytest.param("123 456", None, id="figures alone"),
        pytest.param("😀", None, id="emoji alone"),
        pytest.param("", None, id="nothing"),
    ],
)  # fmt: skip
def test_language_of_a_message(text: str, language: Language | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("空快新客優惠有哪些線路？", "全球美妆个护专线", id="a line"),
        pytest.param("推薦之星3月名單第一名是誰", "深圳雅尼仕时尚贸易有限公司", id="a company"),
        pytest.param("訂單分配怎麼設置", "订单列表-订单设置", id="a menu path"),
        pytest.param(
            "5月小單快定報名鏈接", "https://marketing.alibaba.com/enroll/", id="an address"
        ),
    ],
)
def test_official_names_stay_as_printed_in_traditional_text(
    conversation: Conversation, text: str, wanted: str
) -> None:
    reply = ask(conversation, text)

    assert reply.language == "zh-Hant"
    assert wanted in reply.text
    assert "依據：" in reply.text


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("RFQ营销指数二档加几分", "RFQ營銷指數二檔加幾分"),
        ("空快新客优惠，运费120元能减多少", "空快新客優惠，運費120元能減多少"),
        (
            "自有物流轨迹异常人工抽查第三次不通过怎么处罚",
            "自有物流軌跡異常人工抽查第三次不通過怎麼處罰",
        ),
    ],
)
def test_traditional_questions_get_the_same_answer(
    conversation: Conversation, simplified: str, traditional: str
) -> None:
    one, other = ask(conversation, simplified), ask(conversation, traditional)

    assert [part.record()["result"] for part in one.parts] == [
        part.record()["result"] for part in other.parts
    ]
    assert (one.kind, one.topics) == (other.kind, other.topics)
    assert one.kind == "answer"


def test_a_bare_answer_keeps_the_language_of_the_talk(conversation: Conversation) -> None:
    replies = talk(conversation, "how many RFQ bonus points do I get?", "30000", "60%").replies

    assert {reply.language for reply in replies} == {"en"}


def test_a_wanted_language_wins(conversation: Conversation) -> None:
    reply = talk(conversation, "RFQ营销指数二档加几分", language="en").last

    assert reply.language == "en"
    assert "Tier 2 (5 points)" in reply.text


def test_words_to_keep_are_not_converted() -> None:
    assert to_traditional("订单设置与订单", ("订单设置",)).startswith("订单设置")
    assert "訂單" in to_traditional("订单设置与订单", ("订单设置",))
