"""One question with all that is needed to answer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from handlers.language import Language
from handlers.slots import Slot
from handlers.values import Value
from knowledge.library import Known, View
from knowledge.model import Bilingual, FieldSpec

# judge: the user wants an outcome for a case; tell: the rule is asked for.
Mode = Literal["judge", "tell"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question routed to an item. `plain` and the spans of `values` belong together.

    `slots` are the fields of the item that are known; `fresh` names those told in this message.
    `focus` is where the question itself begins in `plain`, behind what is told before it.
    """

    known: Known
    view: View
    now: datetime
    language: Language
    plain: str
    values: tuple[Value, ...]
    slots: Mapping[str, Slot]
    fresh: frozenset[str]
    mode: Mode
    asked: bool = False
    focus: int = 0

    def say(self, words: Bilingual) -> str:
        """The words in the language of the reply (traditional characters come later)."""
        return words.en if self.language == "en" else words.zh

    def number(self, field_id: str) -> Decimal | None:
        """A field's number; None where it is unknown, in another currency or of another kind."""
        slot = self.slots.get(field_id)
        if slot is None or slot.foreign or not isinstance(slot.value, Decimal):
            return None
        return slot.value

    def ends(self, field_id: str) -> tuple[Decimal, Decimal] | None:
        """The least and the greatest that a field's value may mean."""
        number = self.number(field_id)
        if number is None:
            return None
        slot = self.slots[field_id]
        low = number if slot.low is None else slot.low
        return low, number if slot.high is None else slot.high

    def word(self, field_id: str) -> str | None:
        """A choice's id; None where it is unknown."""
        slot = self.slots.get(field_id)
        return slot.value if slot is not None and isinstance(slot.value, str) else None

    def day(self, field_id: str) -> date | None:
        """A field's day; None where it is unknown."""
        slot = self.slots.get(field_id)
        if slot is None:
            return None
        if isinstance(slot.value, datetime):
            return slot.value.date()
        return slot.value if isinstance(slot.value, date) else None

    def foreign(self, fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, str] | None:
        """The first field told in a currency that it does not take, with that currency."""
        for field in fields:
            slot = self.slots.get(field.id)
            if slot is not None and slot.foreign:
                return field, slot.foreign
        return None
