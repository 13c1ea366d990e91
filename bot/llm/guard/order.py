"""Sentences that stayed as they were, but for their figures: these stand in the reply's order."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.llm.guard.facts import dated
from bot.llm.guard.model import Fact, Reading, Refusal

_ALIKE = 0.87
_SKIPPED = ("quote", "sign", "zone", "path")


def check_order(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """Refuses a sentence in the reply's words whose figures stand in another order."""
    known = list(_sentences(reply, dated(reply.facts, reply.facts)))
    for words, facts, start in _sentences(text, dated(text.facts, reply.facts)):
        if len(facts) < 2:
            continue
        alike = [theirs for other, theirs, _ in known if _like(words, other)]
        if alike and not any(_same_order(facts, theirs) for theirs in alike):
            yield Refusal("swapped", text.text[start : start + 60].strip())


def _like(one: str, two: str) -> bool:
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return (
        matcher.real_quick_ratio() >= _ALIKE
        and matcher.quick_ratio() >= _ALIKE
        and matcher.ratio() >= _ALIKE
    )


def _same_order(one: list[Fact], two: list[Fact]) -> bool:
    """Whether the facts that both have stand in the same order."""
    first = [(f.group, f.value) for f in one]
    second = [(f.group, f.value) for f in two]
    return [k for k in first if k in second] == [k for k in second if k in first]


def _sentences(reading: Reading, facts: list[Fact]) -> Iterator[tuple[str, list[Fact], int]]:
    """Each sentence with a mark for each fact, its facts, and where it begins."""
    for number in range(len(reading.sentences)):
        clauses = [c for c in reading.clauses if c.sentence == number]
        if not clauses:
            continue
        start, end = clauses[0].start, clauses[-1].end
        inside = [f for f in facts if start <= f.start < end and f.group not in _SKIPPED]
        pieces: list[str] = []
        at = start
        for fact in inside:
            pieces += [reading.plain[at : max(at, fact.start)], "■"]
            at = max(at, fact.end)
        yield "".join([*pieces, reading.plain[at:end]]), inside, start
