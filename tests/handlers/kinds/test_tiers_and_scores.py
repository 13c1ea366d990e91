"""Tiers, weighted scores and rewards by rank, at each bound and beside it."""

import pytest

from handlers.conversation import Conversation
from tests.handlers.talk import ask, first_line

TIER = {
    "zh": {2: "达到二档，加5分", 1: "达到一档，加3分", 0: "不加分"},
    "en": {2: "You reach tier 2: 5 points", 1: "You reach tier 1: 3 points", 0: "No points"},
}


def rfq(language: str, usd: str, used: str) -> str:
    if language == "zh":
        return f"近90天RFQ在线交易额{usd}美元，免费报价权益使用率{used}，能加几分"
    return (
        f"My RFQ trade is USD {usd} and I used {used} of my free quotes, how many points do I get?"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("usd", "used", "tier"),
    [
        pytest.param("25000", "60%", 1, id="exactly tier 1"),
        pytest.param("24999.99", "60%", 0, id="one cent below tier 1"),
        pytest.param("25000.01", "60%", 1, id="one cent above tier 1"),
        pytest.param("25000", "59.99%", 0, id="share below tier 1"),
        pytest.param("35000", "100%", 2, id="exactly tier 2"),
        pytest.param("34999.99", "100%", 1, id="one cent below tier 2"),
        pytest.param("40000", "99.99%", 1, id="share below tier 2"),
        pytest.param("1000000", "100%", 2, id="far above"),
    ],
)
def test_tier_of_the_rfq_index(
    conversation: Conversation, language: str, usd: str, used: str, tier: int
) -> None:
    reply = ask(conversation, rfq(language, usd, used))

    assert reply.kind == "answer"
    assert reply.parts[0].tool == "tier_for"
    assert TIER[language][tier] in first_line(reply)


@pytest.mark.parametrize(
    ("language", "figures"),
    [
        pytest.param("zh", ("USD 5,000", "30个百分点"), id="zh"),
        pytest.param("en", ("USD 5,000", "30 percentage points"), id="en"),
    ],
)
def test_what_is_missing_to_the_next_tier_is_told(
    conversation: Conversation, language: str, figures: tuple[str, ...]
) -> None:
    reply = ask(conversation, rfq(language, "30000", "70%"))

    assert all(figure in reply.text for figure in figures)


@pytest.mark.parametrize(
    ("used", "total", "tier"),
    [
        pytest.param(24, 40, 1, id="exactly 60 %"),
        pytest.param(23, 40, 0, id="one quote short"),
        pytest.param(40, 40, 2, id="all of them"),
    ],
)
def test_a_share_told_as_counts(
    conversation: Conversation, used: int, total: int, tier: int
) -> None:
    text = f"{total}条免费报价用了{used}条，RFQ交易额36000美元，能加几分"

    assert TIER["zh"][tier] in first_line(ask(conversation, text))


@pytest.mark.parametrize(
    ("at", "told"),
    [
        pytest.param("2021-04-19T23:59:59", "现在还没有加分", id="a second before"),
        pytest.param("2021-04-20T00:00", "达到一档", id="the first second"),
    ],
)
def test_the_bonus_begins_on_its_day(conversation: Conversation, at: str, told: str) -> None:
    reply = ask(conversation, rfq("zh", "30000", "60%"), at=at)

    assert first_line(reply).startswith(told)
    assert "预计" in reply.text


@pytest.mark.parametrize("at", ["2021-04-22T10:00", "2021-12-01T10:00", "2026-01-01T10:00"])
def test_an_expected_date_stays_expected_when_it_has_passed(
    conversation: Conversation, at: str
) -> None:
    assert "预计" in ask(conversation, rfq("zh", "30000", "60%"), at=at).text
    assert "expected" in ask(conversation, rfq("en", "30000", "60%"), at=at).text


