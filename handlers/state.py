"""What a conversation remembers, as plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from handlers.language import Language
from handlers.slots import Slot

VERSION = 1
REMEMBERED = 6  # items whose values are kept


@dataclass(frozen=True, slots=True)
class State:
    """`items` are the ids last talked about, newest first, `slots` their fields' values.

    `pending` is an item and its field that was asked for last. `said` is what the last question
    asked, without the name of its subject: "and X?" asks the same of X.
    """

    language: Language | None = None
    items: tuple[str, ...] = ()
    slots: Mapping[str, Mapping[str, Slot]] = field(default_factory=dict)
    pending: tuple[str, str] | None = None
    said: str = ""

    @property
    def last(self) -> str | None:
        return self.items[0] if self.items else None

    def record(self) -> dict[str, Any]:
        """Plain JSON; `load` reads it back."""
        return {
            "version": VERSION,
            "language": self.language,
            "items": list(self.items),
            "slots": {
                item: {name: slot.record() for name, slot in slots.items()}
                for item, slots in self.slots.items()
                if slots
            },
            "pending": list(self.pending) if self.pending else None,
            "said": self.said,
        }

    @classmethod
    def load(cls, plain: Mapping[str, Any]) -> "State":
        """The state that `record` wrote; of another version or an empty one, a new state."""
        if plain.get("version") != VERSION:
            return cls()
        pending = plain["pending"]
        return cls(
            cast("Language | None", plain["language"]),
            tuple(plain["items"]),
            {
                item: {name: Slot.from_record(slot) for name, slot in slots.items()}
                for item, slots in plain["slots"].items()
            },
            (pending[0], pending[1]) if pending else None,
            plain.get("said", ""),
        )

    def after(
        self,
        language: Language,
        items: tuple[str, ...],
        slots: Mapping[str, Mapping[str, Slot]],
        pending: tuple[str, str] | None,
        said: str = "",
    ) -> "State":
        """The state once items were talked about (in order of the message)."""
        newest = (*reversed(items), *(item for item in self.items if item not in items))
        kept = tuple(dict.fromkeys(newest))[:REMEMBERED]
        merged = {**self.slots, **slots}
        return State(language, kept, {i: merged[i] for i in kept if i in merged}, pending, said)
