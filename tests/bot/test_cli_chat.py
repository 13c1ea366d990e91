"""The chat: lines in and replies out, on a terminal and from a pipe."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.running import COMMAND, ELSEWHERE, environment, seller_bot

QUESTION = "RFQ加分什么时候生效"
COLOUR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def chat(*lines: str, arguments: tuple[str, ...] = ("--language", "zh")) -> str:
    done = seller_bot("chat", *arguments, given="\n".join(lines) + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_first_words_tell_the_month_and_offer_its_date() -> None:
    told = chat(arguments=("--language", "en"))

    assert "April 2021" in told
    assert "/asof 2021-04-30" in told
    assert "as of today, " in told
    assert "/topics" in told


def test_a_fixed_moment_is_told_and_nothing_offered() -> None:
    told = chat(arguments=("--language", "en", "--as-of", "2021-04-22"))

    assert "22 April 2021" in told
    assert "2021-04-30" not in told


def test_lines_are_answered_in_one_conversation() -> None:
    told = chat("/asof 2021-04-22", "RFQ交易额3万，能加几分", "60%")

    first = chat("/asof 2021-04-22", "60%")
    assert "3分" in told
    assert "加3分" not in first


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("/help", "/cancel", id="help"),
        pytest.param("/topics", "推荐广告", id="topics"),
        pytest.param("/deadlines", "2021", id="deadlines"),
        pytest.param("/asof 2021-04-22", "按2021年4月22日回答", id="a date"),
        pytest.param("/asof 2021-04-22T10:00", "10:00 (UTC+08:00)", id="a moment"),
        pytest.param("/asof today", "按今天", id="today"),
        pytest.param("/asof 31 April", "/asof 2021-04-22", id="no date"),
        pytest.param("/language en", "in English", id="language"),
        pytest.param("/language zh-Hant", "回答", id="traditional characters"),
        pytest.param("/language fr", "zh-Hant", id="no language"),
        pytest.param("/source", "没有可以说明依据", id="no source yet"),
        pytest.param("/dance", "没有 /dance", id="no command"),
    ],
)
def test_commands(line: str, expected: str) -> None:
    _, answer = chat(line, arguments=("--language", "zh")).split("离开\n", 1)

    assert expected in answer


def test_source_cites_the_last_answer() -> None:
    *_, source = chat("/asof 2021-04-22", QUESTION, "/source").strip().split("\n")

    assert "2021-04" in source
    assert "商家星等级" in source


def test_cancel_leaves_a_question_that_is_open() -> None:
    case = ("/asof 2021-04-22", "RFQ交易额3万，能加几分")
    asked = chat(*case)

    assert chat(*case, "/cancel").removeprefix(asked) == chat(*case, "算了").removeprefix(asked)
    assert chat(*case, "/cancel").removeprefix(asked).strip()


def test_language_holds_until_it_is_changed() -> None:
    lines = ("/asof 2021-04-22", "/language en", QUESTION, "/language auto", QUESTION)

    told = chat(*lines)

    assert "20 April 2021" in told
    assert "4月20日" in told.split("in the language of the question")[-1]


def test_quit_leaves_at_once() -> None:
    assert QUESTION not in chat("/quit", QUESTION)
    assert "4月20日" not in chat("/quit", QUESTION)


def test_no_colour_in_a_pipe() -> None:
    assert "\x1b" not in chat(QUESTION)


class Terminal:
    """A chat on a terminal of its own."""

    def __init__(self, data: Path) -> None:
        import pty  # noqa: PLC0415  (not on Windows)

        self._ours, theirs = pty.openpty()
        settings = {"SELLER_BOT_DATA": str(data), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            [*COMMAND, "chat", "--language", "en"],
            stdin=theirs, stdout=theirs, stderr=theirs,
            env=environment(settings), cwd=ELSEWHERE, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.seen = self.raw = ""

    def wait_for(self, text: str) -> None:
        """Reads until the text is seen; it fails after a while."""
        deadline = time.monotonic() + 30
        while text not in COLOUR.sub("", self.seen):
            assert time.monotonic() < deadline, f"{text!r} not in {self.seen!r}"
            if select.select([self._ours], [], [], 0.2)[0]:
                data = os.read(self._ours, 65536).decode("utf-8", "replace")
                self.seen += data
                self.raw += data
                if "\x1b[6n" in data:  # the prompt asks where the cursor is
                    os.write(self._ours, b"\x1b[1;1R")
        self.seen = COLOUR.sub("", self.seen).split(text, 1)[1]

    def type(self, keys: str) -> None:
        self.seen = ""
        os.write(self._ours, keys.encode("utf-8"))

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if sys.platform == "win32":
        pytest.skip("there is no pty on Windows")
    made = Terminal(tmp_path)
    yield made
    made.close()


def test_a_terminal_has_one_key_for_the_month(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for("Press Enter")
    terminal.wait_for("> ")
    terminal.type("\r")
    terminal.wait_for("as of 30 April 2021 now")
    terminal.wait_for("> ")
    terminal.type("/topics\r")
    terminal.wait_for("Smart Tariff")
    terminal.wait_for("> ")
    terminal.type("\x03")
    terminal.wait_for("/quit leaves")
    terminal.wait_for("> ")
    terminal.type("\x04")

    assert terminal.process.wait(timeout=30) == 0
    history = tmp_path / "history"
    assert "/topics" in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o077 == 0


def test_a_terminal_has_colour(terminal: Terminal) -> None:
    terminal.wait_for("> ")

    assert "\x1b[0;32;1m> " in terminal.raw
