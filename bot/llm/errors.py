"""Why a model's help could not be had."""

from typing import Literal

Trouble = Literal["timeout", "refused", "denied", "limited", "failed", "empty", "busy", "garbled"]


class LlmError(Exception):
    """A call without a usable text. `trouble` is from a fixed list; nothing secret is in it."""

    def __init__(self, trouble: Trouble, retry_after: float | None = None) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble
        self.retry_after = retry_after
