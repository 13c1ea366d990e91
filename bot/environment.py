"""Reads the settings from the environment and `.env`, and names what cannot be used."""

import difflib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.settings import ENV_FILE, PREFIX, Settings, SettingsError


class FromEnvironment(BaseSettings, Settings):
    """The settings, filled from the environment and, behind it, `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    knowledge: Annotated[tuple[Path, ...], NoDecode] = ()


def read() -> Settings:
    """The settings of this process; SettingsError names what is wrong and how to put it right."""
    faults: list[str] = []
    try:
        names = {*os.environ, *dotenv_values(ENV_FILE, encoding="utf-8")}
        faults += _misspelt(sorted(names), Settings.model_fields)
        settings = FromEnvironment()
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors(include_input=False)}
        faults += [
            f"{PREFIX}{name.upper()} cannot be used: {field.description}"
            for name, field in Settings.model_fields.items()
            if name in wrong
        ]
    except UnicodeDecodeError:
        faults.append(f"{ENV_FILE} is not UTF-8 text: save it as UTF-8")
    if faults:
        raise SettingsError("\n".join(faults))
    return Settings(**{name: getattr(settings, name) for name in Settings.model_fields})


def _misspelt(names: Iterable[str], fields: Iterable[str]) -> Iterable[str]:
    """A setting that nothing reads would look as if it were obeyed."""
    known = [f"{PREFIX}{name.upper()}" for name in fields]
    for name in names:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.0)
            yield f"{name} is no setting: remove it, or did you mean {near[0]}?"
