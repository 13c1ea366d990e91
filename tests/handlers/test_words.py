"""From words to meaning, piece by piece: questions, names, claims, what is remembered, ranking."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.claims import contradicted
from handlers.names import NameIndex, find_names, longest
from handlers.routing import Router
from handlers.slots import Slot
from handlers.splitting import quiet, split
from handlers.state import State
from handlers.text import LIMIT, plain, visible
from handlers.values import find_values
from knowledge.library import Library
from tests.handlers.talk import APRIL_22, moment

NOW = moment(APRIL_22)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        pytest.param("二档加几分？", ["二档加几分？"], id="one"),
        pytest.param("一档几分？二档几分？", ["一档几分？", "二档几分？"], id="two marks"),
        pytest.param("1. 一档几分 2. 二档几分", ["一档几分", "二档几分"], id="numbered"),
        pytest.param("①一档几分②二档几分", ["一档几分", "二档几分"], id="circled"),
        pytest.param("我做服装。占比35%。能报吗？", ["我做服装。占比35%。能报吗？"], id="a case stays one"),
        pytest.param("能报吗？我做服装。", ["能报吗？我做服装。"], id="a case told behind"),
        pytest.param("怎么报名 在哪报名入口", ["怎么报名 在哪报名入口"], id="too short to part"),
        pytest.param("小单快定怎么报名 推荐之星怎么算分", ["小单快定怎么报名", "推荐之星怎么算分"], id="gap"),
        pytest.param("MOQ 1.5件，3.5天", ["MOQ 1.5件，3.5天"], id="decimals are no numbers of a list"),
        pytest.param("今天很好", ["今天很好"], id="none asks"),
        pytest.param("", [""], id="empty"),
    ],
)  # fmt: skip
def test_questions_of_a_message(text: str, questions: list[str]) -> None:
    found = split(plain(text))

    starts = [found[0].start, *(q.focus for q in found[1:])]
    assert [
        plain(text)[start : q.end].strip(" ,") for start, q in zip(starts, found, strict=True)
    ] == [plain(question) for question in questions]


@given(st.text(max_size=200))
def test_questions_lie_in_order_within_the_text(text: str) -> None:
    found = split(quiet(plain(text)))

    assert found
    ends = [0, *(q.end for q in found)]
    for before, question in zip(ends, found, strict=False):
        assert before <= question.start <= question.focus <= question.end <= len(text)


@given(st.text(max_size=300))
def test_plain_and_quiet_keep_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(quiet(plain(text))) == len(text)


@given(st.text(max_size=300))
def test_visible_text_is_stable(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("R\u200bF\u200dQ\ufeff", "RFQ", id="zero width"),
        pytest.param("a\u202eb\x00c", "abc", id="direction and control"),
        pytest.param("a  \t\u3000b", "a b", id="a run of blanks"),
        pytest.param("a\r\nb", "a\nb", id="line breaks stay"),
        pytest.param("x" * (LIMIT + 1), "x" * LIMIT, id="cut"),
    ],
)
def test_visible(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        pytest.param("ＲＦＱ１００％", "rfq100%", id="full width"),
        pytest.param("營銷指數", "营销指数", id="traditional"),
        pytest.param("İ", "İ", id="a letter whose lower case is longer"),
    ],
)
def test_plain(text: str, flat: str) -> None:
    assert plain(text) == flat


NAMES = [("全球重货", "cargo"), ("全球重货专线", "line"), ("ddp", "ddp"), ("fast line", "fast")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("全球重货专线和ddp", ["line", "ddp"], id="the longest, in order"),
        pytest.param("全球重货", ["cargo"], id="the short one"),
        pytest.param("addpx", [], id="no part of a Latin word"),
        pytest.param("fast-line", ["fast"], id="a hyphen for a blank"),
        pytest.param("fast lines", ["fast"], id="a plural"),
        pytest.param("没有", [], id="none"),
    ],
)
def test_names_in_a_text(text: str, found: list[str]) -> None:
    assert [match.payload for match in find_names(text, NAMES)] == found
    assert [match.payload for match in longest(NameIndex(NAMES).find(text))] == found


def test_a_name_with_a_typo_is_found_only_when_asked_for() -> None:
    names = [("全球美妆个护专线", 1)]

    assert find_names("全球美装个护专线", names) == []
    assert [match.exact for match in find_names("全球美装个护专线", names, near=True)] == [False]


@pytest.mark.parametrize(
    ("claim", "facts", "wrong"),
    [
        pytest.param("加8分", "一档加3分，二档加5分", "8分", id="points"),
        pytest.param("加5分", "一档加3分，二档加5分", None, id="right points"),
        pytest.param("USD 200", "USD 100 at most", "USD 200", id="money"),
        pytest.param("60%", "USD 100 at most", None, id="nothing of its kind is told"),
        pytest.param("5月25日", "5月24日至5月31日", None, id="a day within"),
        pytest.param("6月25日", "5月24日至5月31日", "6月25日", id="a day outside"),
        pytest.param("加分吗", "加3分", None, id="no figure"),
    ],
)
def test_claims_against_facts(claim: str, facts: str, wrong: str | None) -> None:
    assert contradicted(find_values(claim, NOW), [facts], NOW) == wrong


SLOTS = st.one_of(
    st.builds(Slot, st.booleans(), st.text(max_size=5)),
    st.builds(Slot, st.text(max_size=8), st.text(max_size=5)),
    st.builds(
        lambda n, low: Slot(n, "x", low, low + 1), st.decimals(0, 10**6, places=2),
        st.decimals(0, 10**6, places=2),
    ),
    st.builds(Slot, st.dates()),
    st.builds(Slot, st.datetimes()),
    st.builds(lambda n: Slot(n, foreign="EUR"), st.decimals(0, 10**6, places=2)),
    st.builds(lambda a, b: Slot(a / (a + b), part=a, whole=a + b),
              st.integers(1, 99).map(Decimal), st.integers(1, 99).map(Decimal)),
)  # fmt: skip


@given(
    state=st.builds(
        State,
        st.sampled_from([None, "zh", "zh-Hant", "en"]),
        st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(tuple),
        st.dictionaries(st.sampled_from(["a", "b"]), st.dictionaries(st.text(max_size=4), SLOTS, min_size=1)),
        st.one_of(st.none(), st.tuples(st.just("a"), st.text(max_size=4))),
        st.text(max_size=10),
    )
)  # fmt: skip
def test_state_comes_back_from_its_record(state: State) -> None:
    assert State.load(state.record()).record() == state.record()


@pytest.fixture(scope="module")
def router(april: Library) -> Router:
    return Router(april.at(NOW), april.everyday)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        pytest.param("rfq营销指数二档加几分", "rfq-bonus", id="named"),
        pytest.param("小单快定报名链接", "rts-enrolment", id="a subject and what of it"),
        pytest.param("替补接单员怎么设置", "order-assignment-steps", id="without its name"),
        pytest.param("recommendation star rank 11 reward", "recommend-star-reward", id="English"),
    ],
)
def test_ranking(router: Router, text: str, item: str) -> None:
    ranked = router.rank(text)

    assert ranked[0].item_id == item
    assert [c.score for c in ranked] == sorted((c.score for c in ranked), reverse=True)
    assert all(0 <= c.sureness <= 1 for c in ranked)


def test_everyday_talk_is_less_sure_than_any_question(router: Router) -> None:
    talk, question = router.rank("今天中午吃什么"), router.rank("小单快定报名链接")

    assert not talk or talk[0].sureness < question[0].sureness


def test_the_subject_talked_about_weighs(router: Router) -> None:
    alone = {c.item_id: c.score for c in router.rank("怎么报名")}
    within = {c.item_id: c.score for c in router.rank("怎么报名", context=["recommend-star"])}

    assert within["recommend-star-signup"] > alone["recommend-star-signup"]
    assert within["rts-enrolment"] == alone["rts-enrolment"]
