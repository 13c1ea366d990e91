"""Settings of the language model, from the environment and from `.env`."""

import difflib
import os
from collections.abc import Iterable

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings import ENV_FILE, SettingsError

_OURS = "LLM_"


class LlmSettings(BaseSettings):
    """What an operator may set. Without `llm_model` no model is used at all."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    llm_model: str | None = Field(
        default=None,
        min_length=1,
        description="write provider:model, for example openai:qwen-plus, or leave it out",
    )
    llm_base_url: str | None = Field(
        default=None,
        pattern=r"^https?://\S+$",
        description="write the provider's address, for example https://host/v1, or leave it out",
    )
    llm_api_key: SecretStr | None = Field(
        default=None, description="write the provider's key, or leave it out for a local model"
    )
    llm_timeout: float = Field(
        default=8, gt=0, le=120, description="write seconds up to 120: a deadline over all tries"
    )
    llm_max_concurrency: int = Field(
        default=4, ge=1, le=64, description="write how many calls may run at once, 1 to 64"
    )
    llm_daily_tokens: int = Field(
        default=0, ge=0, description="write how many tokens a day may be spent, 0 for any number"
    )
    llm_mark: str = Field(
        default="",
        max_length=40,
        description="write a short mark for replies that a model phrased, up to 40 characters",
    )
    llm_sees_questions: bool = Field(
        default=False,
        description="write 1 to let the model read questions that nobody else understood, else 0",
    )

    def secrets(self) -> tuple[str, ...]:
        """What must not stand in a log."""
        return () if self.llm_api_key is None else (self.llm_api_key.get_secret_value(),)


def read_llm_settings() -> LlmSettings:
    """The settings of this process; SettingsError names what is wrong, never a value."""
    faults = [*_misspelt(sorted(os.environ), LlmSettings.model_fields)]
    try:
        settings = LlmSettings()
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors(include_input=False)}
        faults += [
            f"{name.upper()} cannot be used: {field.description}"
            for name, field in LlmSettings.model_fields.items()
            if name in wrong
        ]
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _misspelt(names: Iterable[str], fields: Iterable[str]) -> Iterable[str]:
    """Names that are nearly ours; those of other programs that begin alike are left alone."""
    known = [name.upper() for name in fields]
    for name in names:
        if name.upper().startswith(_OURS) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.85)
            if near:
                yield f"{name} is no setting: remove it, or did you mean {near[0]}?"
