"""`seller-bot tariff`: what its four commands print and return."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import CommandError
from bot.settings import Settings
from bot.tariff import command
from tests.bot.running import seller_bot
from tests.bot.tariff.files import write_csv, write_json


def run(folder: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    args = parser.parse_args(["tariff", *words])
    status: int = args.run(args, Settings(data=folder))
    return status


def test_duty_from_the_starter_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(tmp_path, "duty", "棉T恤", "--value", "10,000", "--as-of", "2021-04-21")
    out = capsys.readouterr().out

    assert status == 0
    assert "total: USD 2400.00, 24% of the value" in out
    assert "base duty: 16.5% = 1650.00  (6109.10.00, column 1 general)" in out
    assert "built-in starter table" in out
    assert "not included: product exclusions, anti-dumping" in out


def test_duty_with_a_quantity(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(
        tmp_path, "duty", "6205.30.20", "--value", "1000", "--quantity", "20 kg",
        "--as-of", "2021-04-21",
    )  # fmt: skip

    assert "total: USD 339.82" in capsys.readouterr().out


def test_lookup_asks_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "lookup", "T恤", "--as-of", "2021-04-21") == 0
    assert "which one (material)?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["lookup", "石墨烯"], "not known: 石墨烯"),
        (["lookup", "T恤", "--to", "AU"], "no table for AU; there are: US"),
    ],
)
def test_nothing_found_is_status_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], text: str
) -> None:
    assert run(tmp_path, *words) == 1
    assert text in capsys.readouterr().out


def test_import_reports_and_editions_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_json(tmp_path / "hts_2025_basic.json")

    assert run(tmp_path / "data", "import", str(file), "--edition", "HTS 2025 Basic") == 0
    assert run(tmp_path / "data", "import", str(file), "--edition", "HTS 2025 Basic") == 0
    assert run(tmp_path / "data", "editions") == 0
    out = capsys.readouterr().out

    assert "imported HTS 2025 Basic (US)" in out
    assert "replaced HTS 2025 Basic (US)" in out
    assert "rates understood: 7 of 7" in out
    assert "US  2025-01-01 to now  HTS 2025 Basic" in out
    assert "Starter table, April 2021" in out


def test_a_csv_edition_asks_for_its_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists = tmp_path / "lists.csv"
    lists.write_text("hts8,list\n61091000,4A\n", encoding="utf-8")
    file = write_csv(tmp_path / "hts_2023-10.csv")

    run(tmp_path, "import", str(file))
    run(tmp_path, "duty", "61091000", "--value", "100", "--as-of", "2023-11-01")
    before = capsys.readouterr().out
    run(tmp_path, "import", "--section301", str(lists))
    run(tmp_path, "duty", "61091000", "--value", "100", "--as-of", "2023-11-01")
    after = capsys.readouterr().out

    assert "names no Section 301 list" in before
    assert "Section 301: not known" in before
    assert "total: USD 24.00" in after


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["import", "gone.json"], "no such file", id="no file"),
        pytest.param(["import"], "name a file to import", id="nothing to import"),
        pytest.param(
            ["import", "a", "b", "--edition", "X"], "go with one file", id="one name for two files"
        ),
        pytest.param(
            ["duty", "T恤 棉", "--quantity", "many"], "not a quantity: .many", id="no quantity"
        ),
        pytest.param(
            ["duty", "T恤 棉", "--quantity", "5 furlongs"],
            "not a quantity: .5 furlongs",
            id="no unit",
        ),
    ],
)
def test_what_the_user_can_put_right_is_said(tmp_path: Path, words: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(tmp_path, *words)


@pytest.mark.parametrize("value", ["many", "-5", "nan"])
def test_a_wrong_value_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    with pytest.raises(SystemExit):
        run(tmp_path, "duty", "T恤", f"--value={value}")
    assert "argument --value" in capsys.readouterr().err


def test_declaring_the_command_loads_no_table() -> None:
    code = (
        "import sys, bot.tariff.command\n"
        "heavy = {'sqlite3', 'sqlite_utils', 'opencc', 'bot.tariff.starter', 'tools.tariff.answer'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_seller_asks_for_a_duty_and_the_operator_for_a_line() -> None:
    asked = seller_bot("ask", "沙发出口美国关税多少", "--as-of", "2021-04-22")
    looked_up = seller_bot("tariff", "lookup", "沙发", "--as-of", "2021-04-22")

    assert (asked.returncode, looked_up.returncode) == (0, 0)
    for text in (asked.stdout, looked_up.stdout):
        assert "9401.61.60" in text
        assert "25%" in text


def test_an_imported_edition_answers_in_the_conversation(tmp_path: Path) -> None:
    settings = {"SELLER_BOT_DATA": str(tmp_path)}
    path = write_json(tmp_path / "hts_2021_basic.json")
    done = seller_bot("tariff", "import", str(path), settings=settings)

    asked = seller_bot("ask", "HS 6109.10.00 US duty", "--as-of", "2021-04-22", settings=settings)

    assert done.returncode == 0, done.stderr
    assert "starter table" not in asked.stdout
    assert "hts 2021 basic" in asked.stdout
