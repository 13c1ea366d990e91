"""Which items a question may be about, and from when one of them is taken for it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers import cues
from handlers.decision import Utterance
from handlers.filling import fill
from handlers.places import Places
from handlers.routing import Candidate, Router
from handlers.slots import figures
from handlers.splitting import Question, unpolite
from knowledge.model import Computable

SURE = 0.5  # sureness from which a question is answered
ALIKE = 0.6  # likeness that is enough by itself
NAMED_HINT = 0.12  # likeness that is enough where the subject is named
LIKELY_VALUES = 0.2  # likeness that is enough where the values told fit
LAST_WORDS = 400  # characters of a question that are compared with what is known
WIDER = 0.96  # weight of a score that the statements before a question bring
CLOSE = 6  # candidates whose fields are tried with the values of the message
SAID = 120  # characters of a question that are remembered


def sure(candidate: Candidate) -> bool:
    """Whether the candidate is taken for the question on its looks alone."""
    return candidate.sureness >= SURE or candidate.likeness >= ALIKE


class Candidates:
    """Finds the candidates of questions in one view of the knowledge."""

    def __init__(self, router: Router, places: Places) -> None:
        self.router = router
        self.places = places
        self.view = router.view

    def find(self, utterance: Utterance, question: Question) -> list[Candidate]:
        """Items that the question may be about, by falling score."""
        state = utterance.state
        focus = unpolite(utterance.focus(question)[-LAST_WORDS:])
        back = bool(cues.BACK.search(focus))
        items = state.items[1:2] if back and len(state.items) > 1 else state.items[:1]
        context = {k.subject.subject for i in items if (k := self.view.get(i))}
        last = items[0] if items else None
        if state.said and self._only_a_name(focus):
            focus = f"{focus} {state.said}"
        ranked = self.router.rank(focus, context=context, last=last)
        if question.start < question.focus:
            whole = unpolite(utterance.words(question)[-LAST_WORDS:])
            wider = self.router.rank(whole, context=context, last=last)
            ranked = _better([replace(c, score=c.score * WIDER) for c in wider], ranked)
        return self._with_values(utterance, question, ranked)

    @staticmethod
    def chosen(candidates: Sequence[Candidate]) -> tuple[str | None, str]:
        """The item that the question is taken to be about, and why; None where none is."""
        if not candidates:
            return None, "nothing known is like it"
        top = candidates[0]
        if top.sureness >= SURE:
            return top.item_id, "most like it"
        if top.likeness >= ALIKE or (top.named and top.likeness >= NAMED_HINT):
            return top.item_id, "like a known phrasing, or its subject is named"
        return None, "not like enough to anything known"

    def fitting(
        self, utterance: Utterance, question: Question, candidates: Sequence[Candidate]
    ) -> str | None:
        """A computable item that is likely and has a place for what is told."""
        inside, words = utterance.inside(question), utterance.words(question)
        for candidate in candidates[:2]:
            item = self.view[candidate.item_id].item
            if (
                candidate.likeness >= LIKELY_VALUES
                and isinstance(item, Computable)
                and figures(item.fields, fill(item.fields, words, inside))
            ):
                return candidate.item_id
        return None

    def said(self, utterance: Utterance, question: Question) -> str:
        """What the question asks, without the names of subjects."""
        focus = unpolite(utterance.focus(question)[-SAID:])
        return re.sub(r"[\ue000-\uf8ff]", " ", self.router.signs(focus).masked).strip()

    def _only_a_name(self, focus: str) -> bool:
        """Whether the text names a subject and says nothing else ("推荐之星呢?")."""
        signs = self.router.signs(focus)
        rest = re.sub(
            r"[\ue000-\uf8ff\W_]|呢|那|的|and|what about|how about|也|一样", "", signs.masked
        )
        return bool(signs.subjects) and len(rest) <= 2

    def _with_values(
        self, utterance: Utterance, question: Question, ranked: list[Candidate]
    ) -> list[Candidate]:
        """Values and names that an item has a place for speak for it."""
        words, inside = utterance.words(question), utterance.inside(question)
        raised = [
            replace(candidate, score=candidate.score + extra)
            if (extra := self.places.fits(self.view[candidate.item_id], words, inside))
            else candidate
            for candidate in ranked[:CLOSE]
        ]
        return _falling([*raised, *ranked[CLOSE:]])


def _better(some: Sequence[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
    """Of two rankings the better candidate of each item, by falling score."""
    best = {candidate.item_id: candidate for candidate in some}
    for candidate in others:
        known = best.get(candidate.item_id)
        if known is None or candidate.score >= known.score:
            best[candidate.item_id] = candidate
    return _falling(best.values())


def _falling(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.item_id))
