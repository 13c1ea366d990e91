"""Phrasing against a provider on loopback, by the real langchain client."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.llm.client import make_model
from bot.llm.phrasing import Phraser
from bot.llm.store import LlmStore, switch
from handlers.reply import Reply
from tests.bot.llm.conftest import settings_for
from tests.fake_llm import FAILING, HOSTILE, FakeLlm

Make = Callable[..., Phraser]


def warm_up(url: str) -> None:
    """Imports langchain: that is no part of a call's deadline."""
    make_model(settings_for(url))


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
def test_a_good_model_rewords_and_changes_no_fact(
    language: str, replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make
) -> None:
    reply = replies[language]

    phrased = phraser_for(fake.url).phrase(reply)

    assert phrased.phrased_by == "llm"
    assert phrased.text != reply.text
    assert phrased.text.split("\n")[0] == reply.text.split("\n")[0], "the verdict line is ours"
    assert phrased.text.split("\n")[-1] == reply.text.split("\n")[-1], "so is the source line"


def test_the_model_sees_tokens_and_no_figure(
    replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make
) -> None:
    phraser_for(fake.url).phrase(replies["zh"])

    seen = str(fake.requests[0]["messages"][-1]["content"]).partition("Text:\n")[2]
    assert "[[F" in seen
    assert not any(figure in seen for figure in ("31,200", "3,800", "90", "100%", "RMB", "USD"))


@pytest.mark.parametrize("mode", HOSTILE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_hostile_model_changes_nothing(
    mode: str, language: str, replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make
) -> None:
    fake.mode = mode

    assert phraser_for(fake.url).phrase(replies[language]) == replies[language]
    assert fake.requests, "the model was asked"


@pytest.mark.parametrize("mode", FAILING)
def test_trouble_ends_in_the_template_within_the_deadline(
    mode: str, replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make
) -> None:
    fake.mode = mode
    phraser = phraser_for(fake.url, timeout=1.0)
    warm_up(fake.url)
    began = time.monotonic()

    assert phraser.phrase(replies["zh"]) == replies["zh"]
    assert time.monotonic() - began < 4  # a server that hangs does so for five seconds
    assert fake.requests, "the model was asked"


def test_nobody_listens(replies: dict[str, Reply], phraser_for: Make) -> None:
    with FakeLlm() as gone:
        url = gone.url

    assert phraser_for(url).phrase(replies["zh"]) == replies["zh"]


def test_a_shape_is_paid_once_and_kept_over_a_restart(
    replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make
) -> None:
    first = phraser_for(fake.url).phrase(replies["zh"])
    second = phraser_for(fake.url).phrase(replies["zh"])

    assert first == second
    assert len(fake.requests) == 1


def test_the_cache_is_bounded(tmp_path: Path) -> None:
    store = LlmStore(tmp_path, most=3)
    for key in "abcd":
        store.keep(key, key)

    assert [store.phrasing(key) for key in "abcd"] == [None, "b", "c", "d"]


def test_a_kept_phrasing_that_was_tampered_with_is_checked_again(
    replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make, tmp_path: Path
) -> None:
    phraser_for(fake.url).phrase(replies["zh"])
    store = LlmStore(tmp_path)
    store._database.execute("update phrasing set text = text || '另加9分。'")

    assert phraser_for(fake.url).phrase(replies["zh"]) == replies["zh"]


def test_the_switch_takes_effect_at_once(
    replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make, tmp_path: Path
) -> None:
    phraser = phraser_for(fake.url)

    switch(tmp_path, "off")
    assert phraser.phrase(replies["zh"]).phrased_by == "template"
    switch(tmp_path, "on")
    assert phraser.phrase(replies["zh"]).phrased_by == "llm"


def test_what_is_spent_is_spent(
    replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make
) -> None:
    phraser = phraser_for(fake.url, daily=150)

    assert phraser.phrase(replies["zh"]).phrased_by == "llm"
    assert phraser.phrase(replies["en"]).phrased_by == "template"
    assert len(fake.requests) == 1


def test_the_mark_stands_at_the_end(
    replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make
) -> None:
    phrased = phraser_for(fake.url, mark="（由模型润色）").phrase(replies["zh"])

    assert phrased.text.endswith("\n（由模型润色）")


def test_a_failing_provider_is_left_alone(
    replies: dict[str, Reply], fake: FakeLlm, phraser_for: Make
) -> None:
    fake.mode = "401"
    phraser = phraser_for(fake.url)
    for _ in range(6):
        phraser.phrase(replies["zh"])

    assert len(fake.requests) == 3
