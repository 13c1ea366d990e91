"""Weighted scores and rewards by rank."""

import re
from decimal import Decimal

from handlers.changes import changes
from handlers.kinds.common import ask, foreign_currency, part, validity
from handlers.names import find_names
from handlers.reply import Part
from handlers.turn import Turn
from handlers.wording import render
from knowledge.model import FieldSpec, RankReward, WeightedScore
from tools.rewards import Reward, rank_reward, spend_for_cap
from tools.scores import change_needed, weighted_score

_MORE = re.compile(
    r"再|还(?:要|差|需)|多少(?:个|次)?(?:询盘|访客|tm|咨询)|几个(?:询盘|访客|tm|咨询)|想(?:要|加|多|冲|拿)|要(?:涨|增|多|加|拿|达)|"
    r"\b(?:how many|need|more|extra|gain|raise|increase (?:by|my)|reach|to get)\b"
)


SCORE = "weighted_score"  # the tool, as records name it
POINTS = "points"  # the points wanted, among the remembered slots


_TOTAL = re.compile(r"我.{0,8}(?:几分|多少分|得分)|总分|总共|\b(?:total|my score)\b")


def score(turn: Turn, item: WeightedScore) -> Part:
    fields = [item.field(component.field) for component in item.components]
    told = changes(item, turn.plain, turn.values)
    # A figure of this message is a change only if it reads as one, or answers what was asked.
    remembered = [f.id for f in fields if turn.asked or f.id not in turn.fresh]
    known = {**{name: turn.number(name) for name in remembered}, **told}
    given = {name: change for name, change in known.items() if change is not None}
    wanted = _points_wanted(turn)
    if wanted is None and not told and not turn.fresh and (kept := turn.word(POINTS)):
        wanted = Decimal(kept)
    if wanted is not None and not told:
        needed = [
            {"field": c.field, "points": wanted, "change": change_needed(item, c.field, wanted),
             "weight": c.weight}
            for c in item.components
            if not (asked := _asked(turn, fields)) or c.field in asked
        ]  # fmt: skip
        lines = render(turn.language, "score", rule=item, result=None, needed=needed, tell=False)
        return part(turn, "answer", (*lines, *validity(turn)), tool="change_needed",
                    arguments={"points": wanted}, result=needed)  # fmt: skip
    if not given and turn.mode == "judge":
        beside = render(turn.language, "score", rule=item, result=None, needed=(), tell=True)
        return ask(turn, fields, beside, tool=SCORE)
    result = weighted_score(item, given) if given else None
    whole = turn.mode == "judge" and (len(given) > 1 or _TOTAL.search(turn.plain))
    if result and result.missing and whole:
        beside = render(turn.language, "score", rule=item, result=result, needed=(), tell=False)
        missing = [item.field(name) for name in result.missing]
        return ask(turn, missing, beside, tool=SCORE, arguments=dict(given))
    lines = render(turn.language, "score", rule=item, result=result, needed=(), tell=not given)
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool=SCORE if given else None,
        arguments=given,
        result=result,
    )


def _points_wanted(turn: Turn) -> Decimal | None:
    """The points that the user wants to gain: "200 points more"."""
    for value in turn.values:
        after = turn.plain[value.end : value.end + 8]
        is_points = value.unit == "point" or re.match(r"\s*(?:分|points?|pts)", after)
        if is_points and value.value and value.value > 0 and _MORE.search(turn.plain):
            return value.value
    return None


def _asked(turn: Turn, fields: list[FieldSpec]) -> set[str]:
    return {f.payload for f in find_names(turn.plain, [(c, x.id) for x in fields for c in x.cues])}


def reward(turn: Turn, item: RankReward) -> Part:
    rank, spend = turn.number(item.rank), turn.number(item.spend)
    if foreign := turn.foreign(item.fields):
        asked = foreign_currency(turn, *foreign, tool="rank_reward")
        beside = _reward(turn, item, None, tell=True)
        return part(turn, "ask", (*asked.lines, *beside), tool="rank_reward", missing=[foreign[0]])
    if turn.mode == "tell" and rank is None:
        return part(turn, "answer", (*_reward(turn, item, None, tell=True), *validity(turn)))
    if rank is None:
        missing = [
            item.field(name) for name in (item.rank, item.spend) if turn.number(name) is None
        ]
        both = None
        if spend is not None:
            both = [rank_reward(item, band.first, spend) for band in item.bands]
        return ask(turn, missing, _reward(turn, item, None, both, tell=True), tool="rank_reward")
    result = rank_reward(item, max(int(rank), 1), spend)
    if result.amount is None and turn.mode == "judge" and _wants_amount(turn):
        return ask(turn, [item.field(item.spend)], _reward(turn, item, result), tool="rank_reward")
    return part(
        turn,
        "answer",
        (*_reward(turn, item, result), *validity(turn)),
        tool="rank_reward",
        arguments={"rank": rank, "spend": spend},
        result=result,
    )


def _wants_amount(turn: Turn) -> bool:
    """An amount for a case of the user's own, as against what a rank gets in general."""
    return bool(re.search(r"我|咱|exactly|具体|\b(?:i|my|we|our)\b", turn.plain))


def _reward(
    turn: Turn,
    item: RankReward,
    result: Reward | None,
    both: list[Reward] | None = None,
    *,
    tell: bool = False,
) -> tuple[str, ...]:
    return render(
        turn.language,
        "reward",
        rule=item,
        result=result,
        both=both or (),
        tell=tell,
        spend_for_cap=spend_for_cap,
    )
