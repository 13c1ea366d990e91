"""Sign-up for RTS small orders: address by month; near the rough bounds nobody can tell."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Calendar, Enrolment
from tests.tools.rules import BEIJING, beijing, floats, rule
from tools.enrolment import EnrolmentResult, enrolment

MAY_LINK = "https://marketing.alibaba.com/enroll/checkSeller.htm?&topicId=28964"


@pytest.fixture(scope="module")
def sign_up(april: Library) -> Enrolment:
    return rule(april, Enrolment, "rts-enrolment")


@pytest.fixture(scope="module")
def campaigns(april: Library) -> Calendar:
    return rule(april, Calendar, "rts-campaigns")


def at(sign_up: Enrolment, campaigns: Calendar, month: int, now: str) -> EnrolmentResult:
    return enrolment(sign_up, campaigns, month, year=2021, now=beijing(now))


@pytest.mark.parametrize(
    ("month", "now", "is_open"),
    [
        pytest.param(5, "2021-04-10T12:00:00", False, id="May: long before"),
        pytest.param(5, "2021-04-25T00:00:00", None, id="May: end of April, about to open"),
        pytest.param(5, "2021-04-27T12:00:00", None, id="May: the last days of April"),
        pytest.param(5, "2021-05-05T12:00:00", True, id="May: surely open"),
        pytest.param(5, "2021-05-15T12:00:00", None, id="May: about to close"),
        pytest.param(5, "2021-05-16T00:00:00", None, id="May: just after the rough bound"),
        pytest.param(5, "2021-05-23T23:59:59", False, id="May: eve of the campaign"),
        pytest.param(5, "2021-05-24T00:00:00", False, id="May: campaign begins"),
        pytest.param(5, "2021-05-31T23:59:59", False, id="May: campaign ends"),
        pytest.param(5, "2021-06-01T00:00:00", False, id="May: over"),
        pytest.param(6, "2021-04-22T10:00:00", False, id="June: two months before"),
        pytest.param(6, "2021-06-05T12:00:00", True, id="June: surely open"),
        pytest.param(6, "2021-06-18T12:00:00", None, id="June: days before the campaign"),
        pytest.param(6, "2021-06-21T00:00:00", False, id="June: printed dates win over the rhythm"),
        pytest.param(4, "2021-04-18T23:59:59", None, id="April: eve of the campaign"),
        pytest.param(4, "2021-04-19T00:00:00", False, id="April: campaign runs"),
        pytest.param(4, "2021-04-26T00:00:00", False, id="April: over"),
        pytest.param(8, "2021-08-05T12:00:00", True, id="August: surely open"),
        pytest.param(9, "2021-09-01T12:00:00", None, id="September: no dates printed"),
    ],
)
def test_open_or_not_or_nobody_can_tell(
    sign_up: Enrolment, campaigns: Calendar, month: int, now: str, is_open: bool | None
) -> None:
    assert at(sign_up, campaigns, month, now).open is is_open


def test_rough_bounds_are_unsure_to_the_second(sign_up: Enrolment, campaigns: Calendar) -> None:
    phase = next(phase for phase in campaigns.phases if phase.id == sign_up.phase)
    first = datetime(2021, 5, 1, tzinfo=BEIJING) + timedelta(days=phase.first_day - 1)
    last = datetime(2021, 5, 1, tzinfo=BEIJING) + timedelta(days=phase.last_day, seconds=-1)
    unsure, second = timedelta(days=phase.unsure_days), timedelta(seconds=1)

    def is_open(now: datetime) -> bool | None:
        return enrolment(sign_up, campaigns, 5, year=2021, now=now).open

    assert [is_open(first - unsure + n * second) for n in (-1, 0, 1)] == [False, None, None]
    assert [is_open(first + unsure + n * second) for n in (-1, 0, 1)] == [None, None, True]
    assert [is_open(last - unsure + n * second) for n in (-1, 0, 1)] == [True, None, None]
    assert [is_open(last + unsure + n * second) for n in (-1, 0, 1)] == [None, None, False]


@pytest.mark.parametrize(
    ("month", "url", "path"),
    [
        pytest.param(4, None, None, id="April: none printed"),
        pytest.param(5, MAY_LINK, None, id="May: the printed address"),
        pytest.param(6, None, "后台", id="June: in the backend"),
        pytest.param(7, None, "后台", id="July: in the backend"),
        pytest.param(8, None, "后台", id="August: in the backend"),
        pytest.param(9, None, None, id="September: none printed"),
    ],
)
def test_where_to_sign_up(
    sign_up: Enrolment, campaigns: Calendar, month: int, url: str | None, path: str | None
) -> None:
    link = at(sign_up, campaigns, month, "2021-04-22T10:00:00").link

    assert (link.url if link else None, link.path if link else None) == (url, path)


def test_a_month_without_a_campaign(sign_up: Enrolment, campaigns: Calendar) -> None:
    result = at(sign_up, campaigns, 11, "2021-04-22T10:00:00")

    assert (result.event, result.window, result.link, result.open) == (None, None, None, None)


def test_what_to_prepare_is_told(sign_up: Enrolment) -> None:
    assert sign_up.prepare


@given(st.integers(4, 8), st.datetimes(datetime(2021, 3, 1), datetime(2021, 10, 1)))
def test_never_surely_open_while_or_after_the_campaign(
    sign_up: Enrolment, campaigns: Calendar, month: int, naive: datetime
) -> None:
    now = naive.replace(tzinfo=BEIJING)

    result = enrolment(sign_up, campaigns, month, year=2021, now=now)

    assert result.window is not None
    if result.window.state != "not_yet":
        assert result.open is False
    if result.open:
        assert date(2021, month, 1) - timedelta(days=7) < now.date() < date(2021, month, 16)
    assert not floats(result)
