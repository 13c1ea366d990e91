"""Exemption of late orders over May Day 2021 with its make-up days, and the on-time rate.

Official calendar: holiday 1 to 5 May, working Sunday 25 April and working Saturday 8 May.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Exemption
from tests.tools.rules import floats, rule
from tools.shipping import (
    CalendarNotPublishedError,
    exemption,
    is_working_day,
    on_time_rate,
    shift_working_days,
)

covered_days = st.dates(date(2021, 1, 15), date(2021, 12, 15))


@pytest.fixture(scope="module")
def on_time(april: Library) -> Exemption:
    return rule(april, Exemption, "on-time-exemption")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2021, 4, 24), False, id="plain Saturday"),
        pytest.param(date(2021, 4, 25), True, id="make-up Sunday"),
        pytest.param(date(2021, 4, 30), True, id="Friday before May Day"),
        pytest.param(date(2021, 5, 1), False, id="first day of the holiday"),
        pytest.param(date(2021, 5, 3), False, id="Monday in the holiday"),
        pytest.param(date(2021, 5, 5), False, id="last day of the holiday"),
        pytest.param(date(2021, 5, 6), True, id="first day after it"),
        pytest.param(date(2021, 5, 8), True, id="make-up Saturday"),
        pytest.param(date(2021, 5, 9), False, id="plain Sunday"),
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        pytest.param(date(2021, 5, 6), -1, date(2021, 4, 30), id="back over the holiday"),
        pytest.param(date(2021, 4, 30), 1, date(2021, 5, 6), id="on over the holiday"),
        pytest.param(date(2021, 5, 3), -1, date(2021, 4, 30), id="back from inside"),
        pytest.param(date(2021, 5, 3), 1, date(2021, 5, 6), id="on from inside"),
        pytest.param(date(2021, 4, 26), -1, date(2021, 4, 25), id="Monday back to make-up Sunday"),
        pytest.param(date(2021, 4, 25), -1, date(2021, 4, 23), id="make-up Sunday back to Friday"),
        pytest.param(date(2021, 5, 7), 1, date(2021, 5, 8), id="Friday on to make-up Saturday"),
        pytest.param(date(2021, 5, 8), 1, date(2021, 5, 10), id="make-up Saturday on to Monday"),
        pytest.param(date(2021, 5, 3), 0, date(2021, 5, 3), id="no step"),
        pytest.param(date(2021, 4, 30), 3, date(2021, 5, 8), id="three on"),
    ],
)
def test_shift_by_working_days(day: date, count: int, expected: date) -> None:
    assert shift_working_days(day, count) == expected


@pytest.mark.parametrize(
    ("way", "agreed", "last_day"),
    [
        pytest.param("door", date(2021, 4, 22), date(2021, 4, 21), id="door: the day before"),
        pytest.param("door", date(2021, 5, 6), date(2021, 4, 30), id="door: before the holiday"),
        pytest.param("door", date(2021, 4, 26), date(2021, 4, 25), id="door: on make-up Sunday"),
        pytest.param("door", date(2021, 5, 10), date(2021, 5, 8), id="door: on make-up Saturday"),
        pytest.param("door", date(2021, 5, 8), date(2021, 5, 7), id="door: T is make-up Saturday"),
        pytest.param("door", date(2021, 4, 19), date(2021, 4, 16), id="door: over a weekend"),
        pytest.param("warehouse", date(2021, 4, 22), date(2021, 4, 23), id="warehouse: day after"),
        pytest.param("warehouse", date(2021, 4, 30), date(2021, 5, 6), id="warehouse: the holiday"),
        pytest.param("warehouse", date(2021, 5, 7), date(2021, 5, 8), id="warehouse: make-up day"),
        pytest.param("warehouse", date(2021, 4, 23), date(2021, 4, 25), id="warehouse: Sunday"),
        pytest.param("warehouse", date(2021, 5, 2), date(2021, 5, 6), id="warehouse: T in holiday"),
    ],
)
def test_last_day_and_its_neighbours(
    on_time: Exemption, way: str, agreed: date, last_day: date
) -> None:
    day = timedelta(days=1)

    def exempt(happened: date | None) -> bool | None:
        return exemption(on_time, way, agreed=agreed, happened=happened).exempt

    assert exemption(on_time, way, agreed=agreed, happened=None).last_day == last_day
    assert exempt(last_day - day) is True
    assert exempt(last_day) is True
    assert exempt(last_day + day) is False
    assert exempt(None) is None


def test_own_logistics_has_no_exemption(on_time: Exemption) -> None:
    result = exemption(on_time, "own", agreed=date(2021, 5, 6), happened=date(2021, 1, 1))

    assert (result.exempt, result.last_day) == (False, None)


def test_own_logistics_needs_no_calendar(on_time: Exemption) -> None:
    assert exemption(on_time, "own", agreed=date(2999, 1, 1), happened=None).exempt is False


def test_an_unknown_way(on_time: Exemption) -> None:
    with pytest.raises(KeyError):
        exemption(on_time, "drone", agreed=date(2021, 5, 6), happened=None)


@pytest.mark.parametrize(
    "year", [pytest.param(2003, id="before the calendar"), pytest.param(2999, id="far ahead")]
)
@pytest.mark.parametrize("way", ["door", "warehouse"])
def test_a_year_without_a_published_calendar(on_time: Exemption, way: str, year: int) -> None:
    with pytest.raises(CalendarNotPublishedError) as raised:
        exemption(on_time, way, agreed=date(year, 6, 15), happened=None)

    assert raised.value.year == year


def test_new_year_needs_the_calendar_of_the_next_year() -> None:
    assert shift_working_days(date(2020, 12, 31), 1) == date(2021, 1, 4)
    with pytest.raises(CalendarNotPublishedError, match="2003"):
        shift_working_days(date(2004, 1, 1), -1)


@pytest.mark.parametrize(
    ("total", "late", "exempt", "rate", "without"),
    [
        pytest.param(100, 10, 0, "0.9", "0.9", id="no exemption"),
        pytest.param(100, 10, 1, "0.91", "0.9", id="one exempt"),
        pytest.param(100, 10, 9, "0.99", "0.9", id="all but one exempt"),
        pytest.param(100, 10, 10, "1", "0.9", id="all late ones exempt"),
        pytest.param(100, 0, 0, "1", "1", id="nothing late"),
        pytest.param(100, 100, 0, "0", "0", id="everything late"),
        pytest.param(1, 1, 1, "1", "0", id="one order"),
    ],
)
def test_exempt_orders_count_in_numerator_and_denominator(
    total: int, late: int, exempt: int, rate: str, without: str
) -> None:
    result = on_time_rate(total, late, exempt)

    assert (result.rate, result.without_exemption) == (Decimal(rate), Decimal(without))
    assert result.on_time == total - late + exempt


@pytest.mark.parametrize(
    ("total", "late", "exempt"),
    [
        pytest.param(0, 0, 0, id="no orders"),
        pytest.param(10, 11, 0, id="more late than all"),
        pytest.param(10, 3, 4, id="more exempt than late"),
        pytest.param(10, 3, -1, id="negative"),
    ],
)
def test_counts_that_contradict_each_other(total: int, late: int, exempt: int) -> None:
    with pytest.raises(ValueError, match="exempt"):
        on_time_rate(total, late, exempt)


@given(covered_days, st.integers(-5, 5))
def test_a_shift_ends_on_a_working_day_and_counts_them(day: date, count: int) -> None:
    end = shift_working_days(day, count)
    first, last = sorted((day, end))
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    passed = [one for one in between if one != day and is_working_day(one)]

    assert len(passed) == abs(count)
    assert count == 0 or is_working_day(end)


@given(covered_days, st.timedeltas(timedelta(-20), timedelta(20)), st.integers(0, 10))
def test_acting_earlier_never_hurts(
    on_time: Exemption, agreed: date, distance: timedelta, earlier: int
) -> None:
    happened = agreed + distance
    for way in ("door", "warehouse"):
        late = exemption(on_time, way, agreed=agreed, happened=happened)
        early = exemption(on_time, way, agreed=agreed, happened=happened - timedelta(days=earlier))

        assert early.exempt or not late.exempt
        assert not floats(late)


@given(st.integers(1, 1000), st.data())
def test_an_exemption_never_lowers_the_rate(total: int, data: st.DataObject) -> None:
    late = data.draw(st.integers(0, total))
    exempt = data.draw(st.integers(0, late))

    result = on_time_rate(total, late, exempt)

    assert 0 <= result.without_exemption <= result.rate <= 1
    assert not floats(result)
