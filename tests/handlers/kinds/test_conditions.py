"""Does it qualify? At the bound, one step below, one step above; the verdict stands first."""

import pytest

from handlers.conversation import Conversation
from tests.handlers.talk import ask, first_line, talk

YES = {"zh": "符合", "en": "Yes"}
NO = {"zh": "不符合", "en": "No"}
SHORT = {"zh": "还差", "en": "short by "}


def shop(language: str, share: str, industry: str) -> str:
    if language == "zh":
        return f"我的店RTS占比{share}，主营{industry}，能报名小单快定吗"
    return (
        f"My shop has {share} RTS products and its main industry is {industry}, "
        "can we join RTS small orders?"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("share", "gap"),
    [
        pytest.param("30%", None, id="exactly the share"),
        pytest.param("29.99%", "0.01", id="one hundredth below"),
        pytest.param("30.01%", None, id="one hundredth above"),
        pytest.param("0%", "30", id="none"),
        pytest.param("100%", None, id="all"),
    ],
)
def test_share_of_rts_products(
    conversation: Conversation, language: str, share: str, gap: str | None
) -> None:
    industry = "服装" if language == "zh" else "Apparel"
    reply = ask(conversation, shop(language, share, industry))
    short = [line for line in reply.text.split("\n") if SHORT[language] in line]

    assert reply.kind == "answer"
    assert reply.language == language
    assert first_line(reply).startswith((NO if gap else YES)[language])
    assert [f"{SHORT[language]}{gap}" in line for line in short] == ([True] if gap else [])
    assert reply.parts[0].tool == "judge"


@pytest.mark.parametrize(
    ("language", "industry", "eligible"),
    [
        pytest.param("zh", "箱包", True, id="luggage is listed"),
        pytest.param("zh", "家具", False, id="furniture is not"),
        pytest.param("en", "Lights & Lighting", True, id="lighting is listed"),
        pytest.param("en", "Furniture", False, id="furniture is not, in English"),
    ],
)
def test_main_industry(
    conversation: Conversation, language: str, industry: str, eligible: bool
) -> None:
    reply = ask(conversation, shop(language, "80%", industry))

    assert first_line(reply).startswith((YES if eligible else NO)[language])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("pieces", "days", "failed"),
    [
        pytest.param(50, 7, (), id="both exactly"),
        pytest.param(49, 6, (), id="both below"),
        pytest.param(51, 7, ("51",), id="one piece too many"),
        pytest.param(50, 8, ("8",), id="one day too long"),
        pytest.param(51, 8, ("51", "8"), id="both too much"),
    ],
)
def test_product_in_the_model(
    conversation: Conversation, language: str, pieces: int, days: int, failed: tuple[str, ...]
) -> None:
    text = (
        f"我的RTS商品支持在线定制，最小MOQ {pieces}件，发货期{days}天，能进小单快定吗"
        if language == "zh"
        else f"My RTS product supports online customization, MOQ {pieces} pieces, "
        f"lead time {days} days, can it enter RTS small orders?"
    )
    reply = ask(conversation, text)

    assert first_line(reply).startswith((NO if failed else YES)[language])
    crosses = [line for line in reply.text.split("\n") if "✗" in line]
    assert len(crosses) == len(failed)
    assert all(figure in line for figure, line in zip(failed, crosses, strict=True))


NEWCOMER = {
    "zh": "我是中国大陆的{member}会员，在服务期，{used}国际站快递，能参加空快新客优惠吗",
    "en": "I am a mainland member with {member} in service and {used} the platform's express, "
    "can I join the express newcomer discount?",
}


