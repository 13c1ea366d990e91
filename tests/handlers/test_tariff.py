"""Tariff questions in the conversation, over the built-in starter table."""

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.tariff.starter import StarterTable
from handlers.conversation import Conversation
from handlers.reply import Kind
from handlers.tariff.desk import TariffDesk
from handlers.tariff.port import Desk
from knowledge.library import Library
from tests.handlers.talk import APRIL_22, ask, talk
from tools.tariff.table import Edition

LINK = "https://onetouch.alibaba.com/moBasedata/luyou/public/saasHScode/tariffInquiry/index.htm"


@pytest.fixture(scope="module")
def duties(april: Library) -> Conversation:
    return Conversation(april, tariff=lambda: TariffDesk(StarterTable()))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            "沙发出口美国关税多少", ("9401.61.60", "合计25%", "Free", "加征25%"), id="a name"
        ),
        pytest.param(
            "10,000 美金的棉T恤 7.5% 那个还要交吗",
            ("要交。", "USD 750", "USD 1,650", "USD 2,400", "24%"),
            id="the 301 part of a value",
        ),
        pytest.param("HS 6109.10.00 US duty", ("24%", "16.5%", "9903.88.15"), id="a code"),
        pytest.param("6109100021 美国税率", ("前6位", "合计24%"), id="a Chinese code"),
        pytest.param("沙發出口美國關稅多少", ("關稅稅率合計25%",), id="traditional characters"),
        pytest.param("如何算1万美金沙发的美国关税", ("USD 2,500",), id="how, with a value"),
        pytest.param(
            "500 pcs of ceramic mugs at $3 each, how much US duty?",
            ("USD 150", "value of USD 1,500", "list 4B is suspended"),
            id="the price of one",
        ),
        pytest.param("从越南发的棉T恤到美国关税多少", ("合计16.5%",), id="goods of another origin"),
    ],
)
def test_a_tariff_question_is_answered(
    duties: Conversation, text: str, parts: tuple[str, ...]
) -> None:
    reply = ask(duties, text)

    assert (reply.kind, reply.topics) == ("answer", ("smart-tariff",))
    assert [part for part in parts if part not in reply.text] == []


def test_every_answer_tells_its_limits(duties: Conversation) -> None:
    text = ask(duties, "duty on sofas, value $1000").text

    assert "anti-dumping" in text  # what is left out
    assert LINK in text  # the platform's own look-up beside it
    assert "built-in starter table" in text
    assert "seller-bot tariff import" in text


def test_the_record_names_tool_edition_and_line(duties: Conversation) -> None:
    record = ask(duties, "10,000 美金的棉T恤关税多少").record()

    (part,) = record["parts"]
    assert (part["tool"], part["topic"]) == ("duty", "smart-tariff")
    assert part["citations"] == [
        {
            "source": "Seller Bot starter table",
            "edition": "Starter table, April 2021",
            "section": "6109.10.00",
        }
    ]
    assert (part["result"]["total"], part["result"]["currency"]) == ("2400.00", "USD")
    assert [one["amount"] for one in part["result"]["components"]] == ["1650.00", "750.00"]
    json.dumps(record)


@pytest.mark.parametrize(
    ("text", "missing", "said"),
    [
        pytest.param("T恤关税多少", "material", "16.5%", id="which material"),
        pytest.param("duty on leather handbags", "unit_value", "4202.21.60", id="which price"),
        pytest.param("帮我算一下沙发的关税", "value", "合计25%", id="the value, rate beside"),
        pytest.param("男士化纤衬衫 1000美金 要交多少税", "quantity", "公斤", id="the weight"),
        pytest.param("500 RMB worth of sofas, how much duty?", "value", "CNY", id="in dollars"),
        pytest.param("紫砂壶美国关税多少", "product", "「紫砂壶」不认识", id="a name not known"),
        pytest.param("duty on zibeline doodads", "product", "zibeline doodad", id="in English"),
        pytest.param("HS编码 9999.99.99 关税多少", "product", "9999.99.99", id="a code not known"),
    ],
)
def test_what_is_missing_is_asked(duties: Conversation, text: str, missing: str, said: str) -> None:
    reply = ask(duties, text)

    assert reply.kind == "ask"
    assert [name for part in reply.parts for name in part.missing] == [missing]
    assert said in reply.text


def test_at_most_five_candidates_and_each_can_be_picked(duties: Conversation) -> None:
    choices = ask(duties, "衬衫关税多少").choices

    assert 2 <= len(choices) <= 5
    for choice in choices:
        again = talk(duties, "衬衫关税多少", choice.text).last
        assert again.kind == "answer", choice


