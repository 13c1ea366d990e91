"""Which destinations a service covers on a day."""

from dataclasses import dataclass
from datetime import date

from knowledge.model import Coverage, Destination


@dataclass(frozen=True, slots=True)
class CoverageResult:
    """`covered` is None once an expected date has passed: the bulletin cannot tell any more."""

    destination: Destination | None
    covered: bool | None
    since: date | None


def covers(rule: Coverage, destination: Destination | None, *, on: date) -> CoverageResult:
    """A destination of the rule (None: any other place) on a day in the rule's zone."""
    place = destination or rule.other
    begun = place.start is None or on >= place.start
    if place.certainty == "live":
        return CoverageResult(destination, begun, place.start)
    return CoverageResult(destination, None if begun and place.start else False, place.start)
