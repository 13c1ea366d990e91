"""From values to fields: amounts, shares, counts, flags, changes and lists of orders."""

from decimal import Decimal

import pytest

from handlers.changes import changes
from handlers.filling import fill
from handlers.orders import order_amounts, with_kept
from handlers.text import plain
from handlers.values import find_values
from knowledge.model import Bilingual, Choice, Component, FieldSpec, WeightedScore
from tests.handlers.talk import APRIL_22, moment

NOW = moment(APRIL_22)


def field(name: str, kind: str, **more: object) -> FieldSpec:
    words = Bilingual(zh=name, en=name)
    return FieldSpec.model_validate({"id": name, "kind": kind, "name": words, "ask": words, **more})


FIELDS = (
    field("trade", "money", currency="USD", cues=("交易额", "trade"), lowest=200),
    field("used", "share", cues=("使用率", "used"), part_cues=("用了",), whole_cues=("共",)),
    field("moq", "count", unit="piece", cues=("moq",), lowest=1, highest=100000),
    field("days", "duration", unit="day", cues=("发货期", "lead time")),
    field("model", "flag", yes=("有模型", "with a model"), no=("没有模型", "no model")),
    field("trade-kind", "choice", choices=(
        Choice(id="bags", title=Bilingual(zh="箱包", en="Bags"), aliases=("luggage",)),
        Choice(id="shoes", title=Bilingual(zh="鞋", en="Shoes")),
    )),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        pytest.param(
            "交易额3万美元，使用率60%", {"trade": "30000", "used": "0.6"}, id="each its own"
        ),
        pytest.param(
            "使用率60%，交易额3万美元", {"trade": "30000", "used": "0.6"}, id="other order"
        ),
        pytest.param("共40条用了30条", {"used": "0.75"}, id="a share as two counts"),
        pytest.param("is it enough, 70 of 280", {"used": "0.25"}, id="one count of another"),
        pytest.param("moq 50件，发货期7天", {"moq": "50", "days": "7"}, id="units"),
        pytest.param("moq 两打", {"moq": "24"}, id="dozens"),
        pytest.param("发货期72小时", {"days": "3"}, id="hours as days"),
        pytest.param("发货期一周", {"days": "7"}, id="a week"),
        pytest.param("发货期半个月", {"days": "15"}, id="half a month"),
        pytest.param("没有模型", {"model": False}, id="denied"),
        pytest.param("有模型", {"model": True}, id="stated"),
        pytest.param("we have no model", {"model": False}, id="denied in English"),
        pytest.param("主营箱包", {"trade-kind": "bags"}, id="a choice"),
        pytest.param("luggage seller", {"trade-kind": "bags"}, id="a choice by its alias"),
        pytest.param("今天天气很好", {}, id="nothing"),
        pytest.param("我有3个问题", {}, id="a figure of nothing"),
    ],
)
def test_values_go_to_their_fields(text: str, filled: dict[str, object]) -> None:
    slots = fill(FIELDS, plain(text), find_values(text, NOW))
    wanted = {name: Decimal(v) if isinstance(v, str) and v[0].isdigit() else v
              for name, v in filled.items()}  # fmt: skip

    assert {name: slots[name].value for name in wanted if name in slots} == wanted
    assert set(slots) == set(wanted)


@pytest.mark.parametrize(
    ("text", "expected", "value"),
    [
        pytest.param("3万", "trade", "30000", id="a bare amount"),
        pytest.param("60", "used", "0.6", id="a bare per cent"),
        pytest.param("60", "moq", "60", id="the same figure as pieces"),
        pytest.param("7", "days", "7", id="bare days"),
    ],
)
def test_a_bare_figure_goes_to_the_field_asked_for(text: str, expected: str, value: str) -> None:
    assert fill(FIELDS, text, find_values(text, NOW), {expected})[expected].value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        pytest.param("交易额3万美元", False, id="exact"),
        pytest.param("交易额3万多美元", True, id="and more"),
        pytest.param("交易额不到3万美元", True, id="below"),
        pytest.param("交易额2到3万美元", True, id="a range"),
    ],
)
def test_vague_values_stay_vague(text: str, vague: bool) -> None:
    assert fill(FIELDS, plain(text), find_values(text, NOW))["trade"].vague is vague


