"""Recommendation Star of May 2021, forwards and backwards; the March list proves the formula."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Component, Table, WeightedScore
from tests.tools.rules import floats, rule
from tools.scores import change_needed, weighted_score
from tools.tables import explain_row

VISITORS, ENQUIRIES, CHATS = "visitors", "enquiries", "tm-chats"
changes = st.integers(-100_000, 100_000).map(Decimal)

MARCH = [
    ("深圳雅尼仕时尚贸易有限公司", "深圳大区", "48881", "340", "2309", "24721.2", 1, "3750"),
    ("义乌市三步乐进出口有限公司", "浙江大区", "19894", "572", "2184", "20618.8", 4, "1332.87"),
    ("厦门和新国际贸易有限公司", "闽汕大区", "26114", "544", "1772", "19522.8", 5, "4661.5"),
    ("无锡腾辉电动车有限公司", "华东大区", "24431", "710", "1204", "18006.2", 6, "4100"),
    ("台州两个圈贸易有限公司", "浙江大区", "17112", "221", "2082", "16042.4", 8, "5000"),
    ("泉州市金秋体育用品有限公司", "闽汕大区", "28020", "379", "1308", "15934", 9, "2919.02"),
    ("德州易捷新能源车业有限公司", "北方大区", "31687", "484", "926", "15807.4", 10, "3350"),
]


@pytest.fixture(scope="module")
def star(april: Library) -> WeightedScore:
    return rule(april, WeightedScore, "recommend-star-score")


@pytest.fixture(scope="module")
def march(april: Library) -> Table:
    return rule(april, Table, "recommend-star-march")


def score(star: WeightedScore, visitors: str, enquiries: str, chats: str) -> Decimal:
    values = {VISITORS: visitors, ENQUIRIES: enquiries, CHATS: chats}
    return weighted_score(star, {name: Decimal(v) for name, v in values.items()}).total


@pytest.mark.parametrize("row", [pytest.param(row, id=f"rank {row[6]}: {row[0]}") for row in MARCH])
def test_march_rows_prove_the_formula(
    star: WeightedScore, march: Table, row: tuple[str, str, str, str, str, str, int, str]
) -> None:
    name, region, visitors, enquiries, chats, total, rank, reward = row
    printed = next(row for row in march.rows if row.name == name)

    explained = explain_row(march, printed, star)

    assert score(star, visitors, enquiries, chats) == Decimal(total)
    assert explained.total == Decimal(total)
    assert printed.values == {
        "region": region,
        "visitors": visitors,
        "enquiries": enquiries,
        "tm-chats": chats,
        "points": total,
        "rank": str(rank),
        "reward": reward,
    }


def test_the_march_list_has_these_seven_rows(march: Table) -> None:
    assert [row.name for row in march.rows] == [row[0] for row in MARCH]


def test_a_table_without_a_score_explains_nothing(star: WeightedScore, march: Table) -> None:
    plain = march.model_copy(update={"total": None})

    with pytest.raises(ValueError, match="names no columns"):
        explain_row(plain, plain.rows[0], star)


@pytest.mark.parametrize(
    ("visitors", "enquiries", "chats", "points"),
    [
        pytest.param("0", "0", "0", "0", id="no change"),
        pytest.param("1", "0", "0", "0.2", id="one visitor more"),
        pytest.param("-1", "0", "0", "-0.2", id="one visitor fewer"),
        pytest.param("0", "1", "0", "10", id="one enquiry more"),
        pytest.param("0", "-1", "0", "-10", id="one enquiry fewer"),
        pytest.param("0", "0", "1", "5", id="one chat more"),
        pytest.param("0", "0", "-1", "-5", id="one chat fewer"),
        pytest.param("-500", "8", "4", "0", id="gains and losses cancel out"),
        pytest.param("1000", "20", "10", "450", id="all three grow"),
    ],
)
def test_points_for_changes(
    star: WeightedScore, visitors: str, enquiries: str, chats: str, points: str
) -> None:
    assert score(star, visitors, enquiries, chats) == Decimal(points)


def test_a_missing_part_adds_nothing_and_is_named(star: WeightedScore) -> None:
    result = weighted_score(star, {ENQUIRIES: Decimal(3)})

    assert result.total == 30
    assert result.missing == (VISITORS, CHATS)
    assert [part.field for part in result.parts] == [ENQUIRIES]


@pytest.mark.parametrize(
    ("field", "points", "change"),
    [
        pytest.param(ENQUIRIES, "200", "20", id="exactly twenty enquiries"),
        pytest.param(ENQUIRIES, "200.1", "21", id="a tenth more needs one more"),
        pytest.param(ENQUIRIES, "199.9", "20", id="a tenth less needs as many"),
        pytest.param(CHATS, "200", "40", id="chats"),
        pytest.param(VISITORS, "200", "1000", id="visitors"),
        pytest.param(VISITORS, "0.1", "1", id="people come whole"),
        pytest.param(VISITORS, "0", "0", id="nothing to gain"),
        pytest.param(ENQUIRIES, "-25", "-2", id="what may be lost"),
    ],
)
def test_backwards(star: WeightedScore, field: str, points: str, change: str) -> None:
    assert change_needed(star, field, Decimal(points)) == Decimal(change)


def test_backwards_never_tells_a_negative_zero(star: WeightedScore) -> None:
    assert str(change_needed(star, ENQUIRIES, Decimal(-5))) == "0"


def test_backwards_of_an_unknown_field(star: WeightedScore) -> None:
    with pytest.raises(KeyError):
        change_needed(star, "likes", Decimal(1))


@given(changes, changes, changes, st.integers(0, 10_000).map(Decimal))
def test_more_of_anything_never_costs_points(
    star: WeightedScore, visitors: Decimal, enquiries: Decimal, chats: Decimal, more: Decimal
) -> None:
    values = {VISITORS: visitors, ENQUIRIES: enquiries, CHATS: chats}
    base = weighted_score(star, values)

    for field, value in values.items():
        raised = weighted_score(star, {**values, field: value + more})
        assert raised.total >= base.total
    assert base.total == sum(part.points for part in base.parts)
    assert not floats(base)


@given(st.sampled_from([VISITORS, ENQUIRIES, CHATS]), st.decimals(0, 100_000, places=1))
def test_backwards_is_the_least_that_suffices(
    star: WeightedScore, field: str, points: Decimal
) -> None:
    change = change_needed(star, field, points)

    assert weighted_score(star, {field: change}).total >= points
    assert change == 0 or weighted_score(star, {field: change - 1}).total < points


def test_other_weights_need_no_code(star: WeightedScore) -> None:
    other = star.model_copy(
        update={"components": (Component(field=CHATS, weight=Decimal("0.25")),)}
    )

    assert weighted_score(other, {CHATS: Decimal(2)}).total == Decimal("0.50")
    assert change_needed(other, CHATS, Decimal(1)) == 4
