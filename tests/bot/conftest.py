"""For all tests of the bot."""

import pytest

from bot.delivery import clock


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between tries are short; how long they are has its own test."""
    monkeypatch.setattr(clock, "_FIRST", 0.02)
    monkeypatch.setattr(clock, "_LONGEST", 0.1)
