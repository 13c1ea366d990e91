"""Decides which item each question of a message is about, and what it wants of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import cues
from handlers.filling import fill
from handlers.places import Places
from handlers.routing import Candidate, Router
from handlers.shares import part_and_whole, settled
from handlers.slots import PART, WHOLE, Slot
from handlers.splitting import Question, split, unpolite
from handlers.state import State
from handlers.turn import Mode
from handlers.values import Value, find_values
from handlers.wants import affirmed, mode_of, within, without_shares, yes_or_no
from knowledge.library import Known
from knowledge.model import (
    Computable,
    FieldSpec,
    Steps,
)

SURE = 0.5  # sureness from which a question is answered
ALIKE = 0.6  # likeness that is enough by itself
NAMED_HINT = 0.12  # likeness that is enough where the subject is named
ITS_OWN = 0.75  # likeness at which a side question may leave the subject of the message
LIKELY_VALUES = 0.2  # likeness that is enough where the values told fit
HINT = 0.08  # likeness from which a question belongs to the subject of its neighbours
OTHER_TOPIC = 0.55  # likeness at which a question stands on its own in a running conversation
SHORT = 18  # characters of a message that cannot stand on its own
CONTINUED = "continues what was asked"
ANSWERED = "answers what was asked"
CLOSE = 6  # candidates whose fields are tried with the values of the message
MOST_QUESTIONS = 8
MOST_VALUES = 64  # of a message: each is weighed against each field, cue and other value
AS_ONE = 400  # characters up to which a message with one question is read as one
SAID = 120  # characters of a question that are remembered
LIKELY = 0.4  # score from which a sentence of a long story is read as a question


@dataclass(frozen=True, slots=True)
class Decision:
    """A question with the item chosen for it; None where nothing fits.

    `start` and `end` bound the words in the message; `why` says what decided.
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


