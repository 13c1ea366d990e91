"""What a message says of its values, and whether it wants a rule or an outcome."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import cues
from handlers.slots import WHOLE, Slot
from handlers.turn import Mode
from handlers.values import Value
from knowledge.model import (
    FieldSpec,
)


def without_shares(kept: Mapping[str, Slot], shares: set[str]) -> dict[str, Slot]:
    """Remembered values without shares; the whole that a share was told of stays known."""
    wholes = {
        name + WHOLE: Slot(slot.whole, slot.text)
        for name, slot in kept.items()
        if name in shares and slot.whole is not None
    }
    return {**wholes, **{name: slot for name, slot in kept.items() if name not in shares}}


_DENIED = re.compile(r"(?:而?不是|并非|instead of|rather than|\bnot)\s*$")


_LIMIT = re.compile(r"\s*(?:元|块)?\s*(?:拿满|减满|返满|封顶|上限)")
_UP_TO_LIMIT = re.compile(r"(?:减满|拿满|返满|封顶|上限)(?:是|为)?\s*$")


def _is_limit(value: Value, plain: str) -> bool:
    """A figure that names a cap ("把2000拿满") is no value of the user's own."""
    return bool(_LIMIT.match(plain[value.end :]) or _UP_TO_LIMIT.search(plain[: value.start]))


def affirmed(values: Sequence[Value], plain: str) -> tuple[Value, ...]:
    """In a correction ("是2.4万不是4.2万") the value that is taken back does not count."""
    values = [v for v in values if not _is_limit(v, plain)]
    kept = [v for v in values if not _DENIED.search(plain[max(0, v.start - 14) : v.start])]
    return tuple(kept) if kept and len(kept) < len(values) else tuple(values)


def within(values: Sequence[Value], start: int, end: int) -> tuple[Value, ...]:
    """The values inside a stretch of the message, their spans counted from its beginning."""
    return tuple(
        replace(value, start=value.start - start, end=value.end - start)
        for value in values
        if value.start >= start and value.end <= end
    )


def yes_or_no(fields: Sequence[FieldSpec], asked: str, words: str) -> Slot | None:
    field = next((field for field in fields if field.id == asked), None)
    if field is None or field.kind != "flag":
        return None
    if cues.NO.match(words):
        return Slot(False, words.strip())
    return Slot(True, words.strip()) if cues.YES.match(words) else None


def mode_of(words: str, focus: str, continuing: bool, figures: bool, told: bool) -> Mode:
    """Is an outcome wanted for somebody's own case, or the rule?"""
    if continuing or (told and not cues.QUESTION.search(focus)):
        return "judge"
    compute = cues.COMPUTE.search(focus)
    own = cues.OWN_CASE.search(words if figures else focus)
    if cues.HOW.search(focus) and not figures:
        return "tell"
    if cues.RULE.search(focus) and not compute:
        return "tell"
    return "judge" if (own and (compute or figures)) or (compute and figures) else "tell"
