"""Products by name: questions that were written before the table, and how well it answers."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.tariff.starter import StarterTable
from tools.tariff.find import by_name
from tools.tariff.words import fold, follow_up, read, stem

TABLE = StarterTable()
QUESTIONS = Path(__file__).parent / "products.jsonl"


def lines_of(text: str, on: date = date(2021, 4, 21)) -> list[str]:
    """The HS-6 of the candidates, best first, at most five."""
    found = by_name(TABLE, read(text, TABLE.words), destination="US", origin="CN", on=on)
    return list(dict.fromkeys(one.found.line.code[:6] for one in found.candidates))[:5]


def test_the_questions_find_their_line() -> None:
    questions = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    found = [(lines_of(question["text"]), question["hs6"]) for question in questions]

    first = sum(bool(lines) and lines[0] in wanted for lines, wanted in found)
    in_five = sum(any(line in wanted for line in lines) for lines, wanted in found)

    assert len(questions) >= 150
    assert first / len(questions) >= 0.8
    assert in_five / len(questions) >= 0.95


@pytest.mark.parametrize(
    ("text", "hs6"),
    [
        pytest.param("純棉T恤出口美國關稅", "610910", id="traditional characters"),
        pytest.param("ＬＥＤ灯泡", "853950", id="full width"),
        pytest.param("T-shirts made of polyester", "610990", id="material behind"),
        pytest.param("phone chargers", "850440", id="the last word says what it is"),
        pytest.param("hoodies cotton", "611020", id="plural of hoodie"),
        pytest.param("women's leather boots", "640391", id="wearer"),
    ],
)
def test_ways_of_writing(text: str, hs6: str) -> None:
    assert lines_of(text)[0] == hs6


@pytest.mark.parametrize("text", ["石墨烯", "graphite electrodes", "", "多少关税", "12345"])
def test_what_is_not_known_finds_nothing(text: str) -> None:
    assert lines_of(text) == []


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        pytest.param("鼠标垫", "mouse", id="a pad for a mouse"),
        pytest.param("沙发套", "sofa-wood-frame", id="a cover of a sofa"),
        pytest.param("T恤印花机", "tshirt-cotton", id="a machine for T-shirts"),
        pytest.param("吸尘器滤网", "vacuum-cleaner", id="a filter of a cleaner"),
        pytest.param("口红管出口美国关税", "lipstick", id="an empty tube"),
        pytest.param("mouse pad", "mouse", id="mouse pad"),
        pytest.param("duty on sofa covers", "sofa-wood-frame", id="sofa covers"),
        pytest.param("羊绒围巾", "scarf-silk", id="a material that the table lacks"),
    ],
)
def test_another_product_is_not_taken_for_one_of_the_table(text: str, alike: str) -> None:
    found = by_name(
        TABLE, read(text, TABLE.words), destination="US", origin="CN", on=date(2021, 4, 21)
    )

    assert found.candidates == ()
    assert alike in [one.product.id for one in found.close if one.product]


@pytest.mark.parametrize(
    ("asked", "reply", "line"),
    [
        pytest.param("棉T恤关税多少", "那化纤的呢", "610990", id="another material"),
        pytest.param("cotton t-shirt", "and polyester?", "610990", id="in English"),
        pytest.param("男士衬衫 棉", "女款", "620630", id="another wearer"),
    ],
)
def test_a_follow_up_takes_the_place_of_what_was_said(asked: str, reply: str, line: str) -> None:
    assert lines_of(follow_up(asked, reply, TABLE.words))[0] == line


@pytest.mark.parametrize(
    ("word", "base"),
    [("boxes", "box"), ("dresses", "dress"), ("brushes", "brush"), ("glass", "glass"),
     ("batteries", "battery"), ("hoodies", "hoody"), ("hoodie", "hoody"), ("women's", "women")],
)  # fmt: skip
def test_plurals_lose_their_ending(word: str, base: str) -> None:
    assert stem(word) == base


def test_both_scripts_fold_to_one() -> None:
    assert fold("關稅ＵＳＤ") == "关税usd"
