"""Runs the command line as users do: in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).parents[2]
ELSEWHERE = ROOT / "tests"  # has no .env
COMMAND = (sys.executable, "-P", "-m", "bot")  # -P: no module of the folder it runs in


def environment(settings: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """This process's environment without settings of its own, with those given."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SELLER_BOT_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**kept, "PYTHONPATH": str(ROOT), **settings}


def seller_bot(
    *arguments: str,
    given: str | bytes = b"",
    folder: Path = ELSEWHERE,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.CompletedProcess[str]:
    """The finished command; `given` is its standard input, `folder` where it runs."""
    data = given.encode("utf-8") if isinstance(given, str) else given
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=data, capture_output=True, check=False, env=environment(settings),
        cwd=folder, timeout=120,
    )  # fmt: skip
    output, errors = (stream.decode("utf-8") for stream in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, output, errors)


def records(output: str) -> list[dict[str, Any]]:
    """The JSON objects of the output, one a line."""
    return [json.loads(line) for line in output.split("\n") if line]
