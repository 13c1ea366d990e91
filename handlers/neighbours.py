"""What the questions of one message have to do with each other."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.continuing import HINT
from handlers.decision import Decision, Utterance, decide
from handlers.places import Places
from handlers.routing import Router
from handlers.splitting import Question

ITS_OWN = 0.75  # likeness at which a side question may leave the subject of the message
LEAD = 0.02  # score by which an item of another subject must lead to be kept
LAST_WORDS = 300  # characters of a question that are compared with what is known
AS_ONE = 400  # characters up to which a message with one question is read as one


class Neighbours:
    """Lets the questions of a message share their subject and their items."""

    def __init__(self, router: Router, places: Places) -> None:
        self.router = router
        self.places = places
        self.view = router.view

    def inherit(self, utterance: Utterance, decided: Sequence[Decision]) -> list[Decision]:
        """Questions that name no subject are read with the subject of the message's others."""
        subjects = self.router.subjects_named(utterance.plain)
        if len(decided) < 2:
            return list(decided)
        result = []
        for decision in decided:
            others = [d.item_id for d in decided if d.item_id and d is not decision]
            context = set(subjects) or {self._subject(item) for item in others}
            if not context or self._on_its_own(decision, bool(subjects)):
                result.append(decision)
            else:
                result.append(self._within(utterance, decision, context, bool(subjects)))
        return result

    def merge(self, utterance: Utterance, decided: Sequence[Decision]) -> list[Decision]:
        """One decision an item: questions about the same item are answered once, together."""
        merged: list[Decision] = []
        places: dict[str, int] = {}
        for decision in decided:
            if decision.item_id is None or decision.item_id not in places:
                if decision.item_id is not None:
                    places[decision.item_id] = len(merged)
                merged.append(decision)
                continue
            at = places[decision.item_id]
            merged[at] = self._stretched(utterance, merged[at], merged[at].start, decision.end)
        if len(merged) == 1 and merged[0].item_id and len(utterance.plain) <= AS_ONE:
            return [self._stretched(utterance, merged[0], 0, len(utterance.plain))]
        return merged

    @staticmethod
    def _on_its_own(decision: Decision, named_elsewhere: bool) -> bool:
        """Whether the question needs no other: it names its subject, or is very like an item."""
        if decision.item_id is None or not decision.candidates:
            return False
        top = decision.candidates[0]
        return top.named or (not named_elsewhere and top.likeness >= ITS_OWN)

    def _within(
        self, utterance: Utterance, decision: Decision, context: set[str], named: bool
    ) -> Decision:
        """The decision for the best item of the subjects, or none where it is of another topic."""
        question = decision.question
        focus = utterance.focus(question)[-LAST_WORDS:]
        ranked = self.router.rank(focus, context=context)
        best = next((c for c in ranked if self._subject(c.item_id) in context), None)
        if (
            best
            and best.likeness >= HINT
            and (decision.item_id is None or best.score >= ranked[0].score - LEAD)
        ):
            return decide(
                self.places, utterance, question, best.item_id, "the subject of its neighbours",
                ranked, decision.subject,
            )  # fmt: skip
        topics = {self.view.topics[subject] for subject in context}
        if named and decision.item_id and self.view[decision.item_id].topic not in topics:
            return replace(decision, item_id=None, why="another subject, and not sure")
        return decision

    def _stretched(
        self, utterance: Utterance, decision: Decision, start: int, end: int
    ) -> Decision:
        """The decision read over more of the message: values that stand apart count too."""
        question = Question(start, end, decision.question.focus, True)
        return decide(
            self.places, utterance, question, decision.item_id, decision.why,
            decision.candidates, decision.subject,
        )  # fmt: skip

    def _subject(self, item_id: str) -> str:
        return self.view[item_id].subject.subject