SCRIPTS: dict[str, tuple[tuple[str, Kind, str], ...]] = {
    "the other material": (
        ("棉T恤美国关税多少", "answer", "24%"),
        ("那化纤的呢", "answer", "39.5%"),
        ("那沙发呢", "answer", "9401.61.60"),
    ),
    "value, then number": (
        ("化纤T恤关税", "answer", "39.5%"),
        ("货值1万美金", "answer", "USD 3,950"),
        ("如果是5000件", "answer", "USD 3,950"),
        ("how much is the 301 part", "answer", "USD 750"),
    ),
    "weight after value": (
        ("男士化纤衬衫 1000美金 要交多少税", "ask", "公斤"),
        ("20公斤", "answer", "USD 339.82"),
    ),
    "a bare figure is the value that was asked for": (
        ("帮我算一下沙发的关税", "ask", "货值"),
        ("20000", "answer", "USD 5,000"),
    ),
    "picked by number, then another material": (
        ("男士衬衫税率", "ask", "1."),
        ("第二个", "answer", "6205.30.20"),
        ("纯棉的", "answer", "6205.20.20"),
    ),
    "not known, then in English": (
        ("duty on zibeline doodads", "ask", "not known"),
        ("sofa", "answer", "9401.61.60"),
    ),
    "currency": (
        ("power bank duty", "answer", "10.9%"),
        ("value 3,000 EUR", "ask", "EUR"),
        ("sorry 3500 USD", "answer", "USD 381.5"),
    ),
    "another country": (
        ("沙发美国关税多少", "answer", "25%"),
        ("英国呢", "answer", "没有英国的税则表"),
    ),
    "comparison with what was asked": (
        ("棉T恤关税", "answer", "24%"),
        ("和化纤的比呢", "answer", "差15.5个百分点"),
    ),
    "back to the bulletin": (
        ("棉T恤美国关税", "answer", "24%"),
        ("智慧税则收费吗", "answer", "免费"),
        ("RTS怎么报名", "answer", "RTS"),
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_follow_ups(duties: Conversation, name: str) -> None:
    script = SCRIPTS[name]

    replies = talk(duties, *(text for text, _, _ in script)).replies

    assert [reply.kind for reply in replies] == [kind for _, kind, _ in script]
    for reply, (text, _, said) in zip(replies, script, strict=True):
        assert said in reply.text, text


@pytest.mark.parametrize(
    "text",
    [
        "棉T恤和化纤T恤哪个关税高",
        "cotton or polyester t-shirt, which pays more duty?",
        "6109.10.00 和 6109.90.10 哪个税率高",
    ],
)
def test_two_products_are_compared(duties: Conversation, text: str) -> None:
    reply = ask(duties, text)

    assert reply.kind == "answer"
    for said in ("24%", "39.5%", "15.5", "6109.10.00", "6109.90.10"):
        assert said in reply.text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        pytest.param(APRIL_22, "目前还不支持", id="before the expected launch"),
        pytest.param("2021-05-20T10:00", "预计上线日期已过", id="after it"),
    ],
)
def test_a_country_without_a_table(duties: Conversation, at: str, said: str) -> None:
    reply = ask(duties, "帮我报一下蓝牙耳机出口巴西的关税税率", at=at)

    assert "没有巴西的税则表" in reply.text
    assert said in reply.text
    assert reply.topics == ("smart-tariff",)


def test_an_edition_not_in_force_is_named_before_any_figure(duties: Conversation) -> None:
    first, *_ = ask(duties, "duty on sofas", at="2023-05-05T10:00").text.split("\n")

    assert first.startswith("No edition of the schedule is in force on 5 May 2023")
    assert "1 January 2021" in first
    assert "%" not in first


def test_a_tariff_question_beside_another(duties: Conversation) -> None:
    reply = ask(duties, "沙发关税多少？另外智慧税则收费吗？")

    assert "9401.61.60" in reply.text
    assert "免费使用" in reply.text
    assert [part.tool for part in reply.parts] == ["lookup", None]


def test_questions_about_the_platforms_look_up_stay_with_the_bulletin(
    duties: Conversation, april: Library
) -> None:
    """Every way of asking that the bulletin knows is answered as without a table."""
    desk = Conversation(april)
    asked = [
        text
        for known in april.newest.subjects
        if known.topic == "smart-tariff"
        for item in known.items
        for text in (*item.utterances.zh[:6], *item.utterances.en[:4])
    ]

    differing = [text for text in asked if ask(duties, text).text != ask(desk, text).text]

    assert len(asked) > 100
    assert differing == []


@pytest.mark.parametrize(
    "text",
    [
        "沙发出口美国关税怎么算",
        "按品名search 我填high quality thick wool scarf这种可以吗",
        "智能关税计算里品名填“漂亮的加厚不锈钢保温杯”可以吗？",
        "那 Canada 的 import duty 能查吗",
        "出口退税税率多少",
        "my phone tariff is too expensive",
        "带苹果手机入境要交多少税",
    ],
)
def test_not_a_tariff_question(duties: Conversation, april: Library, text: str) -> None:
    assert ask(duties, text).text == ask(Conversation(april), text).text


def test_the_desk_opens_with_the_first_tariff_question(april: Library) -> None:
    opened: list[Desk] = []

    def open_desk() -> Desk:
        opened.append(TariffDesk(StarterTable()))
        return opened[-1]

    conversation = Conversation(april, tariff=open_desk)
    ask(conversation, "RFQ加分怎么算")
    assert opened == []

    ask(conversation, "沙发出口美国关税多少")
    ask(conversation, "棉T恤出口美国关税多少")
    assert len(opened) == 1


class FullTable(StarterTable):
    """The starter table as if it were an imported edition."""

    def editions(self, destination: str) -> tuple[Edition, ...]:
        starts = date(2021, 1, 1)
        return tuple(
            replace(one, complete=True, starts=starts) for one in super().editions(destination)[:1]
        )


def test_a_full_schedule_is_not_called_a_starter_table(april: Library) -> None:
    conversation = Conversation(april, tariff=lambda: TariffDesk(FullTable()))

    assert "tariff import" not in ask(conversation, "duty on sofas").text


def test_forwarded_the_figures_stand_in_the_text_to_paste(duties: Conversation) -> None:
    reply = ask(duties, "10,000 美金的棉T恤关税多少", setting="forward")

    assert "USD 2,400" in (reply.paste or "")
    assert "6109.10.00" in (reply.note or "")
