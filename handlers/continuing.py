"""A message as an answer to what was asked, as a correction or as a follow-up."""

from collections.abc import Sequence

from handlers import cues
from handlers.candidates import SURE
from handlers.decision import Utterance, only_figure
from handlers.filling import fill
from handlers.places import Places
from handlers.routing import Candidate, Router
from handlers.slots import figures
from handlers.splitting import Question, unpolite
from knowledge.library import Known
from knowledge.model import Computable, Steps

OTHER_TOPIC = 0.55  # likeness at which a question stands on its own in a running conversation
HINT = 0.08  # likeness from which a question belongs to the subject that was talked about
SHORT = 18  # characters of a message that cannot stand on its own
FEW_WORDS = 7  # the same in English
CONTINUED = "continues what was asked"
ANSWERED = "answers what was asked"


class Continuing:
    """Reads messages in the light of what was talked about before."""

    def __init__(self, router: Router, places: Places) -> None:
        self.router = router
        self.places = places
        self.view = router.view

    def read(
        self, utterance: Utterance, question: Question, candidates: Sequence[Candidate]
    ) -> tuple[str, str] | None:
        """The item that the message goes on with, and why; None where it begins something."""
        state = utterance.state
        item_id = state.pending[0] if state.pending else state.last
        known = self.view.get(item_id) if item_id else None
        focus = utterance.words(question)
        top = candidates[0] if candidates else None
        if known is None or cues.BACK.search(focus):
            return None
        if self._corrects(utterance, question, known):
            return known.id, CONTINUED
        if self._stands_alone(top, known, focus):
            return None
        short = len(focus.strip()) <= SHORT or (focus.isascii() and len(focus.split()) <= FEW_WORDS)
        elliptic = bool(cues.ELLIPSIS.search(focus.strip()) or cues.CORRECTION.search(focus))
        asked = state.pending[1] if state.pending else None
        answers = asked and not cues.QUESTION.search(focus)
        if self.router.everyday(unpolite(focus)) and not (
            elliptic or answers or self._says_words_of(known, focus)
        ):
            return None
        told = self._told(utterance, question, known, asked) or self._picks(known, focus)
        if told and (asked or short or elliptic):
            return known.id, CONTINUED
        if (
            not told
            and (short or elliptic)
            and (other := self._sibling(utterance, question, known))
        ):
            return other, "a value for its subject"
        if asked and (cues.YES.match(focus) or cues.NO.match(focus) or cues.UNSURE.search(focus)):
            return known.id, ANSWERED
        if cues.NEXT_STEP.search(focus) and (steps := self._steps_of(known)):
            return steps, "the next step of its subject"
        case = isinstance(known.item, Computable) and cues.OWN_CASE.search(focus)
        if short and case and cues.COMPUTE.search(focus) and (top is None or top.sureness < SURE):
            return known.id, "the case talked about"
        if (
            elliptic
            and (top is None or top.likeness < OTHER_TOPIC)
            and self.places.names_something(known, focus, utterance.values)
        ):
            return known.id, "a follow-up without a subject"
        return None

    def values_only(self, utterance: Utterance, question: Question) -> str | None:
        """The item last talked about, if the message has a value for one of its fields."""
        known = self.view.get(utterance.state.last) if utterance.state.last else None
        inside = utterance.inside(question)
        if known is None or not inside or self.router.everyday(utterance.words(question)):
            return None
        fields = self.places.fields_of(known)
        return known.id if fill(fields, utterance.words(question), inside) else None

    def in_context(self, utterance: Utterance, question: Question, top: Candidate) -> bool:
        """Whether the candidate belongs to the subject talked about and is a little like it."""
        known = self.view.get(utterance.state.last) if utterance.state.last else None
        return (
            known is not None
            and self._same_subject(top, known)
            and top.likeness >= HINT
            and not self.router.everyday(unpolite(utterance.focus(question)))
        )

    def _corrects(self, utterance: Utterance, question: Question, known: Known) -> bool:
        """Whether the message takes back a figure that was told for the item."""
        focus = utterance.words(question)
        before = utterance.state.slots.get(known.id, {})
        if not cues.CORRECTION.search(focus) or cues.QUESTION.search(focus):
            return False
        fields = self.places.fields_of(known)
        told = fill(fields, focus, utterance.inside(question), before)
        return bool(figures(fields, told) & set(before))

    def _stands_alone(self, top: Candidate | None, known: Known, focus: str) -> bool:
        """Whether the message is a new question that needs nothing said before."""
        if top is None or top.item_id == known.id:
            return False
        named = top.named and not self._same_subject(top, known)
        return top.likeness >= OTHER_TOPIC or (named and not self._picks(known, focus))

    def _same_subject(self, candidate: Candidate, known: Known) -> bool:
        return self.view[candidate.item_id].subject.subject == known.subject.subject

    def _steps_of(self, known: Known) -> str | None:
        """The item with the steps of the same subject, related ones first."""
        related = [k for slug in known.item.related if (k := self.view.get(slug))]
        items = (*related, *self._siblings(known))
        return next((k.id for k in items if isinstance(k.item, Steps)), None)

    def _siblings(self, known: Known) -> list[Known]:
        return [k for k in self.view if k.subject.subject == known.subject.subject]

    def _picks(self, known: Known, focus: str) -> bool:
        """Whether an elliptic message picks another choice of the item ("and by platform?")."""
        bare = len(focus.strip()) <= SHORT and not cues.QUESTION.search(focus)
        tied = cues.ELLIPSIS.search(focus.strip()) or cues.CORRECTION.search(focus) or bare
        if not tied or not isinstance(known.item, Computable):
            return False
        choices = [field for field in known.item.fields if field.kind == "choice"]
        return bool(fill(choices, focus, ()))

    def _says_words_of(self, known: Known, focus: str) -> bool:
        """Whether the message says a choice, a yes or a no in the words of the item's fields."""
        fields = self.places.fields_of(known)
        return bool(fill([f for f in fields if f.kind in ("choice", "flag")], focus, ()))

    def _sibling(self, utterance: Utterance, question: Question, known: Known) -> str | None:
        """A computable item of the same subject that has a place for what the message tells."""
        inside, focus = utterance.inside(question), utterance.words(question)
        if not inside:
            return None
        likely = {c.item_id: c.score for c in self.router.rank(f"{utterance.state.said} {focus}")}
        for other in sorted(self._siblings(known), key=lambda k: -likely.get(k.id, 0.0)):
            if isinstance(other.item, Computable):
                only = only_figure(other.item.fields)
                told = fill(other.item.fields, focus, inside, {only} if only else ())
                if figures(other.item.fields, told):
                    return other.id
        return None

    def _told(
        self, utterance: Utterance, question: Question, known: Known, asked: str | None
    ) -> bool:
        """Whether the message fills a field of the item, or picks one of its names or months."""
        focus = utterance.words(question)
        fields = self.places.fields_of(known)
        expected = {asked} if asked else set()
        if cues.CORRECTION.search(focus):
            expected |= {field.id for field in fields}
        return bool(
            fill(fields, focus, utterance.inside(question), expected)
        ) or self.places.names_something(known, focus, utterance.values)
