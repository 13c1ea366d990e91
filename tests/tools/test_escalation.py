"""Failed manual checks of a trace: two warnings, then 12 points each."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Escalation
from tests.tools.rules import floats, rule
from tools.escalation import consequence


@pytest.fixture(scope="module")
def penalty(april: Library) -> Escalation:
    return rule(april, Escalation, "tracking-penalty")


@pytest.mark.parametrize(
    ("nth", "stage", "points", "so_far"),
    [
        pytest.param(1, 1, 0, 0, id="first: a warning"),
        pytest.param(2, 1, 0, 0, id="second: the last warning"),
        pytest.param(3, 3, 12, 12, id="third: the first points"),
        pytest.param(4, 3, 12, 24, id="fourth: again"),
        pytest.param(5, 3, 12, 36, id="fifth: three times so far"),
    ],
)
def test_nth_time(penalty: Escalation, nth: int, stage: int, points: int, so_far: int) -> None:
    result = consequence(penalty, nth)

    assert result.stage.first == stage
    assert result.points == Decimal(points)
    assert result.points_so_far == Decimal(so_far)


@pytest.mark.parametrize("nth", [0, -1])
def test_counted_from_one(penalty: Escalation, nth: int) -> None:
    with pytest.raises(ValueError, match="from 1"):
        consequence(penalty, nth)


@given(st.integers(1, 200))
def test_it_never_gets_milder(penalty: Escalation, nth: int) -> None:
    now, then = consequence(penalty, nth), consequence(penalty, nth + 1)

    assert then.points >= now.points
    assert then.points_so_far == now.points_so_far + then.points
    assert not floats(now)
