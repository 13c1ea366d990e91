"""A question with the item chosen for it and the item's fields as far as they are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers import cues
from handlers.filling import fill
from handlers.places import Places
from handlers.routing import Candidate
from handlers.shares import part_and_whole, settled
from handlers.slots import PART, WHOLE, Slot, figures
from handlers.splitting import Question
from handlers.state import State
from handlers.turn import Mode
from handlers.values import Value
from handlers.wants import mode_of, within, without_shares, yes_or_no
from knowledge.model import FieldSpec

REMEMBERED = 5  # candidates that are kept with a decision


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message as it is understood: its plain text, the values in it, what was said before."""

    plain: str
    values: tuple[Value, ...]
    state: State

    def words(self, question: Question) -> str:
        """The question with the statements that belong to it."""
        return self.plain[question.start : question.end]

    def focus(self, question: Question) -> str:
        """The question itself."""
        return self.plain[question.focus : question.end]

    def inside(self, question: Question) -> tuple[Value, ...]:
        """The values told in `words`, their spans counted from its beginning."""
        return within(self.values, question.start, question.end)


@dataclass(frozen=True, slots=True)
class Decision:
    """A question with the item chosen for it; None where nothing fits.

    `why` says what decided; `slots` are the item's fields that are known, `fresh` those told in
    this message. `subject` is named in the question, whether or not an item was chosen.
    """

    question: Question
    item_id: str | None
    why: str
    candidates: tuple[Candidate, ...]
    slots: Mapping[str, Slot]
    fresh: frozenset[str]
    mode: Mode
    subject: str | None = None

    @property
    def start(self) -> int:
        return self.question.start

    @property
    def end(self) -> int:
        return self.question.end


def decide(
    places: Places,
    utterance: Utterance,
    question: Question,
    item_id: str | None,
    why: str,
    candidates: Sequence[Candidate],
    subject: str | None = None,
) -> Decision:
    """The decision for an item, with its fields filled from the question and from memory."""
    words = utterance.words(question)
    pending = utterance.state.pending
    asked = pending[1] if pending and pending[0] == item_id else None
    fields = places.fields_of(places.view[item_id]) if item_id else ()
    slots: dict[str, Slot] = {}
    told: dict[str, Slot] = {}
    if item_id is not None:
        slots, told = _filled(fields, utterance, question, item_id, asked)
    mode = mode_of(
        words, utterance.focus(question), asked is not None, bool(figures(fields, told)), bool(told)
    )
    kept = tuple(candidates[:REMEMBERED])
    return Decision(question, item_id, why, kept, slots, frozenset(told), mode, subject)


def _filled(
    fields: Sequence[FieldSpec],
    utterance: Utterance,
    question: Question,
    item_id: str,
    asked: str | None,
) -> tuple[dict[str, Slot], dict[str, Slot]]:
    """All that is known of the item's fields, and what of it this message tells."""
    words = utterance.words(question)
    inside = utterance.inside(question)
    kept = utterance.state.slots.get(item_id, {})
    expected = {asked} if asked else set()
    if item_id == utterance.state.last and (only := only_figure(fields)):
        expected.add(only)
    if cues.CORRECTION.search(words):
        expected |= {name for name in kept if not isinstance(kept[name].value, str | bool)}
    told = fill(fields, words, inside, expected)
    if asked and asked not in told and (flag := yes_or_no(fields, asked, words)):
        told[asked] = flag
    shares = {f.id for f in fields if f.kind == "share"}
    if not shares & set(told):
        told |= part_and_whole(fields, words, inside)
        if any(name + end in told for name in shares for end in (PART, WHOLE)):
            kept = without_shares(kept, shares)
    return settled(fields, {**kept, **told}), told


def only_figure(fields: Sequence[FieldSpec]) -> str | None:
    """The field that takes a figure, where there is only one: a follow-up needs no cue."""
    names = figures(fields, [field.id for field in fields])
    return names.pop() if len(names) == 1 else None
