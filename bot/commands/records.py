"""Records in and out: one JSON object a line."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

_SURROGATE = re.compile("[\ud800-\udfff]")
Answer = Callable[[Mapping[str, Any]], dict[str, Any]]


class LineError(Exception):
    """A line that is not valid; the message says what is wrong."""


def write(record: Mapping[str, Any]) -> None:
    """The record as a line of standard output, flushed."""
    text = json.dumps(record, ensure_ascii=False)
    # Half a surrogate pair is no UTF-8; with a backslash it is the JSON escape of the same.
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
    sys.stdout.flush()


def readable(text: str) -> str:
    """The text without halves of surrogate pairs, each character where it was."""
    return _SURROGATE.sub("\ufffd", text)


def answer_lines(source: BinaryIO, answer: Answer) -> int:
    """Answer each line of the source by a record with its id; the status is 1 after any fault.

    `answer` raises LineError for a line that is not valid. A fault of the program is told in the
    record of its line too, so that the lines behind it are still answered.
    """
    status = 0
    for number, line in enumerate(_lines(source), start=1):
        given: Any = None
        try:
            record = _record(line)
            given = record.get("id")
            if not isinstance(given, str):
                raise LineError("`id` must be a string" if "id" in record else "`id` is missing")
            write({"id": given, **answer(record)})
        except LineError as error:
            status = 1
            write({"id": given, "error": str(error)})
        except (BrokenPipeError, KeyboardInterrupt):
            raise
        except Exception as error:
            status = 1
            fault = type(error).__name__
            print(
                f"seller-bot: record {number} met a fault of the program: {fault}", file=sys.stderr
            )
            write({"id": given, "error": f"a fault of the program ({fault}); please report it"})
    return status


def text_of(record: Mapping[str, Any], key: str) -> str:
    """The string under the key; LineError where there is none."""
    value = record.get(key)
    if not isinstance(value, str):
        raise LineError(f"`{key}` must be a string" if key in record else f"`{key}` is missing")
    return value


def _lines(source: BinaryIO) -> Iterator[bytes]:
    for line in source:
        if line.strip():
            yield line


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LineError("the line is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise LineError("the line is not JSON") from None
    if not isinstance(record, dict):
        raise LineError("the line is not a JSON object")
    return record
