"""Settings of the channels and of what serves them, from the environment and from `.env`."""

import re
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from bot.environment import Environment, read_as

_SECRET = r"^[A-Za-z0-9_-]{1,256}$"
_TOKEN = r"^[0-9]+:[A-Za-z0-9_-]{10,}$"
_HOST = r"^(https?://)?(\*\.)?[A-Za-z0-9.-]+(:[0-9]+)?$"


class ChannelSettings(Environment):
    """What an operator may set of the channels."""

    http_host: str = Field(
        default="127.0.0.1", description="write the address to listen on, for example 127.0.0.1"
    )
    http_port: int = Field(
        default=8080, ge=0, le=65535, description="write a port from 1 to 65535, or 0 for any"
    )
    telegram_bot_token: SecretStr | None = Field(
        default=None,
        description="write the token that @BotFather gave, like 123456:ABC-DEF, or leave it out",
    )
    telegram_api_base: str = Field(
        default="https://api.telegram.org",
        description="write the server's address without /bot, for example http://127.0.0.1:8081",
    )
    telegram_webhook_url: str | None = Field(
        default=None,
        description="write the https address that reaches this server, with a path of its own,"
        " or leave it out to poll",
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None,
        description="write 1 to 256 letters, digits, _ or -; it is needed with"
        " TELEGRAM_WEBHOOK_URL",
    )
    telegram_rate_total: float = Field(
        default=30, ge=0, description="write how many messages a second in all, 0 for no limit"
    )
    telegram_rate_chat: float = Field(
        default=1, ge=0, description="write how many messages a second to a chat, 0 for no limit"
    )
    telegram_rate_group: float = Field(
        default=20, ge=0, description="write how many messages a minute to a group, 0 for no limit"
    )
    dingtalk_client_id: str | None = Field(
        default=None,
        description="write the Client ID (AppKey) of the app at open.dingtalk.com, together with"
        " DINGTALK_CLIENT_SECRET, or leave both out",
    )
    dingtalk_client_secret: SecretStr | None = Field(
        default=None,
        description="write the Client Secret (AppSecret) of the app, together with"
        " DINGTALK_CLIENT_ID, or leave both out",
    )
    dingtalk_robot_secret: SecretStr | None = Field(
        default=None,
        description="write the secret with which DingTalk signs what it posts to a robot, or leave"
        " it out where messages come by stream",
    )
    dingtalk_openapi_endpoint: str = Field(
        default="https://api.dingtalk.com",
        description="write the address of the OpenAPI, for example https://api.dingtalk.com",
    )
    dingtalk_allowed_webhook_hosts: frozenset[str] = Field(
        default=frozenset({"dingtalk.com", "*.dingtalk.com"}),
        description="write the hosts that replies may be posted to, separated by commas, like"
        " *.dingtalk.com; https is meant unless http:// stands before",
    )
    dingtalk_rate_group: float = Field(
        default=20, ge=0, description="write how many messages a minute to a group, 0 for no limit"
    )
    support_staff: frozenset[str] = Field(
        default=frozenset(),
        description="write the ids of the support staff, separated by commas",
    )
    person_rate: int = Field(
        default=30,
        ge=0,
        description="write how many messages a minute a person may send, 0 for no limit",
    )
    retention_days: int = Field(
        default=90,
        ge=0,
        description="write for how many days answers are kept, 0 to keep them until /forget",
    )

    @field_validator("support_staff", "dingtalk_allowed_webhook_hosts", mode="before")
    @classmethod
    def split_ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return frozenset(name.strip() for name in value.split(",") if name.strip())

    @field_validator("telegram_bot_token")
    @classmethod
    def is_token(cls, value: SecretStr | None) -> SecretStr | None:
        return _matching(value, _TOKEN)

    @field_validator("telegram_webhook_secret")
    @classmethod
    def is_secret(cls, value: SecretStr | None) -> SecretStr | None:
        return _matching(value, _SECRET)

    @field_validator("dingtalk_allowed_webhook_hosts")
    @classmethod
    def are_hosts(cls, value: frozenset[str]) -> frozenset[str]:
        if not all(re.match(_HOST, host) for host in value):
            raise ValueError("no host")
        return frozenset(host.lower() for host in value)

    @field_validator("telegram_api_base", "telegram_webhook_url", "dingtalk_openapi_endpoint")
    @classmethod
    def is_address(cls, value: str | None) -> str | None:
        if value is not None:
            parts = urlsplit(value)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError("no address")
        return value if value is None else value.rstrip("/")

    @model_validator(mode="after")
    def webhook_is_whole(self) -> Self:
        if self.telegram_webhook_url is None:
            return self
        if urlsplit(self.telegram_webhook_url).path in ("", "/"):
            raise ValueError("TELEGRAM_WEBHOOK_URL")
        if self.telegram_webhook_secret is None:
            raise ValueError("TELEGRAM_WEBHOOK_SECRET")
        return self

    @model_validator(mode="after")
    def dingtalk_app_is_whole(self) -> Self:
        if self.dingtalk_client_id and self.dingtalk_client_secret is None:
            raise ValueError("DINGTALK_CLIENT_SECRET")
        if self.dingtalk_client_secret is not None and not self.dingtalk_client_id:
            raise ValueError("DINGTALK_CLIENT_ID")
        return self

    def channels(self) -> tuple[str, ...]:
        """The channels that are configured."""
        found = []
        if self.telegram_bot_token is not None:
            found.append("telegram")
        if self.dingtalk_client_id or self.dingtalk_robot_secret is not None:
            found.append("dingtalk")
        return tuple(found)

    def secrets(self) -> tuple[str, ...]:
        """What may stand in no log and in no reply."""
        kept = (
            self.telegram_bot_token,
            self.telegram_webhook_secret,
            self.dingtalk_client_secret,
            self.dingtalk_robot_secret,
        )
        return tuple(secret.get_secret_value() for secret in kept if secret is not None)


def read_channel_settings() -> ChannelSettings:
    """The settings; SettingsError names what is wrong and how to put it right, never a value."""
    return read_as(ChannelSettings, "TELEGRAM_", "DINGTALK_")


def _matching(value: SecretStr | None, pattern: str) -> SecretStr | None:
    if value is not None and not re.match(pattern, value.get_secret_value()):
        raise ValueError("not of the form")
    return value
