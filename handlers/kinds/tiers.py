"""Which tier do these amounts reach, and what is missing to the next?"""

import re
from decimal import Decimal

from handlers.kinds.common import ask, foreign_currency, missing_count, part, validity
from handlers.names import find_names
from handlers.reply import Part
from handlers.turn import Turn
from handlers.wording import render
from knowledge.model import FieldSpec, TieredScore
from tools.tiers import TierResult, tier_for

# Asks how much is still missing: an outcome, although a tier is named.
_MORE = re.compile(r"还[差得要需]|才能|\b(?:more|still|short|left|to reach)\b")
TOOL = "tier_for"


def tiers(turn: Turn, item: TieredScore) -> Part:
    names = tuple(dict.fromkeys(name for tier in item.tiers for name in tier.minimum))
    scope = turn.word(item.scope) if item.scope else None
    out_of_scope = scope is not None and scope not in item.in_scope
    known = [name for name in names if turn.number(name) is not None]
    if foreign := turn.foreign(item.fields):
        beside = _render(turn, item, None, {}, scope)
        asked = foreign_currency(turn, *foreign, tool=TOOL)
        return part(turn, "ask", (*asked.lines, *beside), tool=TOOL, missing=[foreign[0]])
    asks_rule = turn.mode == "tell" or (_names_tier(turn, item) and not _MORE.search(turn.plain))
    if asks_rule and not known and not out_of_scope:
        return part(turn, "answer", (*_render(turn, item, None, {}, scope), *validity(turn)))
    low, high = ({n: turn.ends(n)[end] for n in known} for end in (0, 1))  # type: ignore[index]
    result = tier_for(item, low, scope=scope, now=turn.now)
    at_most = tier_for(item, high, scope=scope, now=turn.now)
    missing = [item.field(name) for name in names if name not in known]
    if (result.status, result.tier) != (at_most.status, at_most.tier) or result.status == "open":
        if turn.mode == "tell":
            return part(turn, "answer", (*_render(turn, item, None, {}, scope), *validity(turn)))
        vague = [item.field(name) for name in known if turn.slots[name].vague]
        return _ask(turn, item, [*missing, *vague], scope)
    given = {name: turn.number(name) or Decimal(0) for name in known}
    lines = _render(turn, item, result, given, scope)
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool=TOOL,
        arguments={**given, **({item.scope: scope} if item.scope else {})},
        result=result,
    )


def _names_tier(turn: Turn, item: TieredScore) -> bool:
    names = [(n, t.tier) for t in item.tiers for n in (t.title.zh, t.title.en, *t.aliases)]
    return bool(find_names(turn.plain, names))


def _ask(turn: Turn, item: TieredScore, missing: list[FieldSpec], scope: str | None) -> Part:
    return ask(turn, missing, _render(turn, item, None, {}, scope), tool=TOOL)


def _render(
    turn: Turn,
    item: TieredScore,
    result: TierResult | None,
    given: dict[str, Decimal],
    scope: str | None,
) -> tuple[str, ...]:
    field = item.field(item.scope) if item.scope else None
    return render(
        turn.language,
        "tiers",
        rule=item,
        result=result,
        given=given,
        counts={n: s for n, s in turn.slots.items() if s.whole is not None},
        missing_count=missing_count,
        scopes=[turn.say(field.choice(slug).title) for slug in item.in_scope] if field else [],
        scope=turn.say(field.choice(scope).title) if field and scope else None,
    )
