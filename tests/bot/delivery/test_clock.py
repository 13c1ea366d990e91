"""How long the delivery waits before it tries again."""

import pytest

from bot.delivery.clock import backoff


@pytest.mark.parametrize(
    ("attempt", "seconds"),
    [
        pytest.param(1, 0.5, id="first"),
        pytest.param(2, 1, id="doubled"),
        pytest.param(7, 32, id="still doubled"),
        pytest.param(8, 60, id="the longest"),
        pytest.param(1000, 60, id="never longer"),
    ],
)
def test_pauses_double_up_to_a_minute_and_differ_a_little(attempt: int, seconds: float) -> None:
    pauses = [backoff(attempt).total_seconds() for _ in range(50)]

    assert all(0.75 * seconds <= pause <= 1.25 * seconds for pause in pauses)
    assert len(set(pauses)) > 1
