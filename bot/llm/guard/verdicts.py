"""Whether each clause still says what it said: negations and telling words stand where they stood."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.llm.guard.likeness import Weights, Window, likeness, weights_of, windows
from bot.llm.guard.model import Reading, Refusal
from bot.llm.guard.stance import events

# Concepts on which the sense of a clause turns: none may come in from another part of the reply.
_TELLING = frozenset(
    f"#{c}"
    for c in "add penalty placing pay permit start end running exempt support above below excess later"
    " earlier late ontime buyer seller fee free lower grow part only all other short left remove"
    " replace notin save".split()
)
# Of these none may get lost either.
_KEPT = frozenset(
    f"#{c}"
    for c in "only later earlier late ontime buyer seller free exempt lower grow penalty placing"
    " above excess below permit pay start end save joint short".split()
)
# Where one of these stands, it matters how often the clause negates.
_VERDICT = frozenset(
    f"#{c}"
    for c in "can meet include support exempt start end running join enrol notin provide".split()
)
_WIDEST = 4
_ENOUGH, _TELLING_ENOUGH = 0.85, 0.91
_WIDER = 0.97  # the fewer clauses it takes, the better they match
_LEAST = 0.25
_SENTENCE = 0.42
_SHORT, _COPIED = 0.6, 0.7
_SAYING = 4
_UNSAID = 0.62
_FOUND = 0.5


def check_verdicts(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """Each clause must be like a part of the reply that is negated as often and as telling."""
    here, there = _negations(reply), _negations(text)
    weights = weights_of(reply)
    yield from _against(text, there, reply, here, weights, _TELLING)
    yield from _against(reply, here, text, there, weights, _KEPT)
    yield from _foreign(text, reply, weights)
    yield from _lost(reply, text, weights)
    yield from _unsaid(reply, text, weights)


def _foreign(text: Reading, reply: Reading, weights: Weights) -> Iterator[Refusal]:
    """A sentence without any figure has to be much like something in the reply."""
    known = [
        w.words
        for w in windows(reply, [0] * len(reply.clauses), [False] * len(reply.clauses), _WIDEST)
    ]
    for number, words in enumerate(text.sentences):
        plain = frozenset(w for w in words if w in weights)
        if not plain or any(w[0] == "=" for w in plain):
            continue
        own = [c for c in text.clauses if c.sentence == number]
        if _mostly_copied(text.plain[own[0].start : own[-1].end].strip(), reply.plain):
            continue
        if len(plain) == 1:
            yield Refusal("words-added", text.text[own[0].start : own[-1].end].strip())
            continue
        short = len(plain) < _SAYING - 1
        like = max(likeness(plain, w, weights) for w in (reply.sentences if short else known))
        if like < (_SHORT if short else _SENTENCE):
            clause = next(c for c in text.clauses if c.sentence == number)
            yield Refusal("words-added", text.text[clause.start : clause.end].strip())


def _unsaid(reply: Reading, text: Reading, weights: Weights) -> Iterator[Refusal]:
    """A sentence without figures of its own must be found again as well as with one."""
    given = [
        w.words
        for w in windows(text, [0] * len(text.clauses), [False] * len(text.clauses), _WIDEST)
    ]
    for number, words in enumerate(reply.sentences):
        speaking = frozenset(w for w in words if w[0] != "=")
        clauses = [c for c in reply.clauses if c.sentence == number]
        if speaking != words or len(speaking) < 4 or len(clauses) > _WIDEST:
            continue
        kept = max((sum(weights[w] for w in speaking & g) for g in given), default=0.0)
        if kept < _UNSAID * sum(weights[w] for w in speaking):
            yield Refusal("left-out", reply.text[clauses[0].start : clauses[-1].end].strip())


def _mostly_copied(sentence: str, source: str) -> bool:
    """Whether nearly all of the sentence stands in the source in one piece."""
    match = SequenceMatcher(None, sentence, source, autojunk=False).find_longest_match()
    return match.size >= _COPIED * len(sentence)


def _lost(reply: Reading, text: Reading, weights: Weights) -> Iterator[Refusal]:
    """A clause that says something has to be found again in a few clauses of the text."""
    given = [
        w.words
        for w in windows(text, [0] * len(text.clauses), [False] * len(text.clauses), _WIDEST)
    ]
    for clause, words in zip(reply.clauses, reply.features, strict=True):
        speaking = frozenset(w for w in words if w[0] != "=")
        if len(speaking) < _SAYING:
            continue
        whole = sum(weights[w] for w in speaking)
        kept = max((sum(weights[w] for w in speaking & g) for g in given), default=0.0)
        if kept < _FOUND * whole:
            yield Refusal("left-out", reply.text[clause.start : clause.end].strip())


def _against(
    one: Reading,
    one_counts: list[int],
    two: Reading,
    two_counts: list[int],
    weights: Weights,
    telling: frozenset[str],
) -> Iterator[Refusal]:
    others = list(windows(two, two_counts, _judging(two, two_counts), _WIDEST))
    own = _judging(one, one_counts)
    for i, (clause, features) in enumerate(zip(one.clauses, one.features, strict=True)):
        if not own[i] and not features & telling:
            continue
        if _fits(features, one_counts[i] if own[i] else None, features & telling, others, weights):
            continue
        # One clause may have been cut in pieces: then all together are like a single verdict.
        single = [w for w in others if w.judged <= 1]
        if any(
            _fits(
                frozenset().union(*one.features[start : end + 1]),
                sum(one_counts[start : end + 1]),
                features & telling,
                single,
                weights,
                others,
            )
            for start, end in _around(one, i)
        ):
            continue
        code = "negation" if one_counts[i] else "verdict"
        yield Refusal(code, one.text[clause.start : clause.end].strip())


def _around(reading: Reading, index: int) -> Iterator[tuple[int, int]]:
    """Runs of clauses of one sentence that hold this one and up to three more on a side."""
    home = reading.clauses[index].sentence
    for step in (-1, 1):
        for other in range(index + step, index + step * _WIDEST, step):
            if not 0 <= other < len(reading.clauses) or reading.clauses[other].sentence != home:
                break
            yield min(index, other), max(index, other)


def _fits(
    features: frozenset[str],
    negations: int | None,
    wanted: frozenset[str],
    candidates: list[Window],
    weights: Weights,
    everything: list[Window] | None = None,
) -> bool:
    """Whether what is most like these words negates as often and holds the telling ones."""
    known = frozenset(f for f in features if f in weights)
    if not known:
        return True

    def score(window: Window) -> float:
        return likeness(known, window.words, weights) * _WIDER ** (window.size - 1)

    best = max((score(w) for w in everything or candidates), default=0.0)
    fitting = (
        score(w)
        for w in candidates
        if (negations is None or w.negations == negations)
        and wanted <= w.words
        and not ("#permit" in features and "#need" in w.words - features)
    )
    enough = _TELLING_ENOUGH if wanted else _ENOUGH
    return max(fitting, default=0.0) >= max(_LEAST, enough * best)


def _judging(reading: Reading, counts: list[int]) -> list[bool]:
    return [bool(n or f & _VERDICT) for n, f in zip(counts, reading.features, strict=True)]


def _negations(reading: Reading) -> list[int]:
    marks = [f.start for f in events(reading) if f.value == "neg"]
    return [sum(c.start <= mark < c.end for mark in marks) for c in reading.clauses]
