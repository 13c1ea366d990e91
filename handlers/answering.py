"""From an item to its answer: each kind has one responder."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from handlers.claims import contradicted, figures_left, figures_of_the_rule, without
from handlers.kinds import amounts, conditions, dates, lists, prose, scores, tiers
from handlers.reply import Part
from handlers.turn import Turn
from handlers.wording import render
from knowledge import model

RESPONDERS: dict[type[model.Item], Callable[[Turn, Any], Part]] = {
    model.Entry: prose.entry,
    model.Feature: prose.feature,
    model.Steps: prose.steps,
    model.Eligibility: conditions.conditions,
    model.TieredScore: tiers.tiers,
    model.WeightedScore: scores.score,
    model.RankReward: scores.reward,
    model.Fee: amounts.fee,
    model.Discount: amounts.discount,
    model.Capacity: amounts.capacity,
    model.Escalation: amounts.escalation,
    model.NameList: lists.name_list,
    model.Table: lists.table,
    model.Coverage: lists.coverage,
    model.Calendar: dates.events,
    model.Enrolment: dates.enrolment,
    model.Deadlines: dates.deadlines,
    model.Exemption: dates.exemption,
}


def answer(turn: Turn) -> Part:
    """The part of the reply that answers the turn, after a figure that the rule contradicts."""
    of_the_rule = figures_of_the_rule(turn)
    if of_the_rule:
        turn = without(turn, of_the_rule)
    found = RESPONDERS[type(turn.known.item)](turn, turn.known.item)
    claimed = of_the_rule or figures_left(turn)
    if found.kind == "ask" or not (wrong := contradicted(claimed, found.lines, turn.now)):
        return found
    corrected = render(turn.language, "contradicted", claim=wrong)
    return replace(found, lines=(*corrected, *found.lines))
