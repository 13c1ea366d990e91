"""Decides which item each question of a message is about, and what it wants of it."""

from collections.abc import Sequence
from datetime import datetime

from handlers.candidates import Candidates
from handlers.continuing import Continuing
from handlers.decision import Decision, Utterance, decide
from handlers.neighbours import Neighbours
from handlers.places import Places
from handlers.routing import Router
from handlers.splitting import Question, split
from handlers.state import State
from handlers.values import Value, find_values
from handlers.wants import affirmed

MOST_QUESTIONS = 8
MOST_VALUES = 64  # of a message: each is weighed against each field, cue and other value
LIKELY = 0.4  # score from which a sentence of a long story is read as a question
LAST_WORDS = 200  # characters of such a sentence that are compared with what is known


class Understanding:
    """Understands messages over one view of the knowledge."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self.places = Places(router.view)
        self.candidates = Candidates(router, self.places)
        self._continuing = Continuing(router, self.places)
        self._neighbours = Neighbours(router, self.places)

    def decide(
        self, plain: str, text: str, state: State, now: datetime
    ) -> tuple[list[Decision], tuple[Value, ...]]:
        """The decisions in the order of the questions, and the values of the whole message."""
        utterance = Utterance(plain, affirmed(_some(find_values(text, now)), plain), state)
        questions = split(plain)
        if len(questions) > MOST_QUESTIONS:
            questions = self._likeliest(plain, questions)
        decided = [self._one(utterance, q, first=q is questions[0]) for q in questions]
        decided = self._neighbours.inherit(utterance, decided)
        return self._neighbours.merge(utterance, decided), utterance.values

    def said(self, plain: str, decision: Decision) -> str:
        """What the question asks, without the names of subjects."""
        return self.candidates.said(Utterance(plain, (), State()), decision.question)

    def _likeliest(self, plain: str, questions: list[Question]) -> list[Question]:
        """Of a long story the few questions that are most like something known."""
        scored = [
            (self.router.likeness(plain[q.focus : q.end][-LAST_WORDS:]), q) for q in questions
        ]
        best = sorted(scored, key=lambda pair: -pair[0])[:MOST_QUESTIONS]
        keep = {q.start for score, q in best if score >= LIKELY} or {best[0][1].start}
        return [q for q in questions if q.start in keep]

    def _one(self, utterance: Utterance, question: Question, *, first: bool) -> Decision:
        """The decision of one question; only the first of a message goes on with the last one."""
        candidates = self.candidates.find(utterance, question)
        if first and (continued := self._continuing.read(utterance, question, candidates)):
            return decide(self.places, utterance, question, *continued, candidates)
        chosen, why = self.candidates.chosen(candidates)
        if chosen is None and first:
            chosen = self._continuing.values_only(utterance, question)
            why = "values for what was talked about" if chosen else why
        if chosen is None and (chosen := self.candidates.fitting(utterance, question, candidates)):
            why = "has a place for the values told"
        top = candidates[0] if candidates else None
        if chosen is None and top and self._continuing.in_context(utterance, question, top):
            chosen, why = top.item_id, "like it, and its subject was talked about"
        named = self.router.subjects_named(utterance.focus(question))
        subject = named[0] if named else None
        return decide(self.places, utterance, question, chosen, why, candidates, subject)


def _some(values: Sequence[Value]) -> Sequence[Value]:
    """Of very many values those at both ends, where a question stands before or behind a list."""
    if len(values) <= MOST_VALUES:
        return values
    return [*values[: MOST_VALUES // 2], *values[-MOST_VALUES // 2 :]]
