"""`batch --llm` gives the same answers, whatever the model does."""

import io
import json
import sys
from pathlib import Path

import pytest

from bot.cli import main
from tests.fake_llm import FakeLlm
from tests.redteam.corpus import CASES


def batch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *options: str
) -> list[dict[str, str]]:
    lines = "\n".join(
        json.dumps({"id": str(i), "turns": [case], "as_of": "2021-04-22T10:00"})
        for i, case in enumerate(CASES)
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), "utf-8"))
    assert main(["batch", *options]) == 0
    return [json.loads(line)["replies"][0] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("mode", ["well", "hostile"])
def test_only_the_wording_may_differ(
    mode: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    plain = batch(monkeypatch, capsys)
    with FakeLlm(mode) as fake:
        monkeypatch.setenv("LLM_MODEL", "openai:fake")
        monkeypatch.setenv("LLM_BASE_URL", fake.url)
        phrased = batch(monkeypatch, capsys, "--llm")

    assert fake.requests, "the model was asked"
    if mode == "hostile":
        assert phrased == plain
    else:
        assert any(reply["phrased_by"] == "llm" for reply in phrased)
        words = ("text", "phrased_by")
        for one, two in zip(plain, phrased, strict=True):
            assert {k: v for k, v in one.items() if k not in words} == {
                k: v for k, v in two.items() if k not in words
            }


def test_without_a_model_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LLM_MODEL", raising=False)

    assert main(["batch", "--llm"]) == 1
    assert "LLM_MODEL" in capsys.readouterr().err
