"""Readers of the two exports that the US International Trade Commission publishes."""

import csv
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, TextIO

from bot.tariff.rows import ImportFailed, Row

_HEADING = re.compile(r"(?<!\d)99\d\d\.\d\d\.\d\d(?!\d)")
_NUMBER = re.compile(r"\d{4}(?:\.\d{2}(?:\.\d{2}(?:\.\d{2})?)?)?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_CHUNK = 1 << 18
CSV_HEADER = (
    "HTS Number",
    "Indent",
    "Description",
    "Unit of Quantity",
    "General Rate of Duty",
    "Special Rate of Duty",
    "Column 2 Rate of Duty",
    "Quota Quantity",
    "Additional Duties",
)


def json_rows(stream: TextIO) -> Iterator[Row]:
    """Rows of the JSON export, read piece by piece. Raises ImportFailed on anything odd."""
    for at, item in enumerate(_objects(stream), start=1):
        try:
            yield _from_json(item)
        except (KeyError, TypeError, ValueError) as error:
            raise ImportFailed(f"row {at}: {_problem(error)}") from error


def csv_rows(stream: TextIO) -> Iterator[Row]:
    """Rows of the CSV export; the stream must be opened with newline=''."""
    reader = csv.DictReader(stream)
    header = tuple(name.lstrip("\ufeff") for name in reader.fieldnames or ())
    if header != CSV_HEADER:
        raise ImportFailed(f"row 1: not the header of the CSV export: {', '.join(header)[:80]}")
    reader.fieldnames = list(header)
    for at, item in enumerate(reader, start=2):
        try:
            yield _from_csv(item)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ImportFailed(f"row {at}: {_problem(error)}") from error


def _problem(error: Exception) -> str:
    return f"no field {error}" if isinstance(error, KeyError) else str(error)


def _objects(stream: TextIO) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    text = stream.read(_CHUNK).lstrip("\ufeff \t\r\n")
    if not text.startswith("["):
        raise ImportFailed("the file is not a JSON list")
    at, count = 1, 0
    while True:
        at = _skip(text, at)
        if at < len(text) and text[at] == "]":
            return
        try:
            item, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            more = stream.read(_CHUNK)
            if not more:
                raise ImportFailed(f"the file breaks off or is damaged after row {count}") from None
            text, at = text[at:] + more, 0
            continue
        if not isinstance(item, dict):
            raise ImportFailed(f"row {count + 1}: not an object")
        count += 1
        yield item
        at = end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in ", \t\r\n":
        at += 1
    return at


def _from_json(item: dict[str, Any]) -> Row:
    headings: list[str] = []
    measures: list[str] = []
    for footnote in item["footnotes"] or ():
        found = _HEADING.findall(footnote["value"])
        (headings if "general" in footnote["columns"] else measures).extend(found)
    return Row(
        code=_code(item["htsno"]),
        indent=int(item["indent"]),
        description=text_of(item["description"]),
        units=tuple(unit for text in item["units"] if (unit := text_of(text))),
        general=text_of(item["general"]),
        special=text_of(item["special"]),
        other=text_of(item["other"]),
        additional=text_of(item["additionalDuties"] or ""),
        headings=tuple(dict.fromkeys(headings)),
        measures=tuple(dict.fromkeys(measures)),
    )


def _from_csv(item: dict[str, str]) -> Row:
    return Row(
        code=_code(item["HTS Number"]),
        indent=int(item["Indent"]),
        description=text_of(item["Description"]),
        units=_csv_units(item["Unit of Quantity"]),
        general=text_of(item["General Rate of Duty"]),
        special=text_of(item["Special Rate of Duty"]),
        other=text_of(item["Column 2 Rate of Duty"]),
        additional=text_of(item["Additional Duties"]),
    )


def _csv_units(text: str) -> tuple[str, ...]:
    if not text.strip():
        return ()
    listed = json.loads(text) if text.lstrip().startswith("[") else text.split(",")
    return tuple(unit for one in listed if (unit := text_of(str(one))))


def _code(number: str) -> str:
    number = number.strip()
    if number and not _NUMBER.fullmatch(number):
        hint = "; a spreadsheet may have dropped the leading zero" if number[:1].isdigit() else ""
        raise ValueError(f"not an HTS number: {number!r}{hint}")
    return number.replace(".", "")


def text_of(text: str) -> str:
    """Text without tags and odd blanks. A tag that is a line break leaves a blank."""
    if "<" in text:
        text = _TAG.sub("", re.sub(r"<(?:br|newline)\s*/?>", " ", text))
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())
