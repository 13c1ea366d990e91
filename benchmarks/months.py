"""Many months of bulletins, made from the built-in one by shifting all its dates.

`python -m benchmarks.months [MONTHS]`: latency and cold start with so many (100 unless told).
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.cold_start import SCRIPT, clean_environment
from benchmarks.latency import peak_memory, questions, report, timed
from bot.app import load_conversation
from bot.settings import Settings
from knowledge.loader import BUILT_IN, MONTH_FILE, month_folders

DAYS = 31  # one shift
FIRST = "2021-04"
RUNS = 10
_DAY = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)(?=T|\s|,|$|\]|\})")


def shifted(text: str, days: int) -> str:
    """The file with every date so many days later."""

    def later(match: re.Match[str]) -> str:
        return str(date(int(match[1]), int(match[2]), int(match[3])) + timedelta(days=days))

    return _DAY.sub(later, text)


def month_after(number: int) -> str:
    months = 2021 * 12 + 3 + number
    return f"{months // 12}-{months % 12 + 1:02}"


def make_months(folder: Path, count: int) -> datetime:
    """Later months below the folder; returns a moment at which the last one is out."""
    (source,) = month_folders([BUILT_IN])
    for number in range(1, count):
        target = folder / month_after(number)
        target.mkdir()
        for path in source.glob("*.toml"):
            text = shifted(path.read_text(encoding="utf-8"), number * DAYS)
            if path.name == MONTH_FILE:
                text = text.replace(f'id = "{FIRST}"', f'id = "{target.name}"')
            (target / path.name).write_text(text, encoding="utf-8")
    asked = datetime.fromisoformat("2021-04-30T10:00:00+08:00")
    return asked + timedelta(days=(count - 1) * DAYS)


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "bulletins"
        folder.mkdir()
        now = make_months(folder, count)
        cache = Path(name) / "cache"
        settings = {"SELLER_BOT_KNOWLEDGE": str(folder), "SELLER_BOT_CACHE": str(cache)}
        command = [str(SCRIPT), "ask", "RFQ加分怎么算？", "--as-of", now.isoformat()]
        spent = []
        for _ in range(RUNS + 1):
            start = time.perf_counter()
            subprocess.run(
                command, env=clean_environment() | settings, check=True, capture_output=True
            )
            spent.append((time.perf_counter() - start) * 1000)
        print(f"{f'{count} months, nothing kept':34} first start {spent[0] / 1000:.1f} s")
        print(
            f"{f'{count} months, kept':34} cold start median {median(spent[1:]):.0f} ms, "
            f"fastest {min(spent[1:]):.0f} ms, slowest {max(spent[1:]):.0f} ms of {RUNS} runs"
        )
        conversation = load_conversation(Settings(knowledge=(folder,), cache=cache))
        texts = questions()
        report("questions, new to the process", timed(conversation, texts, now))
        report("questions, asked again", timed(conversation, texts, now))
        print(f"{'peak memory':34} {peak_memory():.0f} MB")
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
