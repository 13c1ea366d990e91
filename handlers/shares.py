"""Shares told as counts: 180 of 620, all used, 59 of those named before."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from handlers.nearness import cue_score, near_cue
from handlers.slots import PART, WHOLE, Slot
from handlers.values import Value
from knowledge.model import FieldSpec

_ALL_USED = re.compile(
    r"\buse up (?:the |all |my |all the )?(?:remaining |rest of )?|\b(?:all|every)\b(?:\s+\w+){0,4}\s+(?:are\s+|is\s+|were\s+)?(?:used|consumed|sent|gone)|used (?:up )?(?:all|every)\b"
)


_COUNTED = re.compile(r"\s*[条个件单次名人位封款笔]")


_TARGET = re.compile(r"(?:[到达要够满]|reach|to|for|need)\s*$")


def told_share(field: FieldSpec, plain: str, values: Sequence[Value]) -> Slot | None:
    """A share told otherwise than by its figure: as two counts, or as all that there is."""
    if (slot := _ratio(field, plain, values)) or not (used := _ALL_USED.search(plain)):
        return slot
    return Slot(Decimal(1), used.group()) if field.part_cues else None


def _ratio(field: FieldSpec, plain: str, values: Sequence[Value]) -> Slot | None:
    """A share told as two counts: 180 of 620."""
    if not (field.part_cues and field.whole_cues):
        return None
    counts = [v for v in values if v.kind in ("count", "number") and v.value is not None]
    if len(counts) < 2 or any(
        v.kind == "share"
        and near_cue(field.cues, plain, v)
        and not _TARGET.search(plain[: v.start])
        for v in values
    ):
        return None
    # Scored once each: a message may hold hundreds of figures.
    parts = _spoken_for(field.part_cues, plain, counts, values)
    wholes = _spoken_for(field.whole_cues, plain, counts, values)
    best: tuple[float, Value, Value] | None = None
    for part, for_part in parts:
        for whole, for_whole in wholes:
            if part is whole or not part.value or not whole.value or part.value > whole.value:
                continue
            if best is None or for_part + for_whole > best[0]:
                best = (for_part + for_whole, part, whole)
    best = best or _one_of_another(plain, counts) or _two_counts(field, plain, counts, values)
    if best is None:
        return None
    _, part, whole = best
    assert part.value is not None
    assert whole.value is not None
    return Slot(
        part.value / whole.value,
        f"{part.text}/{whole.text}",
        part=part.value,
        whole=whole.value,
    )


def _spoken_for(
    cues: Sequence[str], plain: str, counts: Sequence[Value], values: Sequence[Value]
) -> list[tuple[Value, float]]:
    """The counts for which a cue speaks, and how strongly."""
    scored = [(count, cue_score(cues, plain, count, values)) for count in counts]
    return [(count, score) for count, score in scored if score > 0]


def part_and_whole(
    fields: Sequence[FieldSpec], plain: str, values: Sequence[Value]
) -> dict[str, Slot]:
    """A lone part or whole of a share, kept under names of its own until the other is told."""
    told: dict[str, Slot] = {}
    counts = [v for v in values if v.kind in ("count", "number") and v.value is not None]
    loose = [v for v in counts if v.unit in (None, "piece", "product")]
    for field in fields:
        if field.kind != "share" or not field.part_cues or len(loose) != 1:
            continue
        value = loose[0]
        assert value.value is not None
        if cue_score(field.part_cues, plain, value, values) > 0:
            told[field.id + PART] = Slot(value.value, value.text)
        elif value.unit == "product" or cue_score(field.whole_cues, plain, value, values) > 0:
            told[field.id + WHOLE] = Slot(value.value, value.text)
    return told


def settled(fields: Sequence[FieldSpec], slots: Mapping[str, Slot]) -> dict[str, Slot]:
    """The slots, with shares whose part and whole were told one after the other."""
    result = dict(slots)
    for field in fields:
        part, whole = (slots.get(field.id + name) for name in (PART, WHOLE))
        if not part or not whole or field.id in slots:
            continue
        few, many = part.value, whole.value
        if isinstance(few, Decimal) and isinstance(many, Decimal) and 0 <= few <= many > 0:
            text = f"{part.text}/{whole.text}"
            result[field.id] = Slot(few / many, text, part=few, whole=many)
    return result


_OF = re.compile(r"\s*(?:out\s+)?of\s+(?:(?:my|our|the|all|these)\s+)?$")


def _one_of_another(plain: str, counts: Sequence[Value]) -> tuple[float, Value, Value] | None:
    """Two counts with "of" between them, whatever else is said: 70 of 240."""
    for part, whole in pairwise(counts):
        between = plain[part.end : whole.start]
        if _OF.fullmatch(between) and part.value and whole.value and part.value <= whole.value:
            return 1.0, part, whole
    return None


def _two_counts(
    field: FieldSpec, plain: str, counts: Sequence[Value], values: Sequence[Value]
) -> tuple[float, Value, Value] | None:
    """Two counts and no more, where the words say that the smaller is the part."""
    loose = [v for v in counts if v.unit in (None, "piece", "product", field.unit)]
    if len(loose) != 2:
        return None
    part, whole = sorted(loose, key=lambda v: v.value or Decimal(0))
    score = cue_score(field.part_cues, plain, part, values)
    if part.value == whole.value:
        score = max(score, cue_score(field.part_cues, plain, whole, values))
    return (score, part, whole) if score > 0 and part.value and whole.value else None


def spent(
    slots: Mapping[str, Slot], fields: Iterable[FieldSpec], plain: str, values: Sequence[Value]
) -> list[Value]:
    """Values that a ratio has used up."""
    texts = {t for f in fields if f.kind == "share" and f.id in slots for t in
             slots[f.id].text.split("/")}  # fmt: skip
    return [v for v in values if v.text in texts and v.kind in ("count", "number")]


def counts_things(field: FieldSpec, plain: str, value: Value) -> bool:
    """Whether a bare number beside a share's cues counts things ("only 59 are RTS")."""
    return bool(
        _COUNTED.match(plain[value.end :])
        or cue_score(field.part_cues, plain, value, ()) > cue_score(field.cues, plain, value, ())
    )
