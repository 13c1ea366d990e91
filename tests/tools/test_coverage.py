"""Duty look-up: the USA since 16 April 2021, others expected at the end of April."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Coverage, Destination
from tests.tools.rules import floats, rule
from tools.coverage import covers


@pytest.fixture(scope="module")
def lookup(april: Library) -> Coverage:
    return rule(april, Coverage, "tariff-coverage")


@pytest.fixture(scope="module")
def usa(lookup: Coverage) -> Destination:
    return next(place for place in lookup.destinations if place.title.en == "USA")


@pytest.mark.parametrize(
    ("on", "covered"),
    [
        pytest.param(date(2021, 4, 15), False, id="eve of the launch"),
        pytest.param(date(2021, 4, 16), True, id="day of the launch"),
        pytest.param(date(2021, 4, 17), True, id="day after the launch"),
        pytest.param(date(2026, 1, 1), True, id="years later"),
    ],
)
def test_usa(lookup: Coverage, usa: Destination, on: date, covered: bool) -> None:
    result = covers(lookup, usa, on=on)

    assert (result.covered, result.since) == (covered, date(2021, 4, 16))


@pytest.mark.parametrize(
    ("on", "covered"),
    [
        pytest.param(date(2021, 4, 16), False, id="launch: the USA only"),
        pytest.param(date(2021, 4, 29), False, id="eve of the expected day"),
        pytest.param(date(2021, 4, 30), None, id="expected day: nobody can tell"),
        pytest.param(date(2021, 5, 1), None, id="after it: nobody can tell"),
    ],
)
def test_other_countries(lookup: Coverage, on: date, covered: bool | None) -> None:
    result = covers(lookup, None, on=on)

    assert result.covered is covered
    assert result.destination is None


def test_announced_without_a_date_is_not_covered(lookup: Coverage) -> None:
    someday = lookup.other.model_copy(update={"start": None, "certainty": "announced"})

    assert covers(lookup, someday, on=date(2030, 1, 1)).covered is False


@given(st.dates(date(2021, 1, 1), date(2024, 1, 1)), st.integers(0, 400))
def test_coverage_is_never_withdrawn(
    lookup: Coverage, usa: Destination, on: date, days: int
) -> None:
    order = [False, None, True]
    for place in (usa, None):
        now = covers(lookup, place, on=on)
        then = covers(lookup, place, on=on + timedelta(days=days))

        assert order.index(now.covered) <= order.index(then.covered)
        assert not floats(now)
