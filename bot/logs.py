"""Logs as JSON lines: ids, topics, tools, outcomes, times. Never a secret, never what was said."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO

_HIDDEN = "[hidden]"
# Secrets by their looks, in case one comes from somewhere that the settings do not know.
_LOOKS = re.compile(
    r"(?<=/bot)\d+:[\w-]+"
    r"|\b\d{6,}:[A-Za-z0-9_-]{30,}"
    r"|(?<=ticket=)[\w%.-]+"
    r"|(?<=session=)[\w%.-]+"
    r"|(?<=access_token=)[\w%.-]+"
)
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_QUIET = ("httpx", "httpcore", "telegram", "aiohttp", "asyncio", "websockets", "dingtalk_stream")


class Redactor(logging.Filter):
    """Takes secrets out of a record, and out of any text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = sorted((s for s in secrets if s), key=len, reverse=True)

    def clean(self, text: str) -> str:
        """The text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return _LOOKS.sub(_HIDDEN, text)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = self.clean(record.getMessage())
        record.args = None
        return True


class JsonLines(logging.Formatter):
    """A record as one line of JSON, with what was given as `extra`."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _USUAL},
        }
        if record.exc_info and record.exc_info[0] is not None:
            # The class and the places, not the text: it may hold an address or what was said.
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _places(record)
        return self._redactor.clean(json.dumps(line, ensure_ascii=False, default=str))


def set_up(secrets: Iterable[str], stream: IO[str] | None = None) -> None:
    """All logs of this process go as JSON lines to `stream` (standard error unless given)."""
    redactor = Redactor(secrets)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(redactor))
    # On the handler too: a logger's filter does not see what its children log.
    handler.addFilter(redactor)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.filters[:] = [redactor]
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _places(record: logging.LogRecord) -> list[str]:
    places = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]
