"""Next month's bulletin is a folder of data: the bot speaks of it, and April stays as it was."""

import pytest

from handlers.conversation import Conversation
from knowledge.loader import BUILT_IN, load_library
from tests.handlers.later_month import FILES
from tests.handlers.talk import APRIL_22, ask, first_line, talk

JUNE_5, JUNE_15, JUNE_20, JULY_10 = (
    "2021-06-05T10:00",
    "2021-06-15T00:00",
    "2021-06-20T10:00",
    "2021-07-10T10:00",
)
RFQ = {
    "zh": "近90天RFQ交易额3万5美元，免费报价权益用了100%，能加几分",
    "en": "My RFQ trade is USD 35000 and I used 100% of my free quotes, how many points do I get?",
}


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    folder = tmp_path_factory.mktemp("bulletins") / "2021-06"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Conversation(load_library([BUILT_IN, folder]))


@pytest.mark.parametrize(
    ("at", "language", "verdict"),
    [
        pytest.param(APRIL_22, "zh", "达到二档，加5分", id="April's rule in April"),
        pytest.param(APRIL_22, "en", "You reach tier 2: 5 points", id="in April, English"),
        pytest.param(JUNE_5, "zh", "达到二档，加5分", id="known, not yet begun"),
        pytest.param("2021-06-14T23:59:59", "zh", "达到二档，加5分", id="a second before"),
        pytest.param(JUNE_15, "zh", "达到一档，加2分", id="its first second"),
        pytest.param(JUNE_15, "en", "You reach tier 1: 2 points", id="first second, English"),
        pytest.param("2026-01-01T00:00", "zh", "达到一档，加2分", id="years later"),
    ],
)
def test_a_replaced_table_holds_from_its_day(
    later: Conversation, at: str, language: str, verdict: str
) -> None:
    assert first_line(ask(later, RFQ[language], at=at)).startswith(verdict)


def test_what_comes_is_announced_beside_what_holds(later: Conversation) -> None:
    assert "2021年6月15日" in ask(later, RFQ["zh"], at=JUNE_5).text
    assert "2021年6月15日" not in ask(later, RFQ["zh"], at=APRIL_22).text


@pytest.mark.parametrize(
    ("usd", "used", "tier"),
    [
        pytest.param("61000", "100%", "达到三档，加9分", id="exactly tier 3"),
        pytest.param("60999.99", "100%", "达到二档，加6分", id="one cent below"),
        pytest.param("41000", "90%", "达到二档，加6分", id="exactly tier 2"),
        pytest.param("31000", "50%", "达到一档，加2分", id="exactly tier 1"),
        pytest.param("30999.99", "50%", "不加分", id="below all"),
    ],
)
def test_the_new_tiers(later: Conversation, usd: str, used: str, tier: str) -> None:
    reply = ask(later, f"RFQ交易额{usd}美元，权益用了{used}，能加几分", at=JUNE_20)

    assert tier in first_line(reply)
    assert reply.record()["parts"][0]["citations"][0]["bulletin"] == "2021-06"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("样品节：样品卖15美元，3天寄出，有视频，能报名吗", "符合", id="at both bounds"),
        pytest.param("样品节：样品卖15.01美元，3天寄出，有视频，能报名吗", "不符合", id="a cent more"),
        pytest.param("样品节：样品卖15美元，4天寄出，有视频，能报名吗", "不符合", id="a day more"),
        pytest.param("样品节：样品卖15美元，3天寄出，没有视频，能报名吗", "不符合", id="no video"),
        pytest.param(
            "sample fair: my samples cost USD 15, sent within 3 days, with a video, can I join?",
            "Yes, eligible", id="English, at both bounds",
        ),
        pytest.param(
            "sample fair: my samples cost USD 16, sent within 3 days, with a video, can I join?",
            "No", id="English, a dollar more",
        ),
    ],
)  # fmt: skip
def test_a_campaign_with_other_conditions(later: Conversation, text: str, verdict: str) -> None:
    reply = ask(later, text, at=JUNE_20)

    assert reply.parts[0].item == "sample-fair-entry"
    assert first_line(reply).startswith(verdict)


def test_the_new_campaign_asks_in_its_own_words(later: Conversation) -> None:
    said = talk(later, "我能报名样品节吗", "12美元", "2天", "有视频", at=JUNE_20)

    assert "一件样品卖多少美元？" in said.replies[0].text
    assert "样品几天内寄出？" in said.replies[1].text
    assert "样品有视频吗？" in said.replies[2].text
    assert first_line(said.last).startswith("符合")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        pytest.param(JUNE_5, "2021年6月10日", id="not yet: when it begins"),
        pytest.param(JULY_10, "2021年6月30日", id="over: when it closed"),
    ],
)
def test_the_new_campaign_is_as_of_the_moment(later: Conversation, at: str, told: str) -> None:
    assert told in ask(later, "样品节：样品卖15美元，3天寄出，有视频，能报名吗", at=at).text


@pytest.mark.parametrize(
    ("text", "item"),
    [
        pytest.param("样品卖12美元两天能寄出，够条件吗", "sample-fair-entry", id="conditions"),
        pytest.param("寄样要几天以内才行", "sample-fair-entry", id="conditions, days"),
        pytest.param("how cheap must a sample be", "sample-fair-entry", id="conditions, English"),
        pytest.param("寄样活动几号开始", "sample-fair-days", id="events"),
        pytest.param("when does the sample event start", "sample-fair-days", id="events, English"),
        pytest.param("直播观众多了100，新增关注多了4，多少分", "live-stars-score", id="score"),
        pytest.param("观众和粉丝涨了怎么换成分", "live-stars-score", id="score, how"),
        pytest.param(
            "how are viewers and followers turned into points", "live-stars-score", id="English",
        ),
        pytest.param("三档要多少交易额", "rfq-bonus-june", id="tiers"),
        pytest.param("what is needed for tier 3", "rfq-bonus-june", id="tiers, English"),
    ],
)  # fmt: skip
def test_utterances_reach_their_item_without_the_subjects_name(
    later: Conversation, text: str, item: str
) -> None:
    assert ask(later, text, at=JUNE_20).parts[0].item == item


@pytest.mark.parametrize(
    ("text", "total"),
    [
        pytest.param("直播新星：观众增加100，关注减少4，多少分", "合计2分", id="zh"),
        pytest.param("live stars: viewers up 100, followers up 4, how many points?", "58", id="en"),
    ],
)
def test_a_new_score(later: Conversation, text: str, total: str) -> None:
    reply = ask(later, text, at=JUNE_20)

    assert reply.parts[0].tool == "weighted_score"
    assert total in first_line(reply)


@pytest.mark.parametrize(
    "text",
    [
        "订单分配怎么设置",
        "推荐之星第11名，花了4000元，返多少",
        "5月小单快定活动是几号",
        "空快新客优惠，运费120元能减多少",
    ],
)
def test_april_still_answers_what_june_does_not_say(
    later: Conversation, conversation: Conversation, text: str
) -> None:
    assert ask(later, text).text == ask(conversation, text).text
    still = ask(later, text, at=JUNE_20)
    assert still.record()["parts"][0]["citations"][0]["bulletin"] == "2021-04"


@pytest.mark.parametrize("text", ["样品节能报名吗", "live stars score", "RFQ三档加几分"])
def test_april_knows_nothing_of_june(later: Conversation, text: str) -> None:
    reply = ask(later, text)

    assert not {part.item for part in reply.parts} & {
        "sample-fair-entry", "live-stars-score", "rfq-bonus-june",
    }  # fmt: skip
    assert "9分" not in reply.text
