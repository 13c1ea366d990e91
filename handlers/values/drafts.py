"""A value while it is being put together: offsets are those of the folded text."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from handlers.values.folding import Folded
from handlers.values.model import Bound, Kind, Value
from handlers.values.patterns import late

# Between the two ends of a range.
CONNECT = late(
    r"\s?(?:-+|~+|—+|到|至|to(?![a-z])|until(?![a-z])|till(?![a-z])|through(?![a-z]))\s?"
)


@dataclass(slots=True)
class Draft:
    """The fields of a Value, open to change."""

    kind: Kind
    start: int
    end: int
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    first: date | datetime | None = None
    last: date | datetime | None = None
    unit: str | None = None
    currency: str | None = None
    bound: Bound | None = None
    assumed: tuple[str, ...] = ()
    alternatives: tuple["Draft", ...] = ()

    def assume(self, *codes: str) -> None:
        """Add codes of what the text does not say, none twice."""
        self.assumed = tuple(dict.fromkeys((*self.assumed, *codes)))

    def finish(self, folded: Folded) -> Value:
        """The value over the text as given."""
        start, end = folded.span(self.start, self.end)
        return Value(
            self.kind,
            start,
            end,
            folded.given[start:end],
            self.value,
            self.low,
            self.high,
            self.first,
            self.last,
            self.unit,
            self.currency,
            self.bound,
            self.assumed,
            tuple([other.finish(folded) for other in self.alternatives]),
        )
