"""The limits on sending hold for any traffic, and let through what they may."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import Limiter, Limits
from tests.bot.delivery.doubles import NOW, later

TRAFFIC = st.lists(
    st.tuples(st.integers(0, 3), st.booleans(), st.floats(0, 2)), min_size=1, max_size=120
)


def departures(
    limits: Limits, traffic: Sequence[tuple[int, bool, float]]
) -> list[tuple[str, float]]:
    """(chat, second) of each message when each leaves as soon as it may."""
    limiter, now, left = Limiter(limits), NOW, []
    for chat, group, pause in traffic:
        name = f"{'g' if group else 'p'}{chat}"
        now += timedelta(seconds=pause)
        now = max(now, limiter.free_at(name, group, now))
        limiter.take(name, group, now)
        left.append((name, (now - NOW).total_seconds()))
    return left


def most_within(times: list[float], span: float) -> int:
    """The largest number of times within any span, its end excluded."""
    return max(
        (sum(start <= time < start + span - 1e-6 for time in times) for start in times), default=0
    )


@given(TRAFFIC)
def test_no_limit_is_ever_broken(traffic: list[tuple[int, bool, float]]) -> None:
    left = departures(Limits(total=5, chat=1, group=20), traffic)

    assert most_within([time for _, time in left], 1) <= 5
    for chat in {chat for chat, _ in left}:
        times = [time for name, time in left if name == chat]
        assert most_within(times, 1) <= 1
        if chat.startswith("g"):
            assert most_within(times, 60) <= 20


def test_without_limits_nothing_waits() -> None:
    left = departures(Limits(), [(0, True, 0.0)] * 100)

    assert {time for _, time in left} == {0.0}


@pytest.mark.parametrize(
    ("limits", "last"),
    [
        pytest.param(Limits(group=20), 240, id="100 to a group take four minutes"),
        pytest.param(Limits(chat=1), 99, id="100 to a chat, one a second"),
        pytest.param(Limits(total=30), 3, id="100 in all, thirty a second"),
        pytest.param(Limits(chat=0.5), 198, id="one in two seconds"),
    ],
)
def test_what_waits_leaves_as_soon_as_it_may(limits: Limits, last: float) -> None:
    left = departures(limits, [(0, True, 0.0)] * 100)

    assert left[-1][1] == pytest.approx(last)


def test_a_pause_is_for_its_chat_and_until_its_end() -> None:
    limiter = Limiter(Limits())
    limiter.pause("a", later(7))
    limiter.pause("a", later(5))

    assert limiter.free_at("a", False, NOW) == later(7)
    assert limiter.free_at("b", False, NOW) == NOW
    assert limiter.free_at("a", False, later(7)) == later(7)


def test_what_left_before_a_restart_counts() -> None:
    limiter = Limiter(Limits(group=2))
    limiter.recall([("g", later(-50)), ("g", later(-10))])

    assert limiter.free_at("g", True, NOW) == later(10)


def test_what_travels_unevenly_is_kept_further_apart() -> None:
    limiter = Limiter(Limits(group=1, jitter=timedelta(seconds=0.5)))
    limiter.take("g", True, NOW)

    assert limiter.free_at("g", True, later(60)) == later(60.5)
