"""Reads a chat's lines: with history and editing on a terminal, plainly from anywhere else."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from platformdirs import user_data_path

PROMPT = "> "


def is_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def plain_lines() -> Iterator[str]:
    """The lines of standard input, without their ends."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def terminal_lines(data: Path | None, hint: Callable[[], None]) -> Iterator[str]:
    """The lines typed at a prompt; Ctrl-D ends them, Ctrl-C drops the line and calls `hint`."""
    from prompt_toolkit import PromptSession  # noqa: PLC0415  (late: only a terminal needs it)
    from prompt_toolkit.formatted_text import FormattedText  # noqa: PLC0415
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory  # noqa: PLC0415

    path = history_file(data)
    history: History = FileHistory(path) if path else InMemoryHistory()
    session: PromptSession[str] = PromptSession(history=history, enable_history_search=True)
    prompt = FormattedText([("ansigreen bold", PROMPT)])
    while True:
        try:
            yield session.prompt(prompt)
        except EOFError:
            return
        except KeyboardInterrupt:
            hint()


def history_file(data: Path | None) -> Path | None:
    """Where earlier lines are kept, readable by their owner only; None where nothing can be."""
    folder = data or user_data_path("seller-bot", appauthor=False)
    path = folder / "history"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return None
    return path
