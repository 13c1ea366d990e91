"""From an item to its answer: each kind has one responder."""

from collections.abc import Callable
from typing import Any

from handlers.kinds import amounts, conditions, dates, lists, prose, scores, tiers
from handlers.reply import Part
from handlers.turn import Turn
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
    """The part of the reply that answers the turn."""
    return RESPONDERS[type(turn.known.item)](turn, turn.known.item)
