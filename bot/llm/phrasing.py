"""Rewords a reply by a model, where that is allowed, possible in time, and changes no fact."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from bot.llm import prompts
from bot.llm.breaker import Breaker
from bot.llm.client import Provider
from bot.llm.counts import Counts
from bot.llm.errors import LlmError
from bot.llm.guard import Guard
from bot.llm.masking import Masked, mask
from bot.llm.store import LlmStore
from handlers.reply import Reply

_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator allows. `daily_tokens` is 0 for any number; `today` names the day."""

    model: str
    daily_tokens: int
    mark: str
    today: Callable[[], date]


class Phraser:
    """Rewords replies. It never raises: what cannot be had is the template, unchanged."""

    def __init__(
        self,
        provider: Provider,
        names: Collection[str],
        store: LlmStore,
        breaker: Breaker,
        limits: Limits,
        counts: Counts,
    ) -> None:
        self._provider, self._store, self._breaker = provider, store, breaker
        self._limits, self.counts = limits, counts
        self._guard = Guard(names)
        self._refused: OrderedDict[str, None] = OrderedDict()
        counts.watch(breaker)

    def phrase(self, reply: Reply) -> Reply:
        """The reply in other words, or as it is."""
        if why := self._why_not(reply):
            self.counts.skipped.labels(why).inc()
            return reply
        masked = mask(reply, self._guard.names)
        if not masked.worth_rewording:
            self.counts.skipped.labels("short").inc()
            return reply
        key = self._key(masked, reply)
        if key in self._refused:
            self.counts.skipped.labels("refused before").inc()
            return reply
        kept = self._store.phrasing(key)
        self.counts.cache.labels("miss" if kept is None else "hit").inc()
        phrasing = kept if kept is not None else self._ask(masked, reply)
        if phrasing is None:
            return reply
        text = self._checked(masked, phrasing, reply)
        if text is None:
            self._remember_refused(key)
            return reply
        if kept is None:
            self._store.keep(key, phrasing)
        return self._with(reply, text)

    def may_call(self) -> str | None:
        """None where a call may be made, else why not: off, budget, open."""
        if self._store.off:
            return "off"
        spent = self._limits.daily_tokens and self._store.spent(self._limits.today())
        if spent and spent >= self._limits.daily_tokens:
            return "budget"
        return None if self._breaker.allows() else "open"

    def complete(self, system: str, user: str) -> str | None:
        """One call, counted, paid and watched by the breaker; None for no text.

        Ask `may_call` first: a call that the breaker was asked for must be made.
        """
        try:
            completion = self._provider.complete(system, user)
        except LlmError as error:
            self.counts.calls.labels(error.trouble).inc()
            if error.trouble == "busy":
                self._breaker.released()
            else:
                self._breaker.failed()
            return None
        self._breaker.succeeded()
        self.counts.calls.labels("ok").inc()
        self.counts.tokens.labels("in").inc(completion.tokens_in)
        self.counts.tokens.labels("out").inc(completion.tokens_out)
        self._store.spend(self._limits.today(), completion.tokens_in + completion.tokens_out)
        return completion.text.strip()

    def _why_not(self, reply: Reply) -> str | None:
        if self._store.off:
            return "off"
        if reply.kind == "decline":
            return "decline"
        # Before any other work: with a dead provider a reply must not wait.
        return "open" if self._breaker.state == "open" else None

    def _ask(self, masked: Masked, reply: Reply) -> str | None:
        if why := self.may_call():
            self.counts.skipped.labels(why).inc()
            return None
        subject = ", ".join(reply.topics) or "bulletin"
        user = prompts.facts(reply.kind, subject, masked.text)
        return self.complete(prompts.phrasing(reply.language), user)

    def _checked(self, masked: Masked, phrasing: str, reply: Reply) -> str | None:
        text = masked.filled(phrasing)
        if text is None:
            self.counts.refusals.labels("tokens").inc()
            return None
        whole = reply.text if reply.paste is None else reply.paste
        refusals = self._guard.refusals({"language": reply.language, "text": whole}, text)
        if refusals:
            self.counts.refusals.labels(refusals[0].code).inc()
            return None
        return text

    def _with(self, reply: Reply, text: str) -> Reply:
        marked = f"{text}\n{self._limits.mark}" if self._limits.mark else text
        if reply.paste is None:
            return replace(reply, text=marked, phrased_by="llm")
        whole = f"{marked}\n\n{reply.note}" if reply.note else marked
        return replace(reply, text=whole, paste=marked, phrased_by="llm")

    def _key(self, masked: Masked, reply: Reply) -> str:
        parts = (prompts.VERSION, self._limits.model, reply.language, reply.kind, masked.text)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _remember_refused(self, key: str) -> None:
        """A shape that the model gets wrong is not paid for again in this process."""
        self._refused[key] = None
        if len(self._refused) > _REMEMBERED:
            self._refused.popitem(last=False)
