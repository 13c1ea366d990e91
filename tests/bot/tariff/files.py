"""Small schedule files in the publishers' formats, for tests."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

PLUS = "The duty provided in the applicable subheading + {}%"


def row(htsno: str, indent: int, description: str, **more: Any) -> dict[str, Any]:
    """A row of the JSON export; `note` is the text of a footnote to the general rate."""
    footnotes: Any = [] if htsno else None
    if "note" in more:
        footnotes = [{"columns": ["general"], "value": more.pop("note"), "type": "endnote"}]
    if "desc_note" in more:
        footnotes = [{"columns": ["desc"], "value": more.pop("desc_note"), "type": "endnote"}]
    return {
        "htsno": htsno,
        "indent": str(indent),
        "description": description,
        "superior": None if htsno else "true",
        "units": more.get("units", []),
        "general": more.get("general", ""),
        "special": more.get("special", ""),
        "other": more.get("other", ""),
        "footnotes": footnotes,
        "quotaQuantity": None,
        "additionalDuties": None,
        "addiitionalDuties": None,
    }


ROWS = [
    row("6109", 0, "T-shirts, singlets, tank tops and similar garments, knitted or crocheted:"),
    row("6109.10.00", 1, "Of cotton", general="16.5%", special="Free (AU,SG) 3% (JP)",
        other="90%", note="See 9903.88.15. "),
    row("6109.10.00.04", 2, "T-shirts, all white", units=["doz.", "kg"]),
    row("6109.10.00.12", 2, "Other T-shirts", units=["doz.", "kg"], desc_note="\u00a0See 9903.88.69. "),
    row("6109.90", 1, "Of other textile materials:"),
    row("6109.90.10", 2, "Of man-made fibers", general="32%", note="See  9903.88.15 and U.S. note 3"),
    row("6109.90.10.07", 3, "Men's or boys'", units=["doz."]),
    row("6109.90.80.00", 2, "Other", general="16% ", units=["doz."]),
    row("8517", 0, "Telephone sets:"),
    row("", 1, "Telephones for cellular networks:"),
    row("8517.13.00.00", 2, "Smartphones", general="Free", units=["No."]),
    row("9903.01.24", 0, "Articles the product of China and Hong Kong, as provided for in note 2(u)",
        general=PLUS.format(10)),
    row("9903.88.15", 0, "Articles the product of China, as provided for in U.S. note 20(r)",
        general=PLUS.format("7.5")),
    row("9903.88.69", 0, "Articles the product of China, each covered by an exclusion",
        general="The duty provided in the applicable subheading"),
]  # fmt: skip


def write_json(path: Path, rows: list[dict[str, Any]] | None = None) -> Path:
    """A JSON export, gzip when the name ends so."""
    text = json.dumps(ROWS if rows is None else rows, indent=1, ensure_ascii=False)
    packed = gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode()
    path.write_bytes(packed)
    return path


HEADER = [
    "HTS Number", "Indent", "Description", "Unit of Quantity", "General Rate of Duty",
    "Special Rate of Duty", "Column 2 Rate of Duty", "Quota Quantity", "Additional Duties",
]  # fmt: skip


def write_csv(path: Path, rows: list[list[str]] | None = None) -> Path:
    """A CSV export: byte order mark, all quoted, tags in the text, a line break in a field."""
    lines = rows or [
        ["6109", "0", "T-shirts,\nknitted:", "", "", "", "", "", ""],
        ["6109.10.00", "1", "Of <il>cotton</il>", "", "16.5%", "", "90%", "", ""],
        ["6109.10.00.04", "2", "White", '["doz.","<u>kg<\\/u>"]', "", "", "", "", ""],
        ["6109.90.10.00", "1", "Of man-made fibers", '["m<sup>2<\\/sup>"]', "32%", "", "", "", ""],
    ]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([HEADER, *lines])
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())
    return path


def write_uk(path: Path, rates: tuple[str, str] = ("12.0%", "12.0%")) -> Path:
    """A UK tariff file of three commodities."""
    path.write_text(
        "commodity,description,cet_duty_rate,ukgt_duty_rate,change\n"
        f"61091000,\"T-shirts, of cotton\",{rates[0]},{rates[1]},No change\n"
        "0203111000,Carcases of domestic swine,53.60 EUR / 100 kg,44.00 GBP/100kg,Currency\n"
        "0203119000,Other carcases,0.0%,0.0%,No change\n",
        encoding="utf-8",
    )  # fmt: skip
    return path