def _some(values: Sequence[Value]) -> Sequence[Value]:
    """Of very many values those at both ends, where a question stands before or behind a list."""
    if len(values) <= MOST_VALUES:
        return values
    return [*values[: MOST_VALUES // 2], *values[-MOST_VALUES // 2 :]]


class Understanding:
    """Understands messages over one view of the knowledge."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self.view = router.view
        self.places = Places(self.view)

    def decide(
        self, plain: str, text: str, state: State, now: datetime
    ) -> tuple[list[Decision], tuple[Value, ...]]:
        """The decisions in the order of the questions, and the values of the whole message."""
        values = affirmed(_some(find_values(text, now)), plain)
        questions = split(plain)
        if len(questions) > MOST_QUESTIONS:
            questions = self._likeliest(plain, questions)
        decided = [self._one(plain, q, values, state, first=q is questions[0]) for q in questions]
        decided = self._inherit(plain, decided, state)
        return self._merge(plain, decided, values, state), values

    def _likeliest(self, plain: str, questions: list[Question]) -> list[Question]:
        """Of a long story the few questions that are most like something known."""
        scored = [(self.router.likeness(plain[q.focus : q.end][-200:]), q) for q in questions]
        best = sorted(scored, key=lambda pair: -pair[0])[:MOST_QUESTIONS]
        keep = {q.start for score, q in best if score >= LIKELY} or {best[0][1].start}
        return [q for q in questions if q.start in keep]

    def _one(
        self, plain: str, question: Question, values: Sequence[Value], state: State, *, first: bool
    ) -> Decision:
        candidates = self.candidates(plain, question, values, state)
        focus = plain[question.focus : question.end]
        if first and (kept := self._continued(plain, question, values, state, candidates)):
            return kept
        chosen, why = self._accepted(candidates)
        if chosen is None and first and (late := self._values_only(plain, question, values, state)):
            return self._decision(
                plain, question, values, state, late, "values for what was talked about", candidates
            )
        if chosen is None and (fitting := self._fitting(plain, question, values, candidates)):
            chosen, why = fitting, "has a place for the values told"
        if chosen is None and candidates and self._in_context(candidates[0], state):
            chosen, why = candidates[0].item_id, "like it, and its subject was talked about"
        named = self.router.subjects_named(focus)
        return self._decision(
            plain, question, values, state, chosen, why, candidates, named[0] if named else None
        )

    def candidates(
        self, plain: str, question: Question, values: Sequence[Value], state: State
    ) -> list[Candidate]:
        """Items that the question may be about, by falling score."""
        focus = unpolite(plain[question.focus : question.end][-400:])
        back = bool(cues.BACK.search(focus))
        items = state.items[1:2] if back and len(state.items) > 1 else state.items[:1]
        context = {k.subject.subject for i in items if (k := self.view.get(i))}
        last = items[0] if items else None
        if state.said and (named := self._only_a_name(focus)):
            focus = f"{named} {state.said}"
        ranked = self.router.rank(focus, context=context, last=last)
        if question.start < question.focus:
            whole = unpolite(plain[question.start : question.end][-400:])
            wider = self.router.rank(whole, context=context, last=last)
            best = {c.item_id: replace(c, score=c.score * 0.96) for c in wider}
            for candidate in ranked:
                other = best.get(candidate.item_id)
                if other is None or candidate.score >= other.score:
                    best[candidate.item_id] = candidate
            ranked = sorted(best.values(), key=lambda c: (-c.score, c.item_id))
        return self._with_values(plain, question, values, ranked)

    def _only_a_name(self, focus: str) -> str | None:
        """The text, if it names a subject and says nothing else ("推荐之星呢?")."""
        signs = self.router.signs(focus)
        rest = re.sub(
            r"[\ue000-\uf8ff\W_]|呢|那|的|and|what about|how about|也|一样", "", signs.masked
        )
        return focus if signs.subjects and len(rest) <= 2 else None

    def said(self, plain: str, decision: Decision) -> str:
        """What the question asks, without the names of subjects."""
        focus = unpolite(plain[decision.question.focus : decision.end][-SAID:])
        return re.sub(r"[\ue000-\uf8ff]", " ", self.router.signs(focus).masked).strip()

    def _with_values(
        self, plain: str, question: Question, values: Sequence[Value], ranked: list[Candidate]
    ) -> list[Candidate]:
        """Values and names that an item has a place for speak for it."""
        words = plain[question.start : question.end]
        inside = within(values, question.start, question.end)
        raised = [
            replace(candidate, score=candidate.score + extra)
            if (extra := self.places.fits(self.view[candidate.item_id], words, inside))
            else candidate
            for candidate in ranked[:CLOSE]
        ]
        return sorted([*raised, *ranked[CLOSE:]], key=lambda c: (-c.score, c.item_id))

    @staticmethod
    def _accepted(candidates: Sequence[Candidate]) -> tuple[str | None, str]:
        if not candidates:
            return None, "nothing known is like it"
        top = candidates[0]
        if top.sureness >= SURE:
            return top.item_id, "most like it"
        if top.likeness >= ALIKE or (top.named and top.likeness >= NAMED_HINT):
            return top.item_id, "like a known phrasing, or its subject is named"
        return None, "not like enough to anything known"

    def _values_only(
        self, plain: str, question: Question, values: Sequence[Value], state: State
    ) -> str | None:
        """The item last talked about, if the message has a value for one of its fields."""
        known = self.view.get(state.last) if state.last else None
        if known is None or not isinstance(known.item, Computable):
            return None
        inside = within(values, question.start, question.end)
        words = plain[question.start : question.end]
        return known.id if inside and fill(self.places.fields_of(known), words, inside) else None

    def _fitting(
        self,
        plain: str,
        question: Question,
        values: Sequence[Value],
        candidates: Sequence[Candidate],
    ) -> str | None:
        """A computable item that is likely and has a place for what is told."""
        inside = within(values, question.start, question.end)
        words = plain[question.start : question.end]
        for candidate in candidates[:2]:
            known = self.view[candidate.item_id]
            if candidate.likeness >= LIKELY_VALUES and isinstance(known.item, Computable):
                kinds = {field.id: field.kind for field in known.item.fields}
                told = fill(known.item.fields, words, inside)
                if any(kinds.get(name) not in ("choice", "flag") for name in told):
                    return candidate.item_id
        return None

    def _in_context(self, top: Candidate, state: State) -> bool:
        known = self.view.get(state.last) if state.last else None
        same = known is not None and self._subject(top.item_id) == known.subject.subject
        return same and top.likeness >= HINT

    def _continued(
        self,
        plain: str,
        question: Question,
        values: Sequence[Value],
        state: State,
        candidates: Sequence[Candidate],
    ) -> Decision | None:
        """The message as an answer to what was asked, a correction or a follow-up."""
        item_id = state.pending[0] if state.pending else state.last
        known = self.view.get(item_id) if item_id else None
        if known is None or item_id is None:
            return None
        focus = plain[question.start : question.end]
        top = candidates[0] if candidates else None
        stands_alone = top is not None and (
            (top.likeness >= OTHER_TOPIC and top.item_id != item_id)
            or (top.named and top.item_id != item_id
                and self._subject(top.item_id) != known.subject.subject
                and not self._picks(known, focus))
        )  # fmt: skip
        if stands_alone or cues.BACK.search(focus):
            return None
        short = len(focus.strip()) <= SHORT or (
            focus.isascii() and len(focus.split()) <= 7
        )  # fmt: skip
        elliptic = bool(cues.ELLIPSIS.search(focus.strip()) or cues.CORRECTION.search(focus))
        asked = state.pending[1] if state.pending else None
        told = self._told(known, focus, question, values, asked)
        if not told and self._picks(known, focus):
            told = True
        if (
            not told
            and (short or elliptic)
            and (sibling := self._sibling(known, focus, question, values, state.said))
        ):
            return self._decision(
                plain, question, values, state, sibling, "a value for its subject", candidates
            )
        if told and (asked or short or elliptic):
            return self._decision(plain, question, values, state, item_id, CONTINUED, candidates)
        if asked and (cues.YES.match(focus) or cues.NO.match(focus) or cues.UNSURE.search(focus)):
            return self._decision(plain, question, values, state, item_id, ANSWERED, candidates)
        if cues.NEXT_STEP.search(focus) and (steps := self._steps_of(known)):
            return self._decision(
                plain, question, values, state, steps, "the next step of its subject", candidates
            )
        case = isinstance(known.item, Computable) and cues.OWN_CASE.search(focus)
        if short and case and cues.COMPUTE.search(focus) and (top is None or top.sureness < SURE):
            return self._decision(
                plain, question, values, state, item_id, "the case talked about", candidates
            )
        if (
            elliptic
            and (top is None or top.likeness < OTHER_TOPIC)
            and self.places.names_something(known, focus, values)
        ):
            return self._decision(
                plain, question, values, state, item_id, "a follow-up without a subject", candidates
            )
        return None

    @staticmethod
    def _only_figure(fields: Sequence[FieldSpec]) -> str | None:
        """The field that takes a figure, where there is only one: a follow-up needs no cue."""
        figures = [field.id for field in fields if field.kind not in ("choice", "flag")]
        return figures[0] if len(figures) == 1 else None

    def _steps_of(self, known: Known) -> str | None:
        """The item with the steps of the same subject, related ones first."""
        related = [k for slug in known.item.related if (k := self.view.get(slug))]
        siblings = [k for k in self.view if k.subject.subject == known.subject.subject]
        return next((k.id for k in (*related, *siblings) if isinstance(k.item, Steps)), None)

    def _picks(self, known: Known, focus: str) -> bool:
        """Whether an elliptic message picks another choice of the item ("and by platform?")."""
        bare = len(focus.strip()) <= SHORT and not cues.QUESTION.search(focus)
        tied = cues.ELLIPSIS.search(focus.strip()) or cues.CORRECTION.search(focus) or bare
        if not tied or not isinstance(known.item, Computable):
            return False
        choices = [field for field in known.item.fields if field.kind == "choice"]
        return bool(fill(choices, focus, ()))

    def _sibling(
        self, known: Known, focus: str, question: Question, values: Sequence[Value], said: str
    ) -> str | None:
        """A computable item of the same subject that has a place for what the message tells."""
        inside = within(values, question.start, question.end)
        if not inside:
            return None
        likely = {c.item_id: c.score for c in self.router.rank(f"{said} {focus}")}
        siblings = [k for k in self.view if k.subject.subject == known.subject.subject]
        for other in sorted(siblings, key=lambda k: -likely.get(k.id, 0.0)):
            if isinstance(other.item, Computable):
                kinds = {field.id: field.kind for field in other.item.fields}
                only = self._only_figure(other.item.fields)
                told = fill(other.item.fields, focus, inside, {only} if only else ())
                if any(kinds.get(name) not in ("choice", "flag") for name in told):
                    return other.id
        return None

    def _subject(self, item_id: str) -> str:
        return self.view[item_id].subject.subject

    def _told(
        self,
        known: Known,
        focus: str,
        question: Question,
        values: Sequence[Value],
        asked: str | None,
    ) -> bool:
        """Whether the message fills a field of the item, or picks one of its names or months."""
        inside = within(values, question.start, question.end)
        expected = {asked} if asked else set()
        if cues.CORRECTION.search(focus):
            expected |= {field.id for field in self.places.fields_of(known)}
        if fill(self.places.fields_of(known), focus, inside, expected):
            return True
        return self.places.names_something(known, focus, values)

    def _decision(
        self,
        plain: str,
        question: Question,
        values: Sequence[Value],
        state: State,
        item_id: str | None,
        why: str,
        candidates: Sequence[Candidate],
        subject: str | None = None,
    ) -> Decision:
        words = plain[question.start : question.end]
        slots: dict[str, Slot] = {}
        fresh: frozenset[str] = frozenset()
        asked = state.pending[1] if state.pending and state.pending[0] == item_id else None
        if item_id is not None:
            fields = self.places.fields_of(self.view[item_id])
            kept = state.slots.get(item_id, {})
            expected = {asked} if asked else set()
            if item_id == state.last and (only := self._only_figure(fields)):
                expected.add(only)
            if cues.CORRECTION.search(words):
                expected |= {name for name in kept if not isinstance(kept[name].value, str | bool)}
            inside = within(values, question.start, question.end)
            told = fill(fields, words, inside, expected)
            if asked and asked not in told and (flag := yes_or_no(fields, asked, words)):
                told[asked] = flag
            shares = {f.id for f in fields if f.kind == "share"}
            if not shares & set(told):
                told |= part_and_whole(fields, words, inside)
                if any(name + end in told for name in shares for end in (PART, WHOLE)):
                    kept = without_shares(kept, shares)
            slots = settled(fields, {**kept, **told})
            fresh = frozenset(told)
        kinds = {f.id: f.kind for f in self.places.fields_of(self.view[item_id])} if item_id else {}
        figures = any(kinds.get(name, "") not in ("choice", "flag") for name in fresh)
        focus = plain[question.focus : question.end]
        mode = mode_of(words, focus, asked is not None, figures, bool(fresh))
        return Decision(question, item_id, why, tuple(candidates[:5]), slots, fresh, mode, subject)

    def _inherit(self, plain: str, decided: list[Decision], state: State) -> list[Decision]:
        """Questions that name no subject are read with the subject of the message's others."""
        subjects = self.router.subjects_named(plain)
        if len(decided) < 2:
            return decided
        result = []
        for decision in decided:
            others = [d.item_id for d in decided if d.item_id and d is not decision]
            context = set(subjects) or {self._subject(item) for item in others}
            if not context:
                result.append(decision)
                continue
            top = decision.candidates[0] if decision.candidates else None
            if (
                decision.item_id is not None
                and top is not None
                and (top.named or (not subjects and top.likeness >= ITS_OWN))
            ):
                result.append(decision)
                continue
            focus = plain[decision.question.focus : decision.end][-300:]
            ranked = self.router.rank(focus, context=context)
            likely = [c for c in ranked if self._subject(c.item_id) in context]
            best = likely[0] if likely else None
            if (
                best
                and best.likeness >= HINT
                and (decision.item_id is None or best.score >= ranked[0].score - 0.02)
            ):
                result.append(
                    replace(decision, item_id=best.item_id, why="the subject of its neighbours",
                            candidates=tuple(ranked[:5]))
                )  # fmt: skip
            elif (
                subjects
                and decision.item_id is not None
                and self.view[decision.item_id].topic
                not in {self.view.topics[subject] for subject in context}
            ):
                result.append(replace(decision, item_id=None, why="another subject, and not sure"))
            else:
                result.append(decision)
        return result

    def _merge(
        self, plain: str, decided: list[Decision], values: Sequence[Value], state: State
    ) -> list[Decision]:
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
            first = merged[at]
            wider = Question(first.start, decision.end, first.question.focus, True)
            merged[at] = self._decision(
                plain, wider, values, state, decision.item_id, first.why, first.candidates,
                first.subject,
            )  # fmt: skip
        if len(merged) == 1 and merged[0].item_id and len(plain) <= AS_ONE:
            only = merged[0]
            wider = Question(0, len(plain), only.question.focus, True)
            return [
                self._decision(plain, wider, values, state, only.item_id, only.why, only.candidates)
            ]
        return [self._refilled(plain, d, values, state) for d in merged]

    def _refilled(
        self, plain: str, decision: Decision, values: Sequence[Value], state: State
    ) -> Decision:
        return self._decision(
            plain, decision.question, values, state, decision.item_id, decision.why,
            decision.candidates, decision.subject,
        )  # fmt: skip
