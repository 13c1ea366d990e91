"""The served bot as users run it: a process of its own, with nothing of our environment."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

SETTINGS = (
    "SELLER_BOT_", "TELEGRAM_", "DINGTALK_", "HTTP_", "SUPPORT_", "PERSON_", "RETENTION_", "LLM_",
)  # fmt: skip


def environment(folder: Path, **more: str) -> dict[str, str]:
    """No settings but those given; data in the folder, any free port."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    return {**kept, "SELLER_BOT_DATA": str(folder), "HTTP_PORT": "0", **more}


async def serve(env: dict[str, str], errors: int = DEVNULL) -> Process:
    """`seller-bot run`, just started."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, stderr=errors
    )


async def command(*words: str, env: dict[str, str]) -> tuple[int, str, str]:
    """Status, output and errors of a finished command."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, env=env, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()
