"""Entries, features and steps: told as they stand, with their validity."""

from datetime import datetime

from handlers.kinds.common import offer_closed, part, validity
from handlers.reply import Kind, Part
from handlers.turn import Turn
from handlers.wording import render
from knowledge.model import Entry, Feature, Steps
from tools.windows import window


def entry(turn: Turn, item: Entry) -> Part:
    kind: Kind = "decline" if item.gap else "answer"
    return part(
        turn,
        kind,
        (*offer_closed(turn), *_inside(turn, item), turn.say(item.text), *validity(turn)),
    )


def _inside(turn: Turn, item: Entry) -> tuple[str, ...]:
    """For a moment that the user names: whether it lies in the item's own window."""
    if item.opens is None or item.closes is None or item.opens >= item.closes:
        return ()
    told = [
        (value.text, window(item, now=value.first).state in ("open", "last_day"))
        for value in turn.values
        if value.kind == "time" and isinstance(value.first, datetime)
    ]
    return render(turn.language, "inside", told=told) if told else ()


def feature(turn: Turn, item: Feature) -> Part:
    at = window(item, now=turn.now)
    lines = render(turn.language, "feature", item=item, window=at)
    return part(turn, "answer", lines, tool="window", arguments={"item": item.id}, result=at)


def steps(turn: Turn, item: Steps) -> Part:
    lines = render(turn.language, "steps", item=item)
    return part(turn, "answer", (*offer_closed(turn), *lines, *validity(turn)))
