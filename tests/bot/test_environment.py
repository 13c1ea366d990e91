"""Settings of every kind are read, and refused, in the same way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels.settings import read_channel_settings
from bot.llm.settings import read_llm_settings
from bot.settings import SettingsError, read_settings

READERS = pytest.mark.parametrize(
    ("read", "wrong", "right"),
    [
        pytest.param(read_settings, "SELLER_BOT_LANGUAG", "SELLER_BOT_LANGUAGE", id="commands"),
        pytest.param(read_channel_settings, "DINGTALK_CLIENT", "DINGTALK_CLIENT_ID", id="channels"),
        pytest.param(read_llm_settings, "LLM_MODELL", "LLM_MODEL", id="model"),
    ],
)


@READERS
def test_a_misspelt_name_in_the_file_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[], object],
    wrong: str,
    right: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"{wrong}=canary\n", encoding="utf-8")

    with pytest.raises(SettingsError) as refused:
        read()

    assert str(refused.value) == f"{wrong} is no setting: remove it, or did you mean {right}?"


@READERS
def test_a_file_that_is_no_text_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[], object],
    wrong: str,
    right: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe\n")

    with pytest.raises(SettingsError, match=r"\.env is not UTF-8 text"):
        read()


def test_names_of_other_programs_that_begin_alike_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("LLM_GATEWAY_TEAM=x\n", encoding="utf-8")

    assert read_llm_settings().llm_model is None
