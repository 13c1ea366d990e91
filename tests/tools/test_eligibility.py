"""Merchant, product and newcomer conditions of April 2021 at every bound."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Eligibility
from tests.tools.rules import floats, rule
from tools.eligibility import Check, Given, judge

TWELVE = (
    "apparel beauty consumer-electronics timepieces-jewelry-eyewear home-garden "
    "sports-entertainment gifts-crafts packaging-printing luggage-bags fashion-accessories "
    "shoes-accessories lights-lighting"
).split()


@pytest.fixture(scope="module")
def merchant(april: Library) -> Eligibility:
    return rule(april, Eligibility, "rts-merchant")


@pytest.fixture(scope="module")
def product(april: Library) -> Eligibility:
    return rule(april, Eligibility, "rts-product")


@pytest.fixture(scope="module")
def newcomer(april: Library) -> Eligibility:
    return rule(april, Eligibility, "express-eligibility")


def check(rule: Eligibility, given: dict[str, Given], field: str) -> Check:
    return next(check for check in judge(rule, given).checks if check.field == field)


FIT_PRODUCT: dict[str, Given] = {
    "is-rts": True,
    "online-customization": True,
    "min-moq": Decimal(50),
    "lead-time": Decimal(7),
}
FIT_NEWCOMER: dict[str, Given] = {
    "member": "chukoutong",
    "mainland": True,
    "active": True,
    "used": False,
}


@pytest.mark.parametrize(
    ("share", "eligible", "distance"),
    [
        pytest.param("0.30", True, None, id="exactly 30 %"),
        pytest.param("0.299", False, "0.001", id="one step below"),
        pytest.param("0.301", True, None, id="one step above"),
        pytest.param("0", False, "0.30", id="no RTS product"),
        pytest.param("1", True, None, id="nothing but RTS products"),
    ],
)
def test_share_of_rts_products(
    merchant: Eligibility, share: str, eligible: bool, distance: str | None
) -> None:
    values: dict[str, Given] = {"rts-share": Decimal(share), "main-industry": "apparel"}

    found = check(merchant, values, "rts-share")

    assert judge(merchant, values).eligible is eligible
    assert found.required == Decimal("0.3")
    assert found.distance == (None if distance is None else Decimal(distance))


@pytest.mark.parametrize("industry", TWELVE)
def test_each_of_the_twelve_industries_is_admitted(merchant: Eligibility, industry: str) -> None:
    assert judge(merchant, {"rts-share": Decimal("0.3"), "main-industry": industry}).eligible


def test_no_industry_beside_the_twelve_is_admitted(merchant: Eligibility) -> None:
    choices = {choice.id for choice in merchant.field("main-industry").choices}
    admitted = {
        choice
        for choice in choices
        if judge(merchant, {"rts-share": Decimal(1), "main-industry": choice}).eligible
    }

    assert admitted == set(TWELVE)
    assert choices - admitted, "there are other industries to choose from"


@pytest.mark.parametrize(
    ("field", "value", "eligible", "distance"),
    [
        pytest.param("min-moq", "50", True, None, id="MOQ exactly 50"),
        pytest.param("min-moq", "51", False, "1", id="MOQ one above"),
        pytest.param("min-moq", "49", True, None, id="MOQ one below"),
        pytest.param("min-moq", "20", True, None, id="MOQ as buyers like it"),
        pytest.param("min-moq", "200", False, "150", id="MOQ far above"),
        pytest.param("lead-time", "7", True, None, id="exactly seven days"),
        pytest.param("lead-time", "8", False, "1", id="one day above"),
        pytest.param("lead-time", "6", True, None, id="one day below"),
    ],
)
def test_product_thresholds(
    product: Eligibility, field: str, value: str, eligible: bool, distance: str | None
) -> None:
    values = {**FIT_PRODUCT, field: Decimal(value)}

    found = check(product, values, field)

    assert judge(product, values).eligible is eligible
    assert found.at_most
    assert found.distance == (None if distance is None else Decimal(distance))


@pytest.mark.parametrize("field", ["is-rts", "online-customization"])
def test_product_flags_must_be_true(product: Eligibility, field: str) -> None:
    assert judge(product, FIT_PRODUCT).eligible is True
    assert judge(product, {**FIT_PRODUCT, field: False}).eligible is False


@pytest.mark.parametrize(
    ("changed", "eligible"),
    [
        pytest.param({}, True, id="出口通 in service, new to express"),
        pytest.param({"member": "quanqiubao"}, True, id="全球宝"),
        pytest.param({"member": "jinpin"}, True, id="金品诚企"),
        pytest.param({"member": "other"}, False, id="another membership"),
        pytest.param({"mainland": False}, False, id="outside mainland China"),
        pytest.param({"active": False}, False, id="service expired"),
        pytest.param({"used": True}, False, id="had used the express before"),
    ],
)
def test_newcomer(newcomer: Eligibility, changed: dict[str, Given], eligible: bool) -> None:
    assert judge(newcomer, {**FIT_NEWCOMER, **changed}).eligible is eligible


@pytest.mark.parametrize("fixture", ["merchant", "product", "newcomer"])
def test_every_condition_can_stay_unknown(request: pytest.FixtureRequest, fixture: str) -> None:
    conditions: Eligibility = request.getfixturevalue(fixture)

    judgement = judge(conditions, {})

    assert judgement.eligible is None
    assert judgement.of("unknown") == judgement.checks
    assert [c.field for c in judgement.checks] == [c.field for c in conditions.conditions]


@pytest.mark.parametrize("missing", list(FIT_PRODUCT))
def test_one_unknown_leaves_it_open(product: Eligibility, missing: str) -> None:
    values = {name: value for name, value in FIT_PRODUCT.items() if name != missing}

    judgement = judge(product, values)

    assert judgement.eligible is None
    assert [check.field for check in judgement.of("unknown")] == [missing]
    assert len(judgement.of("met")) == len(FIT_PRODUCT) - 1


def test_one_failure_decides_whatever_is_unknown(product: Eligibility) -> None:
    judgement = judge(product, {"min-moq": Decimal(51)})

    assert judgement.eligible is False
    assert [check.field for check in judgement.of("failed")] == ["min-moq"]


def test_on_time_shipping_is_a_proviso_and_never_asked_for(merchant: Eligibility) -> None:
    assert merchant.provisos
    assert {condition.field for condition in merchant.conditions} == {"rts-share", "main-industry"}


def test_a_threshold_refuses_what_is_no_decimal(product: Eligibility) -> None:
    with pytest.raises(TypeError, match="min-moq"):
        judge(product, {"min-moq": True})


@given(st.decimals(0, 1, places=4), st.decimals(0, 1, places=4))
def test_a_larger_share_never_hurts(merchant: Eligibility, share: Decimal, other: Decimal) -> None:
    low, high = sorted((share, other))
    verdicts = [
        judge(merchant, {"rts-share": value, "main-industry": "apparel"}).eligible
        for value in (low, high)
    ]

    assert verdicts != [True, False]


@given(st.integers(1, 200), st.integers(1, 60), st.integers(0, 100), st.integers(0, 30))
def test_a_larger_moq_or_lead_time_never_helps(
    product: Eligibility, moq: int, days: int, more: int, longer: int
) -> None:
    values = {**FIT_PRODUCT, "min-moq": Decimal(moq), "lead-time": Decimal(days)}
    raised = {**values, "min-moq": Decimal(moq + more), "lead-time": Decimal(days + longer)}

    judgement = judge(product, raised)

    assert judge(product, values).eligible or not judgement.eligible
    assert not floats(judgement)
    for found in judgement.of("failed"):
        assert isinstance(found.given, Decimal)
        assert found.distance is not None
        assert judge(product, {**raised, found.field: found.given - found.distance}).of(
            "failed"
        ) == tuple(other for other in judgement.of("failed") if other.field != found.field)
