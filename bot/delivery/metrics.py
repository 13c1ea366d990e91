"""What is counted, for /metrics. Labels are bounded: never a person, a chat or a text."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.delivery.store import Backlog

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.messages = Counter(
            "seller_bot_messages",
            "Events accepted, by kind and by whether they were new",
            ["channel", "kind", "accepted"],
            registry=registry,
        )
        self.answers = Counter(
            "seller_bot_answers",
            "Answers by kind and topic",
            ["channel", "kind", "topic"],
            registry=registry,
        )
        self.work = Histogram(
            "seller_bot_work_seconds",
            "From a claimed event to its outcome on disk",
            ["channel"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.latency = Histogram(
            "seller_bot_answer_seconds",
            "From an accepted event to its answer sent",
            ["channel"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.sends = Counter(
            "seller_bot_sends",
            "Calls to the platform by outcome: sent, retry, limited, refused, gone, moved",
            ["channel", "outcome"],
            registry=registry,
        )
        self.retries = Counter(
            "seller_bot_work_retries",
            "Events that could not be worked on at the first try",
            ["channel"],
            registry=registry,
        )
        self._waiting = Gauge(
            "seller_bot_waiting", "Messages that wait, by box", ["box"], registry=registry
        )
        self._oldest = Gauge(
            "seller_bot_oldest_waiting_seconds", "Age of the oldest event", registry=registry
        )

    def text(self, backlog: Backlog, now: datetime) -> bytes:
        """All of it in the text format of Prometheus."""
        self._waiting.labels("inbox").set(backlog.inbox)
        self._waiting.labels("outbox").set(backlog.outbox)
        self._waiting.labels("dead").set(backlog.dead)
        age = (now - backlog.oldest).total_seconds() if backlog.oldest else 0
        self._oldest.set(max(0.0, age))
        return generate_latest(self.registry)
