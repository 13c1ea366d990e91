"""Whether each clause still says what it said: negations and telling words stand where they stood."""

from collections.abc import Iterator

from bot.llm.guard.likeness import likeness, weights_of, windows
from bot.llm.guard.model import Reading, Refusal
from bot.llm.guard.stance import events

# Concepts on which the sense of a clause turns: none may come in from another part of the reply.
_TELLING = frozenset(
    f"#{c}"
    for c in "add penalty placing can start end running exempt support above below excess later earlier late ontime buyer seller fee free"
    " lower grow part only all each other short left"
    " remove replace notin again save".split()
)
# Of these none may get lost either.
_KEPT = frozenset(
    f"#{c}" for c in "only later earlier late ontime buyer seller free exempt lower grow penalty add placing above excess below can".split()
)
_PREDICATES = _TELLING | {f"#{c}" for c in "meet include join enrol count deduct".split()}
_WIDEST = 4
_ENOUGH = 0.8
_WIDER = 0.93  # the fewer clauses it takes, the better they match
_LEAST = 0.25


def check_verdicts(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """Each clause must be like a part of the reply that is negated as often and as telling."""
    here, there = _negations(reply), _negations(text)
    weights = weights_of(reply)
    yield from _against(text, there, reply, here, weights, _TELLING)
    yield from _against(reply, here, text, there, weights, _KEPT)


def _against(
    one: Reading,
    one_counts: list[int],
    two: Reading,
    two_counts: list[int],
    weights: dict[str, float],
    telling: frozenset[str],
) -> Iterator[Refusal]:
    others = list(windows(two, two_counts, _WIDEST))
    for i, (clause, features) in enumerate(zip(one.clauses, one.features, strict=True)):
        known = frozenset(f for f in features if f in weights)
        wanted = features & telling
        if not known or not (one_counts[i] or features & _PREDICATES):
            continue
        scores = [
            (likeness(known, w.words, weights) * _WIDER ** (w.size - 1), w) for w in others
        ]
        best = max((score for score, _ in scores), default=0.0)
        fitting = max(
            (s for s, w in scores if w.negations == one_counts[i] and wanted <= w.words), default=0.0
        )
        if fitting < max(_LEAST, _ENOUGH * best):
            yield Refusal("negation" if one_counts[i] else "verdict", one.text[clause.start : clause.end].strip())


def _negations(reading: Reading) -> list[int]:
    marks = [f.start for f in events(reading) if f.value == "neg"]
    return [sum(c.start <= mark < c.end for mark in marks) for c in reading.clauses]
