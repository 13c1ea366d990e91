"""Reader of the UK Global Tariff file; its second rate column is the EU's third-country duty."""

import csv
from collections.abc import Callable, Iterator
from typing import TextIO

from bot.tariff.rows import ImportFailed, Row

COLUMNS = {"GB": "ukgt_duty_rate", "EU": "cet_duty_rate"}


def rows_for(destination: str) -> Callable[[TextIO], Iterator[Row]]:
    """A reader of the column of one destination, "GB" or "EU"."""
    column = COLUMNS[destination]

    def read(stream: TextIO) -> Iterator[Row]:
        reader = csv.DictReader(stream)
        reader.fieldnames = [name.lstrip("\ufeff") for name in reader.fieldnames or ()]
        if not {"commodity", "description", column} <= set(reader.fieldnames):
            raise ImportFailed("row 1: not the header of the UK tariff file")
        for at, item in enumerate(reader, start=2):
            code = (item["commodity"] or "").strip()
            if not (code.isdigit() and len(code) in (8, 10)):
                raise ImportFailed(
                    f"row {at}: not a commodity code: {code!r}; a spreadsheet may have dropped "
                    "the leading zero"
                )
            # the file is flat: no row stands under another
            yield Row(code, 0, " ".join(item["description"].split()), general=item[column] or "")

    return read
