"""Importing a file and looking at what is there then."""

from datetime import date
from pathlib import Path

from bot.tariff.importing import ImportReport, import_schedule
from bot.tariff.tables import open_table
from tools.tariff.table import Edition, TariffLine, TariffTable

JANUARY = date(2025, 1, 1)


def load(path: Path, folder: Path, starts: date = JANUARY) -> ImportReport:
    return import_schedule(path, folder, edition="Edition", starts=starts)[0]


def loaded(folder: Path, destination: str = "US") -> tuple[TariffTable, Edition]:
    table = open_table(folder)
    (edition,) = [one for one in table.editions(destination) if one.complete]
    return table, edition


def line(folder: Path, code: str, destination: str = "US") -> TariffLine:
    table, edition = loaded(folder, destination)
    found = table.line(edition, code)
    assert found is not None
    return found
