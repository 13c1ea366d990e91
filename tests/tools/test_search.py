"""Ranking of entries by their example phrasings, Chinese words of two characters included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from tools.phrasings import prepare
from tools.search import FIRST_STAGE, Index

ENTRIES = {
    "fee": ["信保手续费收多少", "平台物流手续费怎么算", "how much is the trade assurance fee"],
    "lines": ["哪些线路有优惠", "重货能不能减", "which lines are covered"],
    "deadline": ["拍摄任务什么时候截止", "最晚哪天上门拍摄", "when is the shooting deadline"],
    "tiers": ["营销指数二档要多少", "报价权益用完加几分", "how many points does tier two give"],
}


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(prepare(ENTRIES))


@pytest.mark.parametrize(
    ("text", "best"),
    [
        pytest.param("手续费", "fee", id="three characters"),
        pytest.param("线路", "lines", id="a word of two characters"),
        pytest.param("重货", "lines", id="another word of two characters"),
        pytest.param("拍摄", "deadline", id="two characters in two phrasings"),
        pytest.param("二档", "tiers", id="tier two"),
        pytest.param("请问一下拍摄最晚什么时候啊", "deadline", id="small talk around it"),
        pytest.param("fees for trade assurance", "fee", id="English plural, other order"),
        pytest.param("deadlines for shooting", "deadline", id="English plural"),
        pytest.param("which line is covered", "lines", id="English singular"),
        pytest.param("信保 trade assurance 手续费", "fee", id="both languages"),
    ],
)
def test_best_entry(index: Index, text: str, best: str) -> None:
    assert index.rank(text)[0].key == best


@pytest.mark.parametrize(
    ("key", "phrasing"),
    [pytest.param(key, text, id=text) for key, texts in ENTRIES.items() for text in texts],
)
def test_word_for_word_is_first_and_names_its_phrasing(
    index: Index, key: str, phrasing: str
) -> None:
    best, *others = index.rank(phrasing)

    assert (best.key, best.phrasing) == (key, phrasing)
    assert all(best.score > other.score for other in others)


@pytest.mark.parametrize("text", ["", "   ", "？？！", "12345", "qqqq"])
def test_nothing_in_common_is_no_hit(index: Index, text: str) -> None:
    assert all(found.score == 0 for found in index.rank(text))


def test_no_entries() -> None:
    assert Index(prepare({})).rank("手续费") == []


def test_a_bonus_brings_an_entry_that_the_words_do_not() -> None:
    others = {f"fee-{number}": ["手续费收多少"] for number in range(2 * FIRST_STAGE)}
    index = Index(prepare({**others, **ENTRIES}))
    plain = {found.key for found in index.rank("手续费")}
    raised = {found.key for found in index.rank("手续费", {"tiers": 20.0})}

    assert "tiers" not in plain
    assert "tiers" in raised


def test_rank_of_an_item_by_its_own_utterances(april: Library) -> None:
    """Every tenth example phrasing of the bulletin finds its own item among the first three."""
    items = [item for subject in april.newest.subjects for item in subject.items]
    entries = {item.id: [*item.utterances.zh, *item.utterances.en] for item in items}
    index = Index(
        prepare({key: [text.lower() for text in texts] for key, texts in entries.items()})
    )
    asked = [(key, text.lower()) for key, texts in entries.items() for text in texts][::10]

    lost = [(key, text) for key, text in asked if key not in [f.key for f in index.rank(text)[:3]]]

    assert len(lost) <= len(asked) * 0.02, lost


@given(st.text(alphabet="手续费线路重货拍摄二档 feeslinshotgd", max_size=20))
def test_scores_fall_within_bounds_and_repeat(index: Index, text: str) -> None:
    ranked = index.rank(text)
    scores = [found.score for found in ranked]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 + 1e-9 for score in scores)
    assert len({found.key for found in ranked}) == len(ranked)
    assert ranked == Index(prepare(ENTRIES)).rank(text)
