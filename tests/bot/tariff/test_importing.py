"""Files of the publishers into the index: all or nothing, repeatable, with a report."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.tariff.importing import import_schedule
from bot.tariff.rows import ImportFailed
from bot.tariff.source import kind_of
from bot.tariff.tables import open_table
from tests.bot.tariff.files import ROWS, row, write_csv, write_json, write_uk
from tests.bot.tariff.loading import line, load, loaded


@pytest.mark.parametrize("name", ["hts.json", "hts.json.gz"])
def test_json_is_imported_with_a_report(tmp_path: Path, name: str) -> None:
    done = load(write_json(tmp_path / name), tmp_path / "data")

    assert (done.rows, done.rates, done.read, done.unread) == (len(ROWS), 7, 7, ())
    assert done.lists_known
    assert not done.replaced


def test_a_line_has_its_chain_rates_and_headings(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    found = line(tmp_path, "61091000")

    assert found.general_text == "16.5%"
    assert found.special_text == "Free (AU,SG) 3% (JP)"
    assert found.column2_text == "90%"
    assert found.headings == ("9903.88.15",)
    assert found.description.endswith("knitted or crocheted › Of cotton")
    assert [one.code for one in found.chain] == ["6109", "61091000"]


def test_a_statistical_number_inherits_rate_and_footnote(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    found = line(tmp_path, "6109100012")

    assert (found.code, found.general_text) == ("61091000", "16.5%")
    assert found.headings == ("9903.88.15",)
    assert found.measures == ("9903.88.69",)  # of this number alone


def test_a_single_statistical_line_is_its_own_rate_line(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    found = line(tmp_path, "85171300")

    assert (found.code, found.general_text, found.units) == ("85171300", "Free", ("No.",))
    assert "Telephones for cellular networks" in found.description  # an unnumbered heading


def test_lines_under_a_prefix_stand_in_order(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    table, edition = loaded(tmp_path)

    assert [one.code for one in table.under(edition, "6109")] == [
        "61091000",
        "61099010",
        "61099080",
    ]
    assert [one.code for one in table.under(edition, "610990")] == ["61099010", "61099080"]


def test_measures_on_all_goods_of_china_are_named(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    table, edition = loaded(tmp_path)

    assert [one.heading for one in table.measures(edition)] == ["9903.01.24"]


def test_words_are_sought_in_the_whole_description(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    table, edition = loaded(tmp_path)

    assert [one.code for one in table.search(edition, ["garment", "cotton"])] == ["61091000"]
    assert table.search(edition, ["sofa"]) == ()
    assert table.search(edition, ['"', "or"]) == table.search(edition, ["or"])


def test_importing_again_replaces(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    fewer = write_json(tmp_path / "fewer.json", ROWS[:4])

    done = load(fewer, tmp_path)
    table, edition = loaded(tmp_path)

    assert done.replaced
    assert table.line(edition, "85171300") is None
    assert table.search(edition, ["smartphones"]) == ()


BROKEN: dict[str, tuple[Callable[[Path], Path], str]] = {
    "breaks off": (lambda p: _cut(write_json(p / "a.json")), "breaks off or is damaged after row"),
    "packed and cut": (lambda p: _cut(write_json(p / "a.json.gz")), "damaged"),
    "a key is missing": (
        lambda p: write_json(p / "a.json", [*ROWS, {"htsno": "0101"}]),
        f"row {len(ROWS) + 1}: no field",
    ),
    "lost zero": (
        lambda p: write_json(p / "a.json", [row("101.21.00", 0, "Horses", general="Free")]),
        "row 1: not an HTS number: '101.21.00'; a spreadsheet may have dropped the leading zero",
    ),
    "lost zero in CSV": (
        lambda p: write_csv(p / "a.csv", [["101", "0", "Horses", "", "Free", "", "", "", ""]]),
        "row 2: not an HTS number: '101'",
    ),
    "no rate": (lambda p: write_json(p / "a.json", ROWS[:1]), "no line with a rate"),
    "an empty list": (lambda p: write_json(p / "a.json", []), "no line with a rate"),
    "lost zero in the UK file": (lambda p: _replace(write_uk(p / "a.csv"), "0203", "203"), "commodity"),
    "another file": (lambda p: _text(p / "a.txt", "hello,world\n"), "none of the known formats"),
    "no file": (lambda p: p / "gone.json", "no such file"),
}  # fmt: skip


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-60])
    return path


def _replace(path: Path, old: str, new: str) -> Path:
    return _text(path, path.read_text(encoding="utf-8").replace(old, new))


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("make", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_changes_nothing(
    tmp_path: Path, make: Callable[[Path], Path], message: str
) -> None:
    load(write_json(tmp_path / "good.json"), tmp_path / "data")

    with pytest.raises(ImportFailed, match=message.replace("(", r"\(")):
        load(make(tmp_path), tmp_path / "data")

    assert line(tmp_path / "data", "85171300").general_text == "Free"
    assert list(open_table(tmp_path / "data").editions("GB")) == []


def test_unread_rates_are_listed(tmp_path: Path) -> None:
    odd = [row("0101.21.00", 0, "Horses", general="37% /"), row("0101.29.00", 0, "x", general="5%")]

    done = load(write_json(tmp_path / "hts.json", odd), tmp_path)

    assert (done.rates, done.read) == (2, 1)
    assert [(one.text, one.count, one.code) for one in done.unread] == [("37% /", 1, "01012100")]


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        pytest.param("hts_2025_basic.json", date(2025, 1, 1), id="basic edition"),
        pytest.param("hts_2023-10.json", date(2023, 10, 1), id="a month"),
    ],
)
def test_the_name_tells_the_first_day(tmp_path: Path, name: str, starts: date) -> None:
    import_schedule(write_json(tmp_path / name), tmp_path)

    assert loaded(tmp_path)[1].starts == starts


def test_a_name_without_a_date_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="--valid-from"):
        import_schedule(write_json(tmp_path / "hts_2025_rev_11.json"), tmp_path)


def test_an_edition_ends_where_the_next_begins(tmp_path: Path) -> None:
    for name in ("hts_2025_basic.json", "hts_2025-04.json"):
        import_schedule(write_json(tmp_path / name), tmp_path)
    editions = [one for one in open_table(tmp_path).editions("US") if one.complete]

    assert [(one.starts, one.ends) for one in editions] == [
        (date(2025, 1, 1), date(2025, 3, 31)),
        (date(2025, 4, 1), None),
    ]


def test_kinds_are_told_by_content(tmp_path: Path) -> None:
    assert kind_of(write_json(tmp_path / "a.gz")) == "usitc-json"
    assert kind_of(write_csv(tmp_path / "b.txt")) == "usitc-csv"
    assert kind_of(write_uk(tmp_path / "c")) == "uk-csv"


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    shares: list[float] = []

    import_schedule(write_json(tmp_path / "hts_2025_basic.json"), tmp_path, progress=shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == 1.0
