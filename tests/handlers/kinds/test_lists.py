"""Lists, tables, the reach of a service, steps and prose."""

import pytest

from handlers.conversation import Conversation
from knowledge.library import Library
from knowledge.model import NameList
from tests.handlers.talk import APRIL_22, ask, first_line, moment


@pytest.mark.parametrize(
    ("name", "covered"),
    [
        pytest.param("全球3C&普货专线", True, id="listed"),
        pytest.param("全球3C＆普货专线", True, id="full-width ampersand"),
        pytest.param("全球重货专线", True, id="near an excluded name"),
        pytest.param("全球重货（DDP）", False, id="near an included name"),
        pytest.param("全球重货(DDP)", False, id="half-width brackets"),
        pytest.param("中欧铁路（DDP）", False, id="excluded"),
    ],
)
def test_lines_of_the_express_discount(
    conversation: Conversation, name: str, covered: bool
) -> None:
    zh = ask(conversation, f"{name}能用空快新客优惠吗")
    en = ask(conversation, f"Is {name} covered by the express newcomer discount?")

    assert ("不在" in first_line(zh)) is not covered
    assert first_line(en).startswith("Yes" if covered else "No")
    assert zh.parts[0].tool == "membership"


def test_every_printed_line_is_known_by_its_name(
    conversation: Conversation, april: Library
) -> None:
    item = april.at(moment(APRIL_22))["express-lines"].item
    assert isinstance(item, NameList)
    for group in item.groups:
        for member in group.members:
            line = first_line(ask(conversation, f"{member.name}有没有空快新客优惠"))
            where = "在" if group.included else "不在"
            assert line.startswith(f"“{member.name}”{where}空快新客优惠的线路范围内")


def test_a_name_that_is_listed_nowhere_is_neither_in_nor_out(
    conversation: Conversation,
) -> None:
    reply = ask(conversation, "全球液体专线能用空快新客优惠吗")

    assert "没有在名单里出现" in first_line(reply)


def test_a_whole_list_has_every_name(conversation: Conversation, april: Library) -> None:
    item = april.at(moment(APRIL_22))["express-lines"].item
    assert isinstance(item, NameList)
    text = ask(conversation, "空快新客优惠有哪些线路").text

    assert all(member.name in text for group in item.groups for member in group.members)


def test_the_highest_row_of_a_table(conversation: Conversation) -> None:
    reply = ask(conversation, "推荐之星三月名单第一名是谁")

    assert first_line(reply).startswith("深圳雅尼仕时尚贸易有限公司")
    assert "24,721.2" in first_line(reply)
    assert reply.parts[0].tool == "explain_row"


@pytest.mark.parametrize(
    ("at", "usa", "germany"),
    [
        pytest.param("2021-04-15T10:00", "还不支持", "还不支持", id="before the launch"),
        pytest.param("2021-04-16T00:00", "支持（2021年4月16日上线）", "还不支持", id="launch"),
        pytest.param("2021-04-29T10:00", "支持（2021年4月16日上线）", "还不支持", id="day before"),
        pytest.param("2021-04-30T10:00", "支持（2021年4月16日上线）", "以功能页面为准", id="expected"),
    ],
)  # fmt: skip
def test_coverage_by_day(conversation: Conversation, at: str, usa: str, germany: str) -> None:
    lines = ask(conversation, "国际关税查询支持美国和德国吗", at=at).text.split("\n")

    assert lines[0].startswith("美国")
    assert usa in lines[0]
    assert lines[1].startswith("德国")
    assert germany in lines[1]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("订单分配怎么设置", "订单列表-订单设置", id="zh"),
        pytest.param("How do I set up order assignment?", "订单列表-订单设置", id="en, as printed"),
        pytest.param("訂單分配怎麼設置", "订单列表-订单设置", id="traditional, as printed"),
    ],
)
def test_steps_are_numbered_and_paths_stay_as_printed(
    conversation: Conversation, text: str, path: str
) -> None:
    reply = ask(conversation, text)

    assert reply.topics == ("order-assignment",)
    assert "\n1. " in reply.text
    assert "\n2. " in reply.text
    assert path in reply.text


def test_what_the_bulletin_does_not_print_is_said_to_be_so(conversation: Conversation) -> None:
    reply = ask(conversation, "空快新客3万单现在还剩多少名额")

    assert (reply.kind, reply.topics) == ("decline", ())
    assert reply.parts[0].topic == "express-newcomer"
    assert "没有写" in reply.text
