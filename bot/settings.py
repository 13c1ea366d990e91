"""Settings from the environment and from `.env`: all optional, all named SELLER_BOT_*."""

import difflib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.moments import parse_moment
from handlers.language import Language

PREFIX = "SELLER_BOT_"
ENV_FILE = ".env"


class SettingsError(Exception):
    """Settings that cannot be used; the message names each with its remedy, never its value."""


class Settings(BaseSettings):
    """What an operator may set. Each field's description is what an error tells as remedy."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    as_of: datetime | None = Field(
        default=None,
        description="write a date or time like 2021-04-22T10:00, or leave it out to answer as of now",
    )
    language: Language | None = Field(
        default=None,
        description="write zh, zh-Hant or en, or leave it out to reply in the question's language",
    )
    knowledge: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description=f"name folders that exist, separated by {os.pathsep!r}",
    )
    data: Path | None = Field(
        default=None,
        description="name a folder that can be written, or leave it out for the user's data folder",
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
    faults: list[str] = []
    try:
        names = {*os.environ, *dotenv_values(ENV_FILE, encoding="utf-8")}
        faults += _misspelt(sorted(names), Settings.model_fields)
        settings = Settings()
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors(include_input=False)}
        faults += [
            f"{PREFIX}{name.upper()} cannot be used: {Settings.model_fields[name].description}"
            for name in Settings.model_fields
            if name in wrong
        ]
    except UnicodeDecodeError:
        faults.append(f"{ENV_FILE} is not UTF-8 text: save it as UTF-8")
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _misspelt(names: Iterable[str], fields: Iterable[str]) -> Iterable[str]:
    """A setting that nothing reads would look as if it were obeyed."""
    known = [f"{PREFIX}{name.upper()}" for name in fields]
    for name in names:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.0)
            yield f"{name} is no setting: remove it, or did you mean {near[0]}?"
