"""How long importing an edition and looking lines up take, and how well names are understood.

`python -m benchmarks.tariff [SCHEDULE-FILE]`; without a file the starter table alone is measured.
"""

import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from bot.tariff.importing import import_schedule
from bot.tariff.tables import open_table
from tools.tariff.codes import Code
from tools.tariff.duty import duty
from tools.tariff.find import by_name
from tools.tariff.lookup import lookup_code
from tools.tariff.table import TariffTable
from tools.tariff.words import read

QUESTIONS = Path(__file__).parents[1] / "tests" / "tools" / "tariff" / "products.jsonl"
CODES = ("61091000", "6109", "8517130000", "42029231", "9403608093", "85176200")
ENGLISH = ("garlic", "frozen shrimp", "carbon electrodes", "graphite", "bicycle tire")
DAY = date(2025, 1, 15)
ROUNDS = 50


def main(arguments: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments:
            _import(Path(arguments[0]), folder)
        _lookups(open_table(folder))
    return 0


def _import(path: Path, folder: Path) -> None:
    for verb in ("import", "import again"):
        start = time.perf_counter()
        (done, *_) = import_schedule(path, folder, starts=date(2025, 1, 1))
        spent = time.perf_counter() - start
        print(f"{verb} of {done.rows} rows, {done.read} of {done.rates} rates: {spent:.2f} s")


def _lookups(table: TariffTable) -> None:
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    tracemalloc.start()
    _named(table, "T恤")
    print(f"memory of the first question: {tracemalloc.get_traced_memory()[0] / 1e6:.1f} MB")
    tracemalloc.stop()
    _time("look-up by code", CODES, lambda code: lookup_code(table, Code(code), on=DAY))
    _time("duty by code", CODES, lambda code: duty(table, code, Decimal(1000), on=DAY))
    texts = [question["text"] for question in questions]
    _time("look-up by name", texts, lambda text: _named(table, text))
    _time("look-up in the schedule's English", ENGLISH, lambda text: _named(table, text))
    found = [(_named(table, question["text"]), question["hs6"]) for question in questions]
    first = sum(bool(codes) and codes[0] in wanted for codes, wanted in found)
    in_five = sum(any(code in wanted for code in codes) for codes, wanted in found)
    total = len(found)
    print(f"names: right HS-6 first {first}/{total}, among five {in_five}/{total}")


def _named(table: TariffTable, text: str) -> list[str]:
    found = by_name(table, read(text, table.words), destination="US", origin="CN", on=DAY)
    return list(dict.fromkeys(one.found.line.code[:6] for one in found.candidates))[:5]


def _time(title: str, items: Sequence[str], act: Callable[[str], Any]) -> None:
    spent = []
    for _ in range(max(1, ROUNDS // len(items))):
        for item in items:
            start = time.perf_counter()
            act(item)
            spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    print(
        f"{title}: median {median(spent):.3f} ms, "
        f"95% below {spent[int(len(spent) * 0.95)]:.3f} ms, slowest {spent[-1]:.2f} ms"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
