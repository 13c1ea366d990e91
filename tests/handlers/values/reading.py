"""Short forms of values for the tables, and the time at which the tables are read."""

from datetime import datetime

from handlers.values import Value, find_values, to_record

NOW = datetime.fromisoformat("2021-04-22T10:00:00+08:00")  # a Thursday


def short(value: Value) -> str:
    """`money 35000 USD`, `count 10..30 piece`, `date 2021-05-10`, with the bound at the end."""
    record = to_record(value)
    number = record.get("value") or f"{record['from']}..{record['to']}"
    if record.get("from") == record.get("to") and "from" in record:
        number = record["from"]
    named = record.get("unit") or record.get("currency")
    return " ".join(str(part) for part in (value.kind, number, named, value.bound) if part)


def read(text: str, **units: str) -> list[str]:
    """All values of the text in their short forms."""
    return [short(value) for value in find_values(text, NOW, units)]
