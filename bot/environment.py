"""Reads settings from the environment and `.env`, and names what cannot be used."""

import difflib
import os
from collections.abc import Iterable, Iterator
from typing import TypeVar

from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings import ENV_FILE, PREFIX, Settings, SettingsError


class Environment(BaseSettings):
    """Settings filled from the environment and, behind it, `.env`.

    Each field's description is what an error tells as remedy.
    """

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        enable_decoding=False,  # lists are written as people write them, not as JSON
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )


class FromEnvironment(Settings, Environment):
    """The settings of every command."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)


S = TypeVar("S", bound=Environment)


def read() -> Settings:
    """The settings of this process; SettingsError names what is wrong and how to put it right."""
    settings = read_as(FromEnvironment, PREFIX)
    return Settings(**{name: getattr(settings, name) for name in Settings.model_fields})


def read_as(kind: type[S], *ours: str, likeness: float = 0.0) -> S:
    """Settings of a kind; SettingsError names what is wrong and how to put it right, no value.

    Names that begin with one of `ours` must be settings. Where other programs have such names too,
    `likeness` (0 to 1) is from where on a name is taken for a misspelt one of ours.
    """
    prefix = kind.model_config.get("env_prefix", "")
    remedies = {
        f"{prefix}{name}".upper(): field.description for name, field in kind.model_fields.items()
    }
    faults: list[str] = []
    try:
        names = {*os.environ, *dotenv_values(ENV_FILE, encoding="utf-8")}
        given = sorted(name for name in names if name.upper().startswith(ours))
        faults += _misspelt(given, list(remedies), likeness)
        settings = kind()
    except ValidationError as error:
        wrong = {f"{prefix}{field}".upper() for field in _fields_in(error)}
        faults += [
            f"{name} cannot be used: {remedy}" for name, remedy in remedies.items() if name in wrong
        ]
    except UnicodeDecodeError:
        faults.append(f"{ENV_FILE} is not UTF-8 text: save it as UTF-8")
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _fields_in(error: ValidationError) -> Iterator[str]:
    """The fields at fault; one that is wrong beside another is the text of a validator's error."""
    for fault in error.errors(include_input=False, include_url=False):
        yield str(fault["loc"][0]) if fault["loc"] else str(fault["ctx"]["error"])


def _misspelt(given: Iterable[str], known: list[str], likeness: float) -> Iterator[str]:
    """A setting that nothing reads would look as if it were obeyed."""
    for name in given:
        near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=likeness)
        if name.upper() not in known and near:
            yield f"{name} is no setting: remove it, or did you mean {near[0]}?"
