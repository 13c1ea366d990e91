"""Replies of the real conversation, a fake provider, and a phraser between them."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import load_conversation
from bot.llm.breaker import Breaker
from bot.llm.client import LangchainProvider
from bot.llm.counts import Counts
from bot.llm.names import known_names
from bot.llm.phrasing import Limits, Phraser
from bot.llm.settings import LlmSettings
from bot.llm.store import LlmStore
from bot.settings import Settings
from handlers.conversation import Conversation, Message
from handlers.reply import Reply
from tests.fake_llm import FakeLlm

NOW = datetime(2021, 4, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
QUESTIONS = {
    "zh": "定制赛道 近90天RFQ关联在线交易31,200美金 免费报价用了100% 能加几分",
    "en": "trade assurance fee with platform logistics for 12000 USD",
    "zh-Hant": "定製賽道 近90天RFQ在線交易31,200美金 免費報價權益用了100% 加幾分",
}


@pytest.fixture(scope="session")
def conversation() -> Conversation:
    return load_conversation(Settings())


@pytest.fixture(scope="session")
def replies(conversation: Conversation) -> dict[str, Reply]:
    return {
        language: conversation.reply(Message(question), {}, NOW)[0]
        for language, question in QUESTIONS.items()
    }


@pytest.fixture
def fake() -> Iterator[FakeLlm]:
    with FakeLlm("well", seconds=5) as server:
        yield server


def settings_for(url: str, **more: object) -> LlmSettings:
    given: dict[str, Any] = {
        "llm_model": "openai:fake",
        "llm_base_url": url,
        "llm_timeout": 3.0,
        **more,
    }
    return LlmSettings(_env_file=None, **given)


@pytest.fixture
def phraser_for(conversation: Conversation, tmp_path: Path) -> Callable[..., Phraser]:
    """A phraser at an address; what it keeps stands in the test's own folder."""

    def make(url: str, timeout: float = 3.0, daily: int = 0, mark: str = "") -> Phraser:
        return Phraser(
            LangchainProvider(settings_for(url, llm_timeout=timeout)),
            known_names(conversation.library),
            LlmStore(tmp_path),
            Breaker(time.monotonic),
            Limits("openai:fake", daily, mark, lambda: date(2021, 4, 22)),
            Counts(),
        )

    return make