@pytest.mark.parametrize(
    ("language", "member", "used", "eligible"),
    [
        pytest.param("zh", "出口通", "没用过", True, id="Chukoutong"),
        pytest.param("zh", "全球宝", "没用过", True, id="Quanqiubao"),
        pytest.param("zh", "金品诚企", "没用过", True, id="Jinpin"),
        pytest.param("zh", "免费", "没用过", False, id="free member"),
        pytest.param("zh", "出口通", "以前用过", False, id="used it before"),
        pytest.param("en", "Chukoutong", "never used", True, id="Chukoutong, English"),
        pytest.param("en", "Jinpin", "have used", False, id="used before, English"),
    ],
)
def test_express_newcomer(
    conversation: Conversation, language: str, member: str, used: str, eligible: bool
) -> None:
    reply = ask(conversation, NEWCOMER[language].format(member=member, used=used))

    assert reply.topics == ("express-newcomer",)
    assert first_line(reply).startswith((YES if eligible else NO)[language])


@pytest.mark.parametrize(
    ("at", "verdict", "also"),
    [
        pytest.param("2021-04-12T14:59:59", "has not started yet", "12 April 2021", id="before"),
        pytest.param("2021-04-12T15:00", "Yes, eligible", "1 October 2021", id="first second"),
        pytest.param("2021-10-01T14:59:59", "Yes, eligible", "1 October 2021", id="last second"),
        pytest.param("2021-10-01T15:00", "is over", "1 October 2021, 14:59:59", id="behind"),
    ],
)
def test_a_verdict_is_as_of_the_moment(
    conversation: Conversation, at: str, verdict: str, also: str
) -> None:
    text = NEWCOMER["en"].format(member="Chukoutong", used="never used")
    reply = ask(conversation, text, at=at)

    assert verdict in first_line(reply)
    assert also in reply.text


@pytest.mark.parametrize(
    ("text", "missing", "asks", "names"),
    [
        pytest.param(
            "我的店能报名小单快定吗", ("rts-share", "main-industry"), "比例是多少",
            ("店铺RTS商品占比", "主营一级行业"), id="shop, nothing told",
        ),
        pytest.param(
            "我的店RTS占比35%，能报名小单快定吗", ("main-industry",), "一级行业是哪一个",
            ("主营一级行业",), id="shop, industry missing",
        ),
        pytest.param(
            "can I join the express newcomer discount?",
            ("member", "mainland", "active", "used"), "Which membership do you have",
            ("type of membership", "mainland China", "in service", "before the offer"),
            id="newcomer, nothing told",
        ),
    ],
)  # fmt: skip
def test_missing_details_are_all_named_and_the_first_is_asked(
    conversation: Conversation,
    text: str,
    missing: tuple[str, ...],
    asks: str,
    names: tuple[str, ...],
) -> None:
    reply = ask(conversation, text)

    assert reply.kind == "ask"
    assert reply.parts[0].missing == missing
    first, second = reply.text.split("\n")[:2]
    assert all(name in first for name in names)
    assert asks in second


def test_choices_of_the_first_missing_detail_are_offered(conversation: Conversation) -> None:
    reply = ask(conversation, "can I join the express newcomer discount?")

    labels = [choice.label for choice in reply.choices]
    assert any("Chukoutong" in label for label in labels)
    picked = talk(conversation, "can I join the express newcomer discount?", reply.choices[0].text)
    assert "member" not in picked.last.parts[0].missing


def test_one_failed_condition_decides_without_the_others(conversation: Conversation) -> None:
    reply = ask(conversation, "我的店RTS占比20%，能报名小单快定吗")

    assert reply.kind == "answer"
    assert first_line(reply).startswith("不符合")
    assert "还差10个百分点" in reply.text


@pytest.mark.parametrize(
    ("text", "open_ones"),
    [
        pytest.param(
            "全球宝会员可以用空快新客优惠吗，我是大陆的",
            "还定不下来，还要看：会员服务中、活动前用过信保场景的国际站快递。",
            id="two of four",
        ),
        pytest.param(
            "can a Gold supplier use the express newcomer discount?",
            "Not decided yet; it also depends on: seller of mainland China, membership in service, ",
            id="one of four, in English",
        ),
    ],
)
def test_conditions_told_in_part_say_what_is_open_and_nothing_twice(
    conversation: Conversation, text: str, open_ones: str
) -> None:
    reply = ask(conversation, text)
    lines = reply.text.split("\n")

    assert any(open_ones in line for line in lines)
    assert len(set(lines)) == len(lines)