def test_another_currency_is_kept_apart() -> None:
    text = "交易额3万人民币"

    assert fill(FIELDS, text, find_values(text, NOW))["trade"].foreign == "CNY"


def score(earlier: str, later: str) -> WeightedScore:
    name = Bilingual(zh="一个", en="one")
    return WeightedScore(
        id="score",
        title=name,
        section="1",
        fields=(
            field("visitors", "count", unit="person", cues=("访客", "visitors")),
            field("enquiries", "count", unit="person", cues=("询盘", "enquiries")),
        ),
        components=(
            Component(field="visitors", weight=Decimal(1)),
            Component(field="enquiries", weight=Decimal(1)),
        ),
        earlier=Bilingual(zh=earlier, en=earlier),
        later=Bilingual(zh=later, en=later),
    )


SCORE = score("4月", "5月")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "访客增加100，询盘减少3", {"visitors": 100, "enquiries": -3}, id="up and down"
        ),
        pytest.param("访客从800涨到1000", {"visitors": 200}, id="from, to"),
        pytest.param("访客1000→800", {"visitors": -200}, id="an arrow"),
        pytest.param("访客+5，询盘-2", {"visitors": 5, "enquiries": -2}, id="signs"),
        pytest.param("访客没变，询盘多了2个", {"visitors": 0, "enquiries": 2}, id="unchanged"),
        pytest.param(
            "visitors up 100, enquiries down 3", {"visitors": 100, "enquiries": -3}, id="en"
        ),
        pytest.param("4月访客800，5月访客1000", {"visitors": 200}, id="two months"),
        pytest.param("访客很多", {}, id="no figure"),
        pytest.param("100和200", {}, id="no name"),
    ],
)
def test_changes_told_in_words(text: str, told: dict[str, int]) -> None:
    assert changes(SCORE, plain(text), find_values(text, NOW)) == told


@pytest.mark.parametrize(
    ("text", "change"),
    [
        pytest.param("8月访客1000，7月访客800", 200, id="the later first"),
        pytest.param("7月访客1000，8月访客800", -200, id="the earlier first"),
        pytest.param("本月访客1000，上个月访客800", 200, id="this month and the last"),
    ],
)
def test_the_rule_names_the_periods_that_are_compared(text: str, change: int) -> None:
    told = changes(score("7月", "8月"), plain(text), find_values(text, NOW))

    assert told == {"visitors": change}


FREIGHT = field("freight", "money", currency="CNY", cues=("运费", "freight"), lowest=1)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        pytest.param("运费120元", [120], id="one"),
        pytest.param("三单运费分别95、60、210元", [95, 60, 210], id="listed"),
        pytest.param("5单每单300元", [300] * 5, id="each"),
        pytest.param("4 orders of RMB 120 each", [120] * 4, id="each in English"),
        pytest.param("运费120美元", [], id="another currency"),
        pytest.param("减多少", [], id="none"),
    ],
)
def test_amounts_of_orders(text: str, amounts: list[int]) -> None:
    assert list(order_amounts(FREIGHT, plain(text), find_values(text, NOW))) == amounts


@pytest.mark.parametrize(
    ("text", "told", "kept", "result"),
    [
        pytest.param("再加一单", [80], [120], [120, 80], id="one more"),
        pytest.param("第一单是60", [60], [120, 80], [60, 80], id="the first corrected"),
        pytest.param("第三单是60", [60], [120, 80], [120, 80, 60], id="a new third"),
        pytest.param("运费60", [60], [120, 80], [60], id="alone"),
        pytest.param("那呢", [], [120], [120], id="nothing told"),
    ],
)
def test_amounts_with_those_told_before(
    text: str, told: list[int], kept: list[int], result: list[int]
) -> None:
    amounts = with_kept(text, *(tuple(Decimal(n) for n in part) for part in (told, kept)))

    assert list(amounts) == result
