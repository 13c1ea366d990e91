"""What is counted of the model, for /metrics. Labels are from fixed lists."""

from collections.abc import Callable
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge

from bot.llm.breaker import Breaker, State


class Counts:
    """The counters of one process; give it the registry that /metrics shows."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry = registry or CollectorRegistry()
        self.calls = Counter(
            "seller_bot_llm_calls", "Calls of the model by outcome", ["outcome"], registry=registry
        )
        self.tokens = Counter(
            "seller_bot_llm_tokens", "Tokens sent and received", ["way"], registry=registry
        )
        self.cache = Counter(
            "seller_bot_llm_cache", "Phrasings looked up: hit, miss", ["found"], registry=registry
        )
        self.refusals = Counter(
            "seller_bot_llm_refusals",
            "Phrasings that the guard refused, by the first reason",
            ["reason"],
            registry=registry,
        )
        self.skipped = Counter(
            "seller_bot_llm_skipped",
            "Replies left as they are: off, open, budget, short",
            ["why"],
            registry=registry,
        )
        self._breaker = Gauge(
            "seller_bot_llm_breaker", "1 for the state of the breaker", ["state"], registry=registry
        )

    def watch(self, breaker: Breaker) -> None:
        """Shows the state of this breaker."""
        for state in get_args(State):
            self._breaker.labels(state).set_function(_shows(breaker, state))


def _shows(breaker: Breaker, state: State) -> Callable[[], float]:
    return lambda: float(breaker.state == state)
