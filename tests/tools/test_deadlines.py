"""3D showroom: deadlines of the batch credited from 10 to 31 December 2020."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Deadlines
from tests.tools.rules import beijing, floats, rule
from tools.deadlines import deadlines_for

NOW = beijing("2021-04-22T10:00:00")


@pytest.fixture(scope="module")
def showroom(april: Library) -> Deadlines:
    return rule(april, Deadlines, "3d-shooting-deadlines")


@pytest.mark.parametrize(
    ("credited", "applies"),
    [
        pytest.param(date(2020, 12, 9), False, id="a day before the batch"),
        pytest.param(date(2020, 12, 10), True, id="first day of the batch"),
        pytest.param(date(2020, 12, 11), True, id="second day of the batch"),
        pytest.param(date(2020, 12, 30), True, id="last day but one"),
        pytest.param(date(2020, 12, 31), True, id="last day of the batch"),
        pytest.param(date(2021, 1, 1), False, id="a day after the batch"),
        pytest.param(date(2021, 12, 15), False, id="same days, another year"),
        pytest.param(None, None, id="not known"),
    ],
)
def test_only_one_batch(showroom: Deadlines, credited: date | None, applies: bool | None) -> None:
    assert deadlines_for(showroom, credited, now=NOW).applies is applies


@pytest.mark.parametrize(
    ("now", "task", "shooting"),
    [
        pytest.param("2021-05-09T23:59:59", "open", "open", id="eve of the first deadline"),
        pytest.param("2021-05-10T00:00:00", "last_day", "open", id="last day for the task"),
        pytest.param("2021-05-10T23:59:59", "last_day", "open", id="last second for the task"),
        pytest.param("2021-05-11T00:00:00", "over", "open", id="too late for the task"),
        pytest.param("2021-06-29T23:59:59", "over", "open", id="eve of the second deadline"),
        pytest.param("2021-06-30T00:00:00", "over", "last_day", id="last day for shooting"),
        pytest.param("2021-06-30T23:59:59", "over", "last_day", id="last second for shooting"),
        pytest.param("2021-07-01T00:00:00", "over", "over", id="too late for both"),
    ],
)
def test_deadlines_to_the_second(showroom: Deadlines, now: str, task: str, shooting: str) -> None:
    found = deadlines_for(showroom, date(2020, 12, 20), now=beijing(now)).deadlines

    assert {event.id: window.state for event, window in found} == {
        "task": task,
        "shooting": shooting,
    }


@given(st.dates(date(2020, 11, 1), date(2021, 2, 28)))
def test_in_the_batch_or_not(showroom: Deadlines, credited: date) -> None:
    result = deadlines_for(showroom, credited, now=NOW)

    assert result.applies is (credited.year == 2020 and credited.month == 12 and credited.day >= 10)
    assert [event.id for event, _ in result.deadlines] == ["task", "shooting"]
    assert not floats(result)
