"""Fees, discounts, capacities and growing consequences, at each cap and beside it."""

import pytest

from handlers.conversation import Conversation
from tests.handlers.talk import ask, first_line


@pytest.mark.parametrize(
    ("usd", "fee", "saving"),
    [
        pytest.param("9999", "99.99", "99.99", id="one dollar below the cap"),
        pytest.param("10000", "100", "100", id="exactly the cap"),
        pytest.param("10001", "100", "100.02", id="one dollar above the cap"),
        pytest.param("0.01", "0", None, id="a cent"),
    ],
)
def test_fee_with_platform_logistics(
    conversation: Conversation, usd: str, fee: str, saving: str | None
) -> None:
    zh = ask(conversation, f"平台物流信保手续费，订单{usd}美元收多少")
    en = ask(
        conversation,
        f"trade assurance fee with platform logistics for an order of USD {usd}, how much?",
    )

    assert first_line(zh).startswith(f"平台物流收USD {fee}（")
    assert first_line(en).startswith(f"Platform logistics (平台物流): USD {fee} (")
    if saving:
        assert f"平台物流比线下物流省USD {saving}。" in zh.text
        assert f"saves USD {saving} against" in en.text


def test_fees_of_several_orders_are_capped_one_by_one(conversation: Conversation) -> None:
    reply = ask(conversation, "三单分别5000、12000、800美元，走平台物流信保手续费多少")

    assert reply.parts[0].arguments["amounts"] == ["5000", "12000", "800"]
    assert first_line(reply).startswith("平台物流收USD 158（")


def test_own_logistics_come_first_when_they_are_asked_for(conversation: Conversation) -> None:
    reply = ask(conversation, "线下物流信保手续费，订单3000美元收多少")

    assert first_line(reply).startswith("线下物流收USD 60（")


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        pytest.param("平台物流信保手续费，订单1万人民币收多少", "CNY", id="RMB"),
        pytest.param("trade assurance fee for an order of EUR 5000?", "EUR", id="EUR"),
    ],
)
def test_a_fee_in_another_currency_is_asked_for(
    conversation: Conversation, text: str, currency: str
) -> None:
    reply = ask(conversation, text)

    assert (reply.kind, reply.parts[0].missing) == ("ask", ("amount",))
    assert currency in first_line(reply)


@pytest.mark.parametrize(
    ("freight", "off", "pays"),
    [
        pytest.param(99, 99, 0, id="below the cap"),
        pytest.param(100, 100, 0, id="exactly the cap"),
        pytest.param(101, 100, 1, id="above the cap"),
    ],
)
def test_discount_of_one_order(
    conversation: Conversation, freight: int, off: int, pays: int
) -> None:
    zh = ask(conversation, f"空快新客优惠，运费{freight}元能减多少")
    en = ask(conversation, f"express newcomer discount, base freight RMB {freight}, how much off?")

    assert first_line(zh) == f"最多减RMB {off}：基础运费RMB {freight}，减后自付RMB {pays}。"
    assert first_line(en).startswith(f"RMB {off} off at most")


@pytest.mark.parametrize(
    ("freights", "total"),
    [
        pytest.param("120、80、300", 280, id="three orders"),
        pytest.param("120、80、300、200", 280, id="the fourth gets nothing"),
        pytest.param("100、100、100、100", 300, id="the total"),
        pytest.param("99、100、101", 299, id="each at its own bound"),
    ],
)
def test_discount_of_several_orders(conversation: Conversation, freights: str, total: int) -> None:
    count = "三四"[freights.count("、") - 2]
    reply = ask(conversation, f"空快新客优惠，{count}单运费分别{freights}元，一共减多少")

    assert first_line(reply).startswith(f"共减RMB {total}：")


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        pytest.param("4月12日14:59", "不能享受", id="a minute before"),
        pytest.param("4月12日15:00", "在活动时间内", id="the first second"),
        pytest.param("10月1日14:59", "在活动时间内", id="the last minute"),
        pytest.param("10月1日15:00", "活动已经结束", id="a second behind"),
    ],
)
def test_the_moment_an_order_is_placed(conversation: Conversation, when: str, verdict: str) -> None:
    reply = ask(conversation, f"空快新客优惠，2021年{when}下的单能减吗")

    assert verdict in first_line(reply)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        pytest.param("2021-04-12T14:00", "还没开始", id="not yet"),
        pytest.param("2021-04-12T15:00", "目前在有效期内", id="open"),
        pytest.param("2021-10-01T14:59:59", "今天是最后一天", id="last day"),
        pytest.param("2021-10-01T15:00", "已经结束：北京时间2021年10月1日 14:59:59截止", id="over"),
        pytest.param(
            "2026-06-02T10:00", "已经结束：北京时间2021年10月1日 14:59:59截止", id="years"
        ),
    ],
)
def test_a_closed_window_says_when_it_closed(
    conversation: Conversation, at: str, told: str
) -> None:
    assert told in ask(conversation, "空快新客优惠，运费80元能减多少", at=at).text


@pytest.mark.parametrize(
    ("products", "models"),
    [
        pytest.param(1, 1, id="one"),
        pytest.param(20, 1, id="a full one"),
        pytest.param(21, 2, id="one more"),
        pytest.param(40, 2, id="two full ones"),
        pytest.param(41, 3, id="one more again"),
    ],
)
def test_capacity_of_a_model(conversation: Conversation, products: int, models: int) -> None:
    zh = ask(conversation, f"有{products}个同叶子类目商品，要建几个在线定制模型")
    en = ask(
        conversation,
        f"How many online customization models do I need for {products} products "
        "of one leaf category?",
    )

    assert f"{models}个在线定制模型" in first_line(zh)
    assert (f"you need {models}" if models > 1 else "is enough") in first_line(en)


@pytest.mark.parametrize(
    ("nth", "ordinal", "points"),
    [
        pytest.param("一", "first", 0, id="first: warned"),
        pytest.param("二", "second", 0, id="second: warned"),
        pytest.param("三", "third", 12, id="third: points"),
        pytest.param("四", "fourth", 24, id="fourth: points again"),
    ],
)
def test_consequences_grow(conversation: Conversation, nth: str, ordinal: str, points: int) -> None:
    zh = first_line(ask(conversation, f"自有物流轨迹异常人工抽查第{nth}次不通过怎么处罚"))
    en = first_line(
        ask(
            conversation,
            f"own logistics trace abnormal, the {ordinal} failed manual check, what is the penalty?",
        )
    )

    assert (f"累计扣{points}分" if points else "警告") in zh
    assert (f"{points} points in all" if points else "warning") in en
