"""Items that are told as they stand."""

from typing import Literal

from pydantic import (
    Field,
)

from knowledge.model.base import Bilingual, Item


class Entry(Item):
    """A question-and-answer entry: prose in our own words.

    `gap` marks what the bulletin does *not* print: the text says what it does and does not say.
    """

    kind: Literal["entry"] = "entry"
    text: Bilingual
    gap: bool = False


class Feature(Item):
    """A function of the platform that is live, expected or only announced, as of `from`."""

    kind: Literal["feature"] = "feature"
    text: Bilingual


class Steps(Item):
    """What to do, in order."""

    kind: Literal["steps"] = "steps"
    intro: Bilingual
    steps: tuple[Bilingual, ...] = Field(min_length=2)
