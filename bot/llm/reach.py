"""Whether the configured model answers, for `seller-bot doctor`."""

import time

from bot.llm.client import LangchainProvider
from bot.llm.errors import LlmError
from bot.llm.settings import LlmSettings

REMEDIES = {
    "timeout": "no reply within LLM_TIMEOUT: raise it, or choose a faster model",
    "refused": "cannot be reached: check LLM_BASE_URL and the network",
    "denied": "refuses: check LLM_API_KEY, LLM_MODEL, and that its package is installed",
    "limited": "has no quota left (429): wait, or raise the quota at the provider",
    "failed": "fails (5xx): the provider's side, try again later",
    "empty": "answers with no text: choose another model",
    "busy": "is busy with other calls: raise LLM_MAX_CONCURRENCY",
    "garbled": "answers with something that is no completion: check LLM_BASE_URL",
}


def reach(settings: LlmSettings) -> tuple[bool, str]:
    """One call of the model: whether it answered, and in plain words how or why not."""
    began = time.monotonic()
    try:
        LangchainProvider(settings).complete("Answer with the word OK.", "OK?")
    except LlmError as error:
        return False, f"{settings.llm_model} {REMEDIES[error.trouble]}"
    return True, f"{settings.llm_model} answered in {time.monotonic() - began:.1f} s"
