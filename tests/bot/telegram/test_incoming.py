"""Updates as they are seen in the wild, and texts cut for Telegram."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.channels.telegram.incoming import Reader, locale_of
from bot.channels.telegram.texts import LIMIT, as_html, length, pieces
from tests.fake_telegram import _Checker, visible

CORPUS = Path(__file__).parents[4] / "shared/public/payloads/telegram/updates.jsonl"
READER = Reader("987001", "SellerTestBot", frozenset())


def corpus() -> list[Any]:
    if not CORPUS.exists():
        return []
    lines = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(line, id=f"{line['id']} {line['kind']}") for line in lines]


@pytest.mark.parametrize("line", corpus())
def test_every_real_update_can_be_read(line: dict[str, Any]) -> None:
    payload = line["payload"]
    data = payload if line["form"] == "update" else {"update_id": 1, "message": payload}
    data.setdefault("update_id", 1)
    try:
        update = Update.de_json(data, None)
    except (KeyError, TypeError, ValueError, AttributeError):
        return  # the library itself cannot read it; the webhook and the poller go on

    incoming = READER.read(update)

    if incoming is not None:
        assert type(incoming).from_json(incoming.to_json()) == incoming
        text = (data.get("message") or {}).get("text", "")
        if incoming.kind == "message" and incoming.setting == "dm":
            assert incoming.text == text.strip() or "caption" in data["message"]
        if incoming.kind == "message" and incoming.group:
            assert incoming.setting == "forward"


@pytest.mark.skipif(not CORPUS.exists(), reason="the collected payloads are not here")
def test_the_corpus_holds_what_matters() -> None:
    kinds = set()
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        payload = entry["payload"]
        data = payload if entry["form"] == "update" else {"update_id": 1, "message": payload}
        try:
            incoming = READER.read(Update.de_json({"update_id": 1, **data}, None))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        kinds.add(incoming.kind if incoming else None)
    assert {"message", "command", "press", "edit", "unread", "inline", "moved", None} <= kinds


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh-hans", "zh"), ("zh", "zh"), ("zh-TW", "zh-Hant"), ("zh-hant-hk", "zh-Hant"),
     ("en", "en"), ("it", "en"), (None, None)],
)  # fmt: skip
def test_the_language_of_a_person_is_that_of_their_telegram(
    code: str | None, language: str | None
) -> None:
    from telegram import User  # noqa: PLC0415

    assert locale_of(User(1, "P", False, language_code=code)) == language


@given(st.text(alphabet="ab。. \n<&😀", max_size=300), st.integers(10, 60))
def test_pieces_fit_and_hold_the_whole_text(text: str, limit: int) -> None:
    found = pieces(text, limit)

    assert all(0 < length(piece) <= limit for piece in found)
    if text.strip():
        assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(max_size=200), st.booleans())
def test_html_shows_the_text_as_it_is(text: str, emphasis: bool) -> None:
    html = as_html(text, emphasis)

    _Checker().check(html)
    assert html.replace("<b>", "").replace("</b>", "").count("<") == 0
    assert visible(html.replace("<b>", "").replace("</b>", "")) == text.replace("\r", "\r")


def test_a_text_is_cut_at_a_paragraph_where_there_is_one() -> None:
    text = "\n\n".join(["a" * 3000, "b" * 3000, "c" * 500])

    assert pieces(text) == ["a" * 3000, "b" * 3000 + "\n\n" + "c" * 500]
    assert all(length(piece) <= LIMIT for piece in pieces("😀" * 9000))
