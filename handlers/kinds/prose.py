"""Entries, features and steps: told as they stand, with their validity."""

from handlers.kinds.common import part, validity
from handlers.reply import Kind, Part
from handlers.turn import Turn
from handlers.wording import render
from knowledge.model import Entry, Feature, Steps
from tools.windows import window


def entry(turn: Turn, item: Entry) -> Part:
    kind: Kind = "decline" if item.gap else "answer"
    return part(turn, kind, (turn.say(item.text), *validity(turn)))


def feature(turn: Turn, item: Feature) -> Part:
    at = window(item, now=turn.now)
    lines = render(turn.language, "feature", item=item, window=at)
    return part(turn, "answer", lines, tool="window", arguments={"item": item.id}, result=at)


def steps(turn: Turn, item: Steps) -> Part:
    lines = render(turn.language, "steps", item=item)
    return part(turn, "answer", (*lines, *validity(turn)))
