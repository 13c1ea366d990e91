"""Events, sign-up, deadlines and exemptions: not yet, open, last day, over."""

import pytest

from handlers.conversation import Conversation
from tests.handlers.talk import ask, first_line, talk


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        pytest.param("2021-05-23T23:59:59", "还没开始", "not started yet", id="a second before"),
        pytest.param(
            "2021-05-24T00:00", "进行中，还剩7天", "7 days 23 hours left", id="first second"
        ),
        pytest.param("2021-05-31T23:59:59", "今天是最后一天", "today is the last day", id="last"),
        pytest.param("2021-06-01T00:00", "已结束", "(over)", id="a second behind"),
    ],
)
def test_state_of_a_campaign(conversation: Conversation, at: str, zh: str, en: str) -> None:
    in_zh = first_line(ask(conversation, "5月小单快定活动是几号到几号", at=at))
    in_en = first_line(ask(conversation, "When is the May RTS small order campaign?", at=at))

    assert "2021年5月24日至2021年5月31日" in in_zh
    assert "24 May 2021 to 31 May 2021" in in_en
    assert zh in in_zh
    assert en in in_en


def test_an_undated_event_has_no_invented_date(conversation: Conversation) -> None:
    reply = ask(conversation, "9月小单快定大促几号")

    assert "没有给出具体日期" in first_line(reply)


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        pytest.param("2021-04-22T10:00", "没有写准确日期", id="near the approximate beginning"),
        pytest.param("2021-05-26T10:00", "报名期已过", id="running"),
        pytest.param("2021-06-02T10:00", "已经结束", id="over"),
    ],
)
def test_sign_up_gives_the_printed_address_and_its_state(
    conversation: Conversation, at: str, verdict: str
) -> None:
    reply = ask(conversation, "5月小单快定报名链接", at=at)

    assert verdict in first_line(reply)
    assert "https://marketing.alibaba.com/enroll/checkSeller.htm?&topicId=28964" in reply.text


@pytest.mark.parametrize("month", ["6月", "9月"])
def test_no_address_is_invented_for_another_month(conversation: Conversation, month: str) -> None:
    assert "http" not in ask(conversation, f"{month}小单快定在哪报名").text


@pytest.mark.parametrize(
    ("credited", "applies"),
    [
        pytest.param("2020年12月9日", False, id="a day before the batch"),
        pytest.param("2020年12月10日", True, id="its first day"),
        pytest.param("2020年12月31日", True, id="its last day"),
        pytest.param("2021年1月1日", False, id="a day behind it"),
    ],
)
def test_to_whom_the_deadlines_apply(
    conversation: Conversation, credited: str, applies: bool
) -> None:
    reply = ask(conversation, f"3D拍摄资源{credited}到账，拍摄截止哪天")

    assert first_line(reply).startswith("属于" if applies else "不适用")


@pytest.mark.parametrize(
    ("at", "task", "shooting"),
    [
        pytest.param("2021-05-09T12:00", "还剩1天11小时", "还剩", id="a day before"),
        pytest.param("2021-05-10T23:59:59", "今天是最后一天", "还剩51天", id="the last day"),
        pytest.param("2021-05-11T00:00", "已过，来不及了", "还剩50天", id="the day behind"),
        pytest.param("2021-06-30T12:00", "已过，来不及了", "今天是最后一天", id="shooting ends"),
        pytest.param("2021-07-01T00:00", "已过，来不及了", "已过，来不及了", id="all over"),
    ],
)
def test_state_of_each_deadline(
    conversation: Conversation, at: str, task: str, shooting: str
) -> None:
    lines = ask(conversation, "3D上门拍摄截止哪天", at=at).text.split("\n")

    assert [task in line for line in lines if "2021年5月10日" in line] == [True]
    assert [shooting in line for line in lines if "2021年6月30日" in line] == [True]


@pytest.mark.parametrize(
    ("way", "event", "exempt"),
    [
        pytest.param("门到门", "4月21日下的快递单", True, id="door: a day early"),
        pytest.param("门到门", "4月22日下的快递单", True, id="door: T-1"),
        pytest.param("门到门", "4月23日下的快递单", False, id="door: T"),
        pytest.param("仓到门", "4月23日揽收", True, id="warehouse: T"),
        pytest.param("仓到门", "4月25日揽收", True, id="warehouse: a make-up working day"),
        pytest.param("仓到门", "4月26日揽收", False, id="warehouse: behind T+1"),
    ],
)
def test_exemption_by_working_days(
    conversation: Conversation, way: str, event: str, exempt: bool
) -> None:
    """25 April 2021 is a Sunday on which China worked, for the holiday in May."""
    reply = ask(conversation, f"{way}快递，约定发货时间4月23日，{event}，能豁免吗")

    assert first_line(reply).startswith("可以豁免" if exempt else "不能豁免")


def test_working_days_of_a_year_that_is_not_published(conversation: Conversation) -> None:
    reply = ask(conversation, "门到门快递，约定发货时间2031年5月8日，最晚哪天下单可以豁免")

    assert "还没有公布" in first_line(reply)


@pytest.mark.parametrize(
    ("orders", "rate"),
    [
        pytest.param("本月100单，逾期10单，其中6单豁免", "96%", id="some exempt"),
        pytest.param("本月100单，逾期10单，其中0单豁免", "90%", id="none exempt"),
        pytest.param("本月100单，逾期10单，其中10单豁免", "100%", id="all exempt"),
    ],
)
def test_rate_of_on_time_shipping(conversation: Conversation, orders: str, rate: str) -> None:
    assert rate in first_line(ask(conversation, f"{orders}，按时发货率多少"))


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        pytest.param("智慧税则什么时候上线", "2021-04-15T23:59", "还没有上线", id="day before"),
        pytest.param("智慧税则什么时候上线", "2021-04-16T00:00", "已上线", id="launch day"),
        pytest.param("手机端首页什么时候有小单快定", "2021-04-22T10:00", "预计5月", id="expected"),
        pytest.param(
            "手机端首页什么时候有小单快定", "2021-05-10T10:00", "预计5月", id="it stays so"
        ),
        pytest.param(
            "RTS标签什么时候上线", "2026-01-01T10:00", "没有给出日期", id="only announced"
        ),
    ],
)
def test_a_feature_is_live_expected_or_announced(
    conversation: Conversation, text: str, at: str, told: str
) -> None:
    reply = ask(conversation, text, at=at)

    assert told in first_line(reply)
    assert reply.parts[0].tool == "window"


def test_times_in_another_zone_are_shown_in_both(conversation: Conversation) -> None:
    zh = ask(conversation, "推荐之星什么时候报名").text
    en = talk(conversation, "推荐之星什么时候报名", language="en").last.text

    assert "美国太平洋时间2021年5月1日" in zh
    assert "折合北京时间2021年5月1日 15:00:00" in zh
    assert "1 May 2021, 15:00:00 (Beijing time)" in en
