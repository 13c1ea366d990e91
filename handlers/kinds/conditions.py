"""Does a shop, a seller or a product qualify?"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from handlers import cues
from handlers.kinds.common import ask, missing_count, part, validity
from handlers.reply import Part
from handlers.slots import WHOLE, Slot
from handlers.turn import Turn
from handlers.wording import render
from knowledge.model import Eligibility, FieldSpec
from tools.eligibility import Check, Given, Judgement, judge
from tools.windows import Window, window

TOOL = "judge"


def conditions(turn: Turn, item: Eligibility) -> Part:
    """The rule's own conditions, and those judged together with it where values are given."""
    rules = [item, *_joined(turn, item)]
    if turn.mode == "tell" and not any(rule_slots(turn, rule) for rule in rules):
        return part(turn, "answer", (*_told(turn, item), *validity(turn)))
    judged = [(rule, judge(rule, _given(turn, rule, least=True))) for rule in rules]
    vague = [(rule, judge(rule, _given(turn, rule, least=False))) for rule in rules]
    unclear = _unclear(turn, judged, vague)
    eligible = _all([judgement.eligible for _, judgement in judged])
    missing = [*unclear, *_missing(judged)]
    at = window(item, now=turn.now)
    outside = at.state in ("over", "not_yet") and eligible is not False and turn.mode == "judge"
    if outside and missing:
        closed = render(turn.language, "outside", subject=item.subject, window=at)
        return part(turn, "answer", (*closed, *_told(turn, item)), tool=TOOL, result=at)
    if eligible is not False and missing:
        beside = [line for rule, judgement in judged for line in _checked(turn, rule, judgement)]
        one_condition = not cues.JOIN.search(turn.plain) and not turn.asked
        told = _told(turn, item)
        if turn.mode == "tell" or (one_condition and not unclear):
            open_ones = [turn.say(field.name) for field in missing]
            verdict = _verdict(turn, item, None, at, open_ones)
            lines = _once((*beside, *verdict, *told, *validity(turn)))
            return part(turn, "answer", lines, tool=TOOL)
        return ask(turn, missing, _once((*beside, *told)), tool=TOOL)
    if eligible is None:
        eligible = True
    verdict = _verdict(turn, item, eligible, at)
    checked = [line for rule, judgement in judged for line in _checked(turn, rule, judgement)]
    return part(
        turn,
        "answer",
        (*verdict, *checked, *validity(turn)),
        tool=TOOL,
        arguments={name: slot.value for name, slot in turn.slots.items()},
        result={rule.id: judgement for rule, judgement in judged},
    )


def _verdict(
    turn: Turn,
    item: Eligibility,
    eligible: bool | None,
    at: Window,
    missing: Sequence[str] = (),
) -> tuple[str, ...]:
    """The verdict; None where it depends on what is `missing`."""
    return render(
        turn.language,
        "eligible",
        eligible=eligible,
        subject=item.subject,
        window=at,
        missing=missing,
    )


def rule_slots(turn: Turn, rule: Eligibility) -> dict[str, Slot]:
    return {field.id: turn.slots[field.id] for field in rule.fields if field.id in turn.slots}


def _once(lines: Sequence[str]) -> tuple[str, ...]:
    """The provisos stand under what was judged and under the rule: they are said once."""
    return tuple(dict.fromkeys(lines))


def _joined(turn: Turn, item: Eligibility) -> list[Eligibility]:
    joined = []
    for slug in item.together:
        known = turn.view.get(slug)
        if known and isinstance(known.item, Eligibility) and _told_of(turn, known.item):
            joined.append(known.item)
    return joined


def _told_of(turn: Turn, rule: Eligibility) -> bool:
    """Whether a value of the rule was told that it asks for; provisos alone do not count."""
    return any(not rule.field(name).proviso for name in rule_slots(turn, rule))


def _given(turn: Turn, rule: Eligibility, *, least: bool) -> dict[str, Given]:
    """Values for the tool; a vague one at its least or its greatest."""
    given: dict[str, Given] = {}
    for field in rule.fields:
        slot = turn.slots.get(field.id)
        if slot is None or slot.foreign:
            continue
        if ends := turn.ends(field.id):
            given[field.id] = ends[0] if least else ends[1]
        elif isinstance(slot.value, bool | str):
            given[field.id] = slot.value
    return given


def _unclear(
    turn: Turn,
    low: Sequence[tuple[Eligibility, Judgement]],
    high: Sequence[tuple[Eligibility, Judgement]],
) -> list[FieldSpec]:
    """Fields told so vaguely that the threshold lies between what they may mean."""
    fields = []
    for (rule, at_low), (_, at_high) in zip(low, high, strict=True):
        for one, other in zip(at_low.checks, at_high.checks, strict=True):
            if one.outcome != other.outcome:
                fields.append(rule.field(one.field))
    return fields


def _missing(judged: Sequence[tuple[Eligibility, Judgement]]) -> list[FieldSpec]:
    return [
        rule.field(check.field)
        for rule, judgement in judged
        for check in judgement.of("unknown")
        if not rule.field(check.field).proviso
    ]


def _all(verdicts: Sequence[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _checked(turn: Turn, rule: Eligibility, judgement: Judgement) -> tuple[str, ...]:
    provisos = [c for c in judgement.of("unknown") if rule.field(c.field).proviso]
    return _lines(turn, rule, judgement, provisos)


def _told(turn: Turn, rule: Eligibility) -> tuple[str, ...]:
    return render(
        turn.language,
        "conditions",
        rule=rule,
        told=True,
        checks=judge(rule, {}).checks,
        failed=(),
        met=(),
        unknown=(),
        wholes={},
        share_of=_share_of,
        provisos=(),
        counts={},
        missing_count=missing_count,
        said={n: s.text for n, s in turn.slots.items() if s.vague},
    )


def _wholes(turn: Turn) -> dict[str, Decimal]:
    """Wholes told for shares that are not known yet."""
    return {
        name.removesuffix(WHOLE): slot.value
        for name, slot in turn.slots.items()
        if name.endswith(WHOLE) and isinstance(slot.value, Decimal)
    }


def _share_of(share: Decimal, whole: Decimal) -> Decimal:
    return (share * whole).to_integral_value(rounding=ROUND_CEILING)


def _lines(
    turn: Turn, rule: Eligibility, judgement: Judgement, provisos: Sequence[Check]
) -> tuple[str, ...]:
    failed, met, unknown = (judgement.of(o) for o in ("failed", "met", "unknown"))
    return render(
        turn.language,
        "conditions",
        rule=rule,
        told=False,
        checks=(),
        failed=failed,
        met=met,
        unknown=unknown,
        wholes=_wholes(turn),
        share_of=_share_of,
        provisos=provisos,
        counts={n: s for n, s in turn.slots.items() if s.whole is not None},
        missing_count=missing_count,
        said={n: s.text for n, s in turn.slots.items() if s.vague},
    )
