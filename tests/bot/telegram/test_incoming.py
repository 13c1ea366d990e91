"""Updates as they are seen in the wild, and texts cut for Telegram."""

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.channels.telegram.incoming import Reader, locale_of
from bot.channels.telegram.texts import LIMIT, as_html, length, pieces
from tests.fake_telegram import Checker, visible
from tests.shared import SHARED, needs

CORPUS = SHARED / "public/payloads/telegram/updates.jsonl"
READER = Reader("987001", "SellerTestBot", frozenset())


def readable() -> Iterator[tuple[str, dict[str, Any], Update]]:
    """Name, data and update of all real ones that the library itself can read."""
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        payload = entry["payload"]
        data = payload if entry["form"] == "update" else {"message": payload}
        with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
            yield entry["id"], data, Update.de_json({"update_id": 1, **data}, None)


@needs(CORPUS)
@pytest.mark.filterwarnings("ignore:Deprecated since version:DeprecationWarning")
def test_every_real_update_can_be_read() -> None:
    kinds = Counter[str | None]()
    for name, data, update in readable():
        incoming = READER.read(update)
        kinds[incoming.kind if incoming else None] += 1
        if incoming is None:
            continue
        assert type(incoming).from_json(incoming.to_json()) == incoming, name
        if incoming.kind == "message":
            message = data["message"]
            written = message.get("text") or message["caption"]
            assert incoming.text == written.strip() or incoming.group, name
            assert incoming.setting == "forward" or not incoming.group, name

    assert {"message", "command", "press", "edit", "unread", "inline", "moved", None} <= set(kinds)
    assert kinds.total() > 100


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

    Checker().check(html)
    assert html.replace("<b>", "").replace("</b>", "").count("<") == 0
    assert visible(html.replace("<b>", "").replace("</b>", "")) == text


def test_a_text_is_cut_at_a_paragraph_where_there_is_one() -> None:
    text = "\n\n".join(["a" * 3000, "b" * 3000, "c" * 500])

    assert pieces(text) == ["a" * 3000, "b" * 3000 + "\n\n" + "c" * 500]
    assert all(length(piece) <= LIMIT for piece in pieces("😀" * 9000))
