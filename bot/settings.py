"""Settings from the environment and from `.env`: all optional, all named SELLER_BOT_*."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.moments import parse_moment
from handlers.language import Language

PREFIX = "SELLER_BOT_"
ENV_FILE = ".env"


class SettingsError(Exception):
    """Settings that cannot be used; the message names each with its remedy, never its value."""


class Settings(BaseModel):
    """What an operator may set. Each field's description is what an error tells as remedy."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    as_of: datetime | None = Field(
        default=None,
        description="write a date or time like 2021-04-22T10:00, or leave it out to answer as of now",
    )
    language: Language | None = Field(
        default=None,
        description="write zh, zh-Hant or en, or leave it out to reply in the question's language",
    )
    knowledge: tuple[Path, ...] = Field(
        default=(),
        description=f"name folders that exist, separated by {os.pathsep!r}",
    )
    data: Path | None = Field(
        default=None,
        description="name a folder that can be written, or leave it out for the user's data folder",
    )
    cache: Path | None = Field(
        default=None,
        description="name a folder that can be written, or leave it out for the user's cache folder",
    )

    @field_validator("as_of", mode="before")
    @classmethod
    def read_moment(cls, value: Any) -> Any:
        return parse_moment(value) if isinstance(value, str) else value

    @field_validator("knowledge", mode="before")
    @classmethod
    def split_folders(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return tuple(Path(name).expanduser() for name in value.split(os.pathsep) if name.strip())

    @field_validator("knowledge")
    @classmethod
    def folders_exist(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        if any(not folder.is_dir() for folder in value):
            raise ValueError("a folder does not exist")
        return value


def read_settings() -> Settings:
    """The settings of this process; SettingsError names what is wrong and how to put it right."""
    if (
        not any(name.upper().startswith(PREFIX) for name in os.environ)
        and not Path(ENV_FILE).exists()
    ):
        return Settings()
    from bot.environment import read  # noqa: PLC0415  (late: most runs set nothing, and it is slow)

    return read()
