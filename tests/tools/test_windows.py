"""Windows to the second in the zone of their rule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Calendar, Event, RankReward, WeightedScore
from tests.tools.rules import beijing, floats, rule
from tools.windows import event_window, next_event, window

PACIFIC = ZoneInfo("America/Los_Angeles")


@pytest.fixture(scope="module")
def campaigns(april: Library) -> Calendar:
    return rule(april, Calendar, "rts-campaigns")


@pytest.fixture(scope="module")
def star(april: Library) -> Calendar:
    return rule(april, Calendar, "recommend-star-dates")


def event(calendar: Calendar, event_id: str) -> Event:
    return next(event for event in calendar.events if event.id == event_id)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        pytest.param("apr", date(2021, 4, 19), date(2021, 4, 25), id="April"),
        pytest.param("may", date(2021, 5, 24), date(2021, 5, 31), id="May"),
        pytest.param("jun", date(2021, 6, 21), date(2021, 6, 27), id="June"),
        pytest.param("jul", date(2021, 7, 26), date(2021, 8, 1), id="July runs into August"),
        pytest.param("aug", date(2021, 8, 23), date(2021, 8, 29), id="August"),
    ],
)
def test_campaigns_to_the_second(campaigns: Calendar, name: str, first: date, last: date) -> None:
    opens = beijing(first.isoformat())
    closes = beijing(last.isoformat()) + timedelta(days=1) - timedelta(seconds=1)
    second = timedelta(seconds=1)
    states = {
        opens - second: "not_yet",
        opens: "open",
        opens + second: "open",
        beijing(last.isoformat()) - second: "open",
        beijing(last.isoformat()): "last_day",
        closes - second: "last_day",
        closes: "last_day",
        closes + second: "over",
    }

    for now, state in states.items():
        assert event_window(event(campaigns, name), campaigns, now=now).state == state, now


@pytest.mark.parametrize(
    ("now", "state"),
    [
        pytest.param(
            datetime(2021, 4, 30, 23, 59, 59, tzinfo=PACIFIC), "not_yet", id="April there"
        ),
        pytest.param(datetime(2021, 5, 1, tzinfo=PACIFIC), "open", id="first second there"),
        pytest.param(datetime(2021, 5, 30, 23, 59, 59, tzinfo=PACIFIC), "open", id="eve there"),
        pytest.param(datetime(2021, 5, 31, tzinfo=PACIFIC), "last_day", id="last day there"),
        pytest.param(
            datetime(2021, 5, 31, 23, 59, 59, tzinfo=PACIFIC), "last_day", id="last second"
        ),
        pytest.param(datetime(2021, 6, 1, tzinfo=PACIFIC), "over", id="June there"),
        pytest.param(beijing("2021-05-01T00:00:00"), "not_yet", id="May has begun in Beijing only"),
        pytest.param(beijing("2021-05-01T14:59:59"), "not_yet", id="a second before, Beijing time"),
        pytest.param(beijing("2021-05-01T15:00:00"), "open", id="it begins, Beijing time"),
        pytest.param(
            beijing("2021-05-31T14:59:59"), "open", id="eve of the last day, Beijing time"
        ),
        pytest.param(beijing("2021-05-31T15:00:00"), "last_day", id="last day, Beijing time"),
        pytest.param(beijing("2021-06-01T14:59:59"), "last_day", id="last second, Beijing time"),
        pytest.param(beijing("2021-06-01T15:00:00"), "over", id="over, Beijing time"),
        pytest.param(datetime(2021, 5, 1, 7, tzinfo=UTC), "open", id="it begins, UTC"),
    ],
)
@pytest.mark.parametrize("name", ["star-activity", "star-sign-up"])
def test_star_month_runs_in_us_time(star: Calendar, name: str, now: datetime, state: str) -> None:
    found = event_window(event(star, name), star, now=now)

    assert found.state == state
    assert found.certainty == "expected"
    assert star.zone_assumed
    assert found.opens is not None
    assert found.opens.tzinfo == PACIFIC


@pytest.mark.parametrize(
    ("kind", "item_id"),
    [(WeightedScore, "recommend-star-score"), (RankReward, "recommend-star-reward")],
    ids=["score", "reward"],
)
def test_star_rules_hold_in_the_same_time(
    april: Library, kind: type[WeightedScore | RankReward], item_id: str
) -> None:
    item = rule(april, kind, item_id)

    assert window(item, now=beijing("2021-05-01T14:59:59")).state == "not_yet"
    assert window(item, now=beijing("2021-05-01T15:00:00")).state == "open"
    assert window(item, now=beijing("2021-06-01T14:59:59")).state == "last_day"
    assert window(item, now=beijing("2021-06-01T15:00:00")).state == "over"


def test_time_left_counts_to_the_next_change(campaigns: Calendar) -> None:
    may = event(campaigns, "may")

    before = event_window(may, campaigns, now=beijing("2021-05-23T23:00:00"))
    within = event_window(may, campaigns, now=beijing("2021-05-31T23:59:00"))
    after = event_window(may, campaigns, now=beijing("2021-06-01T00:00:00"))

    assert before.left == timedelta(hours=1)
    assert within.left == timedelta(seconds=59)
    assert after.left is None


def test_a_promotion_without_dates_is_undated(campaigns: Calendar) -> None:
    found = event_window(event(campaigns, "sep"), campaigns, now=beijing("2021-09-15T00:00:00"))

    assert (found.state, found.certainty, found.left) == ("undated", "announced", None)


@pytest.mark.parametrize(
    ("now", "name"),
    [
        pytest.param("2021-04-01T00:00:00", "apr", id="before the first"),
        pytest.param("2021-04-25T23:59:59", "apr", id="last second of the first"),
        pytest.param("2021-04-26T00:00:00", "may", id="between two"),
        pytest.param("2021-05-24T00:00:00", "may", id="first second of the second"),
        pytest.param("2021-08-01T23:59:59", "jul", id="July still runs in August"),
        pytest.param("2021-08-02T00:00:00", "aug", id="then August is next"),
        pytest.param("2021-08-29T23:59:59", "aug", id="last second of all"),
        pytest.param("2021-08-30T00:00:00", None, id="none is dated after that"),
    ],
)
def test_next_event(campaigns: Calendar, now: str, name: str | None) -> None:
    found = next_event(campaigns, now=beijing(now))

    assert (found.id if found else None) == name


def test_a_beginning_without_an_end_stays_open(campaigns: Calendar) -> None:
    begun = Event.model_validate({**campaigns.events[0].model_dump(by_alias=True), "until": None})

    assert event_window(begun, campaigns, now=beijing("2021-04-18T23:59:59")).state == "not_yet"
    assert event_window(begun, campaigns, now=beijing("2031-01-01T00:00:00")).state == "open"


@given(
    st.datetimes(datetime(2021, 1, 1), datetime(2022, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=400)),
)
def test_a_window_never_reopens(
    campaigns: Calendar, star: Calendar, naive: datetime, later: timedelta
) -> None:
    order = ["not_yet", "open", "last_day", "over"]
    now = naive.replace(tzinfo=UTC)

    for calendar in (campaigns, star):
        for dated in calendar.events:
            if dated.start is None:
                continue
            first = event_window(dated, calendar, now=now)
            second = event_window(dated, calendar, now=now + later)
            assert order.index(first.state) <= order.index(second.state)
            assert (first.left is None) == (first.state == "over")
            assert first.left is None or first.left >= timedelta(seconds=-1)
            assert not floats(first)