def test_the_other_track_gets_no_points(conversation: Conversation) -> None:
    reply = ask(conversation, "RTS赛道，RFQ交易额40000美元，权益用了100%，能加几分")

    assert first_line(reply).startswith("不加分")
    assert "定制赛道" in first_line(reply)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("RFQ交易额3万多美元，权益用了70%，能加几分", "answer", id="either side: tier 1"),
        pytest.param("RFQ交易额两万多美元，权益用了70%，能加几分", "ask", id="threshold inside"),
    ],
)  # fmt: skip
def test_a_vague_amount_decides_only_beside_a_threshold(
    conversation: Conversation, text: str, kind: str
) -> None:
    assert ask(conversation, text).kind == kind


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("RFQ交易额3万人民币，权益用了70%，能加几分", "USD", id="RMB for USD"),
        pytest.param("my RFQ trade is EUR 30000 with 70% usage, how many points", "USD", id="EUR"),
        pytest.param("推荐之星第5名，花了2000美元，能返多少", "CNY", id="USD for RMB"),
    ],
)
def test_a_foreign_currency_is_asked_for_and_not_converted(
    conversation: Conversation, text: str, wanted: str
) -> None:
    reply = ask(conversation, text)

    assert reply.kind == "ask"
    assert wanted in first_line(reply)


def test_an_amount_without_a_currency_is_answered_and_said_to_be_assumed(
    conversation: Conversation,
) -> None:
    reply = ask(conversation, "RFQ交易额30000，权益用了70%，能加几分")

    assert first_line(reply).startswith("达到一档")
    assert "没有写币种" in reply.text


@pytest.mark.parametrize(
    ("text", "total"),
    [
        pytest.param("推荐之星访客增加100，询盘增加2，TM咨询增加1，多少分", "合计45分", id="all up"),
        pytest.param("推荐之星访客增加100，询盘减少3，TM咨询增加2，多少分", "合计0分", id="zero"),
        pytest.param("推荐之星访客减少5，询盘减少1，TM咨询减少1，多少分", "合计-16分", id="negative"),
        pytest.param("推荐之星访客增加1，询盘不变，TM咨询不变，多少分", "合计0.2分", id="one visitor"),
        pytest.param(
            "Recommendation Star: visitors up 100, enquiries up 2, TM chats up 1, how many points?",
            "45 points", id="English",
        ),
    ],
)  # fmt: skip
def test_weighted_score(conversation: Conversation, text: str, total: str) -> None:
    reply = ask(conversation, text)

    assert reply.parts[0].tool == "weighted_score"
    assert total in first_line(reply)


def test_a_score_backwards(conversation: Conversation) -> None:
    reply = ask(conversation, "推荐之星想多200分，要多少询盘")

    assert reply.parts[0].tool == "change_needed"
    assert "增长20（" in first_line(reply)


def test_a_score_with_one_figure_missing_asks_for_it(conversation: Conversation) -> None:
    reply = ask(conversation, "推荐之星我的访客多100，询盘多2，总共多少分")

    assert reply.kind == "ask"
    assert reply.parts[0].missing == ("tm-chats",)


@pytest.mark.parametrize(
    ("rank", "spend", "reward"),
    [
        pytest.param(1, 4999, "4,999", id="first, below the cap"),
        pytest.param(10, 5000, "5,000", id="tenth, exactly the cap"),
        pytest.param(10, 5001, "5,000", id="tenth, above the cap"),
        pytest.param(11, 3999, "1,999.5", id="eleventh, below the cap"),
        pytest.param(11, 4000, "2,000", id="eleventh, exactly the cap"),
        pytest.param(1000, 4001, "2,000", id="thousandth, above the cap"),
        pytest.param(1001, 4000, None, id="behind the last rank"),
    ],
)
def test_reward_by_rank(
    conversation: Conversation, rank: int, spend: int, reward: str | None
) -> None:
    zh = first_line(ask(conversation, f"推荐之星第{rank}名，花了{spend}元，返多少"))
    en = first_line(
        ask(conversation, f"Recommendation Star rank {rank}, spend RMB {spend}, how much back?")
    )

    assert zh.startswith("没有奖励" if reward is None else f"可得RMB {reward}（")
    assert en.startswith("No reward" if reward is None else f"You get RMB {reward} (")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        pytest.param("2021-04-22T10:00", "还没有生效", id="before"),
        pytest.param("2021-05-10T10:00", "预计", id="running, still expected"),
        pytest.param("2021-06-05T10:00", "已经结束：美国太平洋时间2021年5月31日截止", id="over"),
    ],
)
def test_a_reward_is_as_of_the_moment(conversation: Conversation, at: str, told: str) -> None:
    assert told in ask(conversation, "推荐之星第11名，花了100元，返多少", at=at).text


def test_a_reward_without_the_rank_asks_for_it(conversation: Conversation) -> None:
    reply = ask(conversation, "推荐之星花了4000元能返多少")

    assert reply.kind == "ask"
    assert reply.parts[0].missing == ("rank",)
