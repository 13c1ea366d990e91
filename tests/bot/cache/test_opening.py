"""Kept files make a start quick and change no answer: spoilt, foreign and old ones do no harm."""

import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.cache import opening, prints
from bot.cache.files import KeptFiles
from bot.cache.opening import open_library
from handlers.conversation import Conversation, Message
from knowledge.library import Library
from knowledge.loader import BUILT_IN, KnowledgeError, load_bulletin, load_library
from knowledge.model import Bulletin
from tests.bot.running import COMMAND, ELSEWHERE, environment
from tests.knowledge.small import entry, month, subject, write
from tests.tools.rules import beijing

NOW = beijing("2031-06-15T10:00:00")
QUESTION = "one"


@pytest.fixture
def bulletins(tmp_path: Path) -> Path:
    folder = tmp_path / "bulletins"
    for number, items in (("05", [entry("one"), entry("two")]), ("06", [entry("one")])):
        head = month(f"2031-{number}", f"2031-{number}-01")
        write(folder / number, {"bulletin.toml": head, "a.toml": subject("a", *items)})
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The months whose own files were read, in order."""
    names: list[str] = []
    load = load_bulletin

    def noting(folder: Path) -> Bulletin:
        names.append(folder.name)
        return load(folder)

    monkeypatch.setattr(opening, "load_bulletin", noting)
    return names


def reply(bulletins: Path, kept: Path) -> str:
    """The reply of a fresh start."""
    conversation = Conversation(*open_library([bulletins], KeptFiles(kept)))
    return conversation.reply(Message(QUESTION), {}, NOW)[0].text


def held(library: Library) -> dict[str, str]:
    return {known.id: known.month.id for known in library.at(NOW)}


def files(kept: Path) -> Iterator[Path]:
    yield from sorted(kept.glob("*.kept"))


def test_the_second_start_reads_kept_files_alone(
    bulletins: Path, kept: Path, read: list[str]
) -> None:
    first = reply(bulletins, kept)
    assert read == ["05", "06"]

    assert reply(bulletins, kept) == first
    assert read == ["05", "06"]


def test_a_kept_library_says_the_same(bulletins: Path, kept: Path) -> None:
    fresh = load_library([bulletins])
    for _ in range(2):
        library, _memory = open_library([bulletins], KeptFiles(kept))

        assert held(library) == held(fresh) == {"one": "2031-06", "two": "2031-05"}
        assert library.bulletins == fresh.bulletins


def test_every_item_of_the_real_bulletin_survives(april: Library, tmp_path: Path) -> None:
    for _ in range(2):
        library, _memory = open_library([BUILT_IN], KeptFiles(tmp_path))

        assert library.bulletins == april.bulletins


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda old: b"", id="empty"),
        pytest.param(lambda old: old[: len(old) // 2], id="cut off"),
        pytest.param(lambda old: old[:-3] + b"9]}", id="other bytes at the end"),
        pytest.param(lambda old: old.replace(b"cache 1", b"cache 0", 1), id="another format"),
        pytest.param(lambda old: b"\x80\x04\x95 somebody else's", id="a foreign file"),
    ],
)
def test_a_spoilt_file_is_made_anew(bulletins: Path, kept: Path, spoil, read: list[str]) -> None:  # type: ignore[no-untyped-def]
    first = reply(bulletins, kept)
    good = {path: path.read_bytes() for path in files(kept)}
    assert {path.name.split("-")[0] for path in good} == {"index", "month", "view"}
    for path, old in good.items():
        path.write_bytes(spoil(old))

    assert reply(bulletins, kept) == first
    assert {path: path.read_bytes() for path in files(kept)} == good


def test_a_changed_file_is_read_and_the_other_month_is_not(
    bulletins: Path, kept: Path, read: list[str]
) -> None:
    reply(bulletins, kept)
    read.clear()
    changed = bulletins / "06" / "a.toml"
    changed.write_text(subject("a", entry("one"), entry("two")), encoding="utf-8")

    library, _ = open_library([bulletins], KeptFiles(kept))

    assert read == ["06"]
    assert held(library)["two"] == "2031-06"


def test_a_broken_file_is_told_whatever_is_kept(bulletins: Path, kept: Path) -> None:
    reply(bulletins, kept)
    broken = subject("a", entry("one", replaces='"three"'))
    (bulletins / "06" / "a.toml").write_text(broken, encoding="utf-8")

    with pytest.raises(KnowledgeError, match="no earlier month has `three`"):
        open_library([bulletins], KeptFiles(kept))


def test_one_month_twice_is_told(bulletins: Path, kept: Path) -> None:
    write(
        bulletins / "07",
        {"bulletin.toml": month("2031-06", "2031-06-01"), "a.toml": subject("a", entry("six"))},
    )

    with pytest.raises(KnowledgeError, match="is the month of"):
        open_library([bulletins], KeptFiles(kept))


def test_another_version_of_the_code_reads_anew(
    bulletins: Path, kept: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reply(bulletins, kept)
    monkeypatch.setattr(prints, "code_version", lambda: "another")

    reply(bulletins, kept)

    assert read == ["05", "06"] * 2


def test_a_folder_that_cannot_be_written_keeps_nothing(bulletins: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be", encoding="utf-8")

    assert reply(bulletins, taken / "cache") == reply(bulletins, tmp_path / "cache")
    assert taken.read_text(encoding="utf-8") == "a file where the folder should be"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_keeps_nothing(bulletins: Path, kept: Path) -> None:
    kept.mkdir(mode=0o500)

    assert reply(bulletins, kept)
    assert list(kept.iterdir()) == []


def test_many_starts_at_once(kept: Path, bulletins: Path) -> None:
    settings = {"SELLER_BOT_CACHE": str(kept), "SELLER_BOT_KNOWLEDGE": str(bulletins)}
    command = [*COMMAND, "ask", QUESTION, "--as-of", "2031-06-15", "--json"]

    def start(_: int) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, env=environment(settings), cwd=ELSEWHERE, capture_output=True, check=False
        )

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(start, range(4)))

    assert [(one.returncode, one.stderr) for one in done] == [(0, b"")] * 4
    assert len({one.stdout for one in done}) == 1
    assert list(kept.glob("*.new")) == []
    names = {path.name for path in files(kept)}
    start(0)
    assert {path.name for path in files(kept)} == names


def test_what_is_kept_is_plain_text(bulletins: Path, kept: Path) -> None:
    reply(bulletins, kept)

    for path in files(kept):
        _, *lines = path.read_text(encoding="utf-8").split("\n")
        assert all(json.loads(line) is not None for line in lines)


def test_old_files_go(bulletins: Path, kept: Path) -> None:
    store = KeptFiles(kept)
    for number in range(20):
        store.write(f"view-{number}", [b"{}"])

    reply(bulletins, kept)

    assert len(list(kept.glob("view-*.kept"))) == opening.VIEWS
