"""The breaker opens, waits, tries once, and waits longer."""

from bot.llm.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(clock, failures=2, pause=10, longest=25)
    breaker.failed()
    breaker.failed()
    return breaker


def test_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker(Clock(), failures=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()

    assert breaker.allows()
    breaker.failed()
    assert breaker.state == "open"
    assert not breaker.allows()


def test_one_call_tries_after_the_pause() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 10

    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.succeeded()
    assert breaker.state == "closed"


def test_each_failed_try_waits_longer_up_to_a_limit() -> None:
    clock = Clock()
    breaker = opened(clock)
    waits = []
    for _ in range(3):
        began = clock.now
        while not breaker.allows():
            clock.now += 1
        waits.append(clock.now - began)
        breaker.failed()

    assert waits == [10, 20, 25]
