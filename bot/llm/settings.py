"""Settings of the language model, from the environment and from `.env`."""

from pydantic import Field, SecretStr

from bot.environment import Environment, read_as


class LlmSettings(Environment):
    """What an operator may set. Without `llm_model` no model is used at all."""

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
    return read_as(LlmSettings, "LLM_", likeness=0.85)  # other programs' begin alike
