"""Calls the model by langchain, with a deadline over everything, and no trace to anybody."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from bot.llm.errors import LlmError, Trouble
from bot.llm.settings import LlmSettings

_OPENAI = "https://api.openai.com/v1"
_TRIES = 2
_LONGEST = 20_000  # characters of a reply that are looked at
_TROUBLE: dict[int, Trouble] = {401: "denied", 403: "denied", 404: "denied", 429: "limited"}


@dataclass(frozen=True, slots=True)
class Completion:
    """A model's text, and the tokens that it took (0 where the provider does not tell)."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


class Provider(Protocol):
    """Something that completes."""

    def complete(self, system: str, user: str) -> Completion:
        """The text for a system and a user message; LlmError where there is none in time."""


class LangchainProvider:
    """A chat model of langchain's `init_chat_model`; loaded at the first call."""

    def __init__(self, settings: LlmSettings) -> None:
        if settings.llm_model is None:
            raise ValueError("no model is configured")
        self._settings = settings
        self._slots = threading.BoundedSemaphore(settings.llm_max_concurrency)
        self._lock = threading.Lock()
        self._model: Any = None

    def complete(self, system: str, user: str) -> Completion:
        """One completion within the timeout, with a second try where that can help."""
        until = time.monotonic() + self._settings.llm_timeout
        for attempt in range(1, _TRIES + 1):
            try:
                return self._within(until, lambda: self._call(system, user))
            except LlmError as error:
                wait = 0.2 if error.retry_after is None else error.retry_after
                hopeless = error.trouble in ("denied", "timeout", "busy", "garbled", "empty")
                if attempt == _TRIES or hopeless or time.monotonic() + wait + 0.2 > until:
                    raise
                time.sleep(wait)
        raise LlmError("failed")

    def _within(self, until: float, work: Callable[[], Completion]) -> Completion:
        """The work's result, or `timeout`; work that hangs keeps its slot until it ends."""
        if not self._slots.acquire(blocking=False):
            raise LlmError("busy")
        done: queue.SimpleQueue[Completion | LlmError] = queue.SimpleQueue()

        def run() -> None:
            try:
                done.put(work())
            except LlmError as error:
                done.put(error)
            finally:
                self._slots.release()

        threading.Thread(target=run, name="llm", daemon=True).start()
        try:
            result = done.get(timeout=max(until - time.monotonic(), 0.01))
        except queue.Empty:
            raise LlmError("timeout") from None
        if isinstance(result, LlmError):
            raise result
        return result

    def _call(self, system: str, user: str) -> Completion:
        from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415  (heavy)
        from langsmith import tracing_context  # noqa: PLC0415

        # Variables set for another program must not send sellers' facts to a tracing service.
        with tracing_context(enabled=False):
            try:
                message = self._loaded().invoke(
                    [SystemMessage(system), HumanMessage(user)], config={"callbacks": []}
                )
            except Exception as error:  # providers raise their own kinds, all mean: no text
                raise _as_trouble(error) from None
        text = message.content if isinstance(message.content, str) else message.text
        if not isinstance(text, str) or not text.strip():
            raise LlmError("empty")
        usage = message.usage_metadata or {}
        return Completion(
            text[:_LONGEST], int(usage.get("input_tokens", 0)), int(usage.get("output_tokens", 0))
        )

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = make_model(self._settings)
            return self._model


def make_model(settings: LlmSettings) -> Any:
    """The langchain chat model of the settings. ImportError names the package that is missing."""
    from langchain.chat_models import init_chat_model  # noqa: PLC0415  (late: heavy)

    name = settings.llm_model or ""
    more: dict[str, Any] = {}
    if settings.llm_api_key is not None:
        more["api_key"] = settings.llm_api_key.get_secret_value()
    if settings.llm_base_url:
        more["base_url"] = settings.llm_base_url
    if ":" not in name or name.startswith("openai:"):
        from bot.llm.transport import bounded_client  # noqa: PLC0415

        name = name if ":" in name else f"openai:{name}"
        # A local server asks for no key, but the client wants one; an address left open would be
        # taken from whatever OPENAI_BASE_URL says.
        more = {"api_key": "none", "base_url": _OPENAI, **more}
        more["http_client"] = bounded_client(settings.llm_timeout)
        more["max_tokens"] = 2000
        more["use_responses_api"] = False
    return init_chat_model(name, temperature=0, timeout=settings.llm_timeout, max_retries=0, **more)


def _as_trouble(error: Exception) -> LlmError:
    """The kind of trouble, by status and type; never the message, which may hold a key."""
    status = getattr(error, "status_code", None)
    name = type(error).__name__
    if isinstance(status, int):
        return LlmError(_TROUBLE.get(status, "failed"), _retry_after(error))
    if "Timeout" in name:
        return LlmError("timeout")
    if "Connection" in name or isinstance(error, OSError):
        return LlmError("refused")
    if isinstance(error, ImportError):
        return LlmError("denied")
    return LlmError("garbled")


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    try:
        return float(headers["retry-after"]) if headers and "retry-after" in headers else None
    except ValueError:
        return None
