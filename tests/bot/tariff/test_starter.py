"""The starter table: whole in itself, and proved row by row against the real editions."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.tariff.importing import import_schedule
from bot.tariff.knowledge import section301, vocabulary
from bot.tariff.sqlite_table import SqliteTable
from bot.tariff.starter import StarterTable
from bot.tariff.store import FILE
from tests.shared import SHARED, needs
from tools.tariff.find import by_name
from tools.tariff.rates import understood
from tools.tariff.table import Edition, TariffLine
from tools.tariff.words import read

ROOT = Path(__file__).parents[3]
US = SHARED / "data" / "tariff" / "us"
TABLE = StarterTable()
HEADINGS = {rule.heading: rule.name for rule in section301().lists.values()} | {"9903.88.15": "4A"}

with (ROOT / "knowledge" / "tariff" / "starter.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))

shared = needs(US)


def test_there_are_about_two_hundred_products_or_more() -> None:
    assert len(ROWS) >= 200
    assert [one for one, n in Counter(row["id"] for row in ROWS).items() if n > 1] == []


def test_every_row_is_whole() -> None:
    wrong = [
        row["id"]
        for row in ROWS
        if not (row["zh"] and row["en"] and row["names"])
        or not (row["code_2021"] or row["code_2025"])
        or any(bool(row[f"code_{year}"]) != bool(row[f"rate_{year}"]) for year in ("2021", "2025"))
    ]

    assert wrong == []


def test_every_rate_and_facet_is_known() -> None:
    facets = vocabulary().facets
    rates = [line.general for edition in TABLE.editions("US") for line in TABLE.under(edition, "")]
    unknown = [
        (product.id, facet, value)
        for product in TABLE.products()
        for facet, value in product.facets.items()
        if value not in facets[facet]
    ]

    assert unknown == []
    assert all(understood(rate) for rate in rates)


def test_no_two_products_share_names_and_facets() -> None:
    keys = Counter(
        (row["names"], row["facets"], row["code_2021"] or row["code_2025"]) for row in ROWS
    )

    assert [key for key, n in keys.items() if n > 1] == []


@pytest.mark.parametrize("title", ["zh", "en"])
def test_a_product_is_found_by_its_own_name(title: str) -> None:
    missed = []
    for row in ROWS:
        day = date(2021, 4, 21) if row["code_2021"] else date(2025, 1, 10)
        words = read(row[title], TABLE.words)
        found = by_name(TABLE, words, destination="US", origin="CN", on=day).candidates
        if row["id"] not in [one.product.id for one in found[:5] if one.product]:
            missed.append(row[title])

    assert len(missed) <= len(ROWS) * 0.03, missed


@shared
def test_april_2021_agrees_with_the_reconstructed_schedule() -> None:
    with (US / "us_hts8_2021_reconstructed.csv").open(encoding="utf-8", newline="") as file:
        lines = {row["hts8"]: row for row in csv.DictReader(file)}
    partial = {part.code for part in section301().partial}

    wrong = []
    for row in (row for row in ROWS if row["code_2021"]):
        real = lines.get(row["code_2021"], {})
        listed = "partial" if row["code_2021"] in partial else real.get("section301_list_2021")
        if (row["rate_2021"], row["list_2021"]) != (real.get("mfn_2021_if_certain"), listed):
            wrong.append((row["id"], real))

    assert wrong == []


@shared
@pytest.mark.parametrize(
    ("year", "file"),
    [("2021", "section301_lists_2021.csv"), ("2025", "section301_lists_current.csv")],
)
def test_the_lists_agree_with_the_list_files(year: str, file: str) -> None:
    listed: dict[str, set[str]] = {}
    with (US / file).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            listed.setdefault(row["hts8"], set()).add(row["list"])

    wrong = [
        (row["id"], row[f"list_{year}"], listed.get(row[f"code_{year}"]))
        for row in ROWS
        if row[f"list_{year}"] not in ("", "partial")
        and row[f"list_{year}"] not in listed.get(row[f"code_{year}"], set())
        # the list file is of 2026: lines under 9903.91 have left their list since
        and not (year == "2025" and row["other_2025"])
    ]

    assert wrong == []


@pytest.fixture(scope="module")
def basic(tmp_path_factory: pytest.TempPathFactory) -> tuple[SqliteTable, Edition]:
    folder = tmp_path_factory.mktemp("tariff")
    import_schedule(US / "hts_2025_basic.json.gz", folder)
    table = SqliteTable(folder / FILE, section301(), vocabulary())
    return table, table.editions("US")[0]


@shared
def test_the_2025_figures_agree_with_the_basic_edition(
    basic: tuple[SqliteTable, Edition],
) -> None:
    table, edition = basic
    partial = {part.code for part in section301().partial}

    wrong = []
    for row in (row for row in ROWS if row["code_2025"]):
        real = table.line(edition, row["code_2025"])
        if real is None or row["rate_2025"] != real.general_text:
            wrong.append((row["id"], "rate"))
            continue
        lists = "partial" if real.code in partial else _lists(real)
        if row["list_2025"] != lists:
            wrong.append((row["id"], lists))
        if row["other_2025"].split() != [h for h in real.headings if h.startswith("9903.9")]:
            wrong.append((row["id"], "other"))
        if row["statistical"] and not table.has_statistical(edition, row["statistical"]):
            wrong.append((row["id"], "statistical"))

    assert wrong == []


def _lists(line: TariffLine) -> str:
    return "|".join(HEADINGS[heading] for heading in line.headings if heading in HEADINGS)


@shared
@pytest.mark.parametrize(
    "name", ["hts_2023-10.csv.gz", "hts_2024-07.csv.gz", "hts_2025_rev_32.json.gz", "hts_2026_rev_10.json.gz"]
)  # fmt: skip
def test_real_editions_are_wholly_understood(tmp_path: Path, name: str) -> None:
    (done,) = import_schedule(US / name, tmp_path, edition=name, starts=date(2025, 11, 15))

    assert done.rows > 35_000
    assert done.rates > 13_000
    assert done.read == done.rates
    assert done.lists_known == (".json" in name)


@shared
def test_the_uk_file_is_understood_but_for_its_misprints(tmp_path: Path) -> None:
    path = US.parent / "uk" / "uk_global_tariff_2021-01.csv"

    britain, europe = import_schedule(path, tmp_path)

    assert britain.unread == ()
    assert {one.text for one in europe.unread} == {
        "24 + 4.2 EUR/100 kg",
        "6.4 + 24.6 EUR/100 kg",
        "8.3 + 3.8 EUR/100 kg eda",
    }
