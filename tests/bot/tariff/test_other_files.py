"""Files that are no JSON export: CSV, the UK file, Section 301 lists, renumbering."""

from datetime import date
from pathlib import Path

import pytest

from bot.tariff.importing import import_lists, import_renumbering, import_schedule
from bot.tariff.knowledge import section301
from bot.tariff.rows import ImportFailed
from bot.tariff.tables import open_table
from tests.bot.tariff.files import write_csv, write_json, write_uk
from tests.bot.tariff.loading import line, load, loaded


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_csv_is_imported_without_tags_and_lists(tmp_path: Path) -> None:
    done = load(write_csv(tmp_path / "hts.csv"), tmp_path)
    _, edition = loaded(tmp_path)

    assert (done.rows, done.rates, done.lists_known) == (4, 2, False)
    assert not edition.lists_known
    assert line(tmp_path, "61091000").description == "T-shirts, knitted › Of cotton"
    assert line(tmp_path, "61099010").units == ("m2",)


def test_a_list_file_tells_the_lists_of_a_csv_edition(tmp_path: Path) -> None:
    load(write_csv(tmp_path / "hts.csv"), tmp_path)
    lists = _text(tmp_path / "lists.csv", "hts8,list\n61091000,4A\n61091000,4A\n")

    done = import_lists(lists, tmp_path, section301().lists)

    assert done.rows == 2
    assert line(tmp_path, "61091000").lists == ("4A",)
    assert line(tmp_path, "61099010").lists == ("?",)  # silence of a list file proves nothing
    assert loaded(tmp_path)[1].lists_known


def test_a_list_file_does_not_overrule_footnotes(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    import_lists(
        _text(tmp_path / "l.csv", "hts,list\n8517.13.00,3\n"), tmp_path, section301().lists
    )

    assert line(tmp_path, "85171300").lists == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("hts8,list\n61091000,7\n", "row 2: no code and list", id="unknown list"),
        pytest.param("hts8,list\n1091000,4A\n", "row 2: no code and list", id="lost zero"),
        pytest.param("hts8,list\n", "no row", id="empty"),
    ],
)
def test_a_broken_list_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ImportFailed, match=message):
        import_lists(_text(tmp_path / "l.csv", text), tmp_path, section301().lists)


def test_the_uk_file_gives_two_editions(tmp_path: Path) -> None:
    path = write_uk(tmp_path / "uk_2021-01.csv", ("12.0%", "10.0%"))

    reports = import_schedule(path, tmp_path)
    edition = loaded(tmp_path, "EU")[1]

    assert [(one.destination, one.rows) for one in reports] == [("GB", 3), ("EU", 3)]
    assert line(tmp_path, "61091000", "GB").general_text == "10.0%"
    assert line(tmp_path, "61091000", "EU").general_text == "12.0%"
    assert line(tmp_path, "0203111000", "GB").general_text == "44.00 GBP/100kg"
    assert (edition.starts, edition.ends) == (date(2020, 1, 1), date(2020, 12, 31))
    assert edition.currency == "EUR"


def test_renumbering_goes_both_ways(tmp_path: Path) -> None:
    load(write_json(tmp_path / "hts.json"), tmp_path)
    pairs = "hs6_2022,hs6_2017\n851713,851712\n851714,851712\n"
    import_renumbering(_text(tmp_path / "hs.csv", pairs), tmp_path)
    table = open_table(tmp_path)

    assert table.renumbered("851712", "HS2022") == ("851713", "851714")
    assert table.renumbered("851713", "HS2017") == ("851712",)
