"""How strongly the words around a value speak for a field."""

from collections.abc import Iterable, Sequence

from handlers.names import find_names
from handlers.values import Value

BEFORE, AFTER = 28, 16  # characters within which a cue speaks for a value


def near_cue(cues: Iterable[str], plain: str, value: Value) -> bool:
    return cue_score(cues, plain, value, ()) > 0


def cue_distance(cues: Iterable[str], plain: str, start: int, end: int) -> int:
    found = find_names(plain, [(cue, cue) for cue in cues])
    return min((min(abs(start - f.end), abs(f.start - end)) for f in found), default=10_000)


def cue_score(cues: Iterable[str], plain: str, value: Value, values: Sequence[Value]) -> float:
    """Up to 2 for a cue right before the value, less behind it, further off or across a border."""
    before = plain[max(0, value.start - BEFORE) : value.start]
    after = plain[value.end : value.end + AFTER]
    inside = plain[value.start : value.end]
    best = 0.0
    for cue in cues:
        low = cue.casefold()
        if low in inside:
            best = max(best, 1.5)
        at = before.rfind(low)
        if at >= 0:
            gap = before[at + len(low) :]
            best = max(best, 2.0 - len(gap) * 0.06 - _borders(gap, value, values, before=True))
        at = after.find(low)
        if at >= 0:
            gap = after[:at]
            best = max(best, 1.7 - len(gap) * 0.12 - _borders(gap, value, values, before=False))
    return max(best, 0.0)


def _borders(gap: str, value: Value, values: Sequence[Value], *, before: bool) -> float:
    cost = 0.5 * sum(gap.count(mark) for mark in ",，;；。.!！?？\n") + 0.15 * gap.count(" ")
    start, end = (
        (value.start - len(gap), value.start) if before else (value.end, value.end + len(gap))
    )
    if any(start <= other.start < end for other in values if other is not value):
        cost += 0.9
    return cost
