"""On-time shipping: the last working day that saves an order, and the rate.

Working days are those of mainland China's official calendar, with its make-up working days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.model import Exemption, ExemptionWay


class CalendarNotPublishedError(Exception):
    """The official calendar of a year is not known (yet)."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"no official working days are published for {year}")


@dataclass(frozen=True, slots=True)
class ExemptionResult:
    """`exempt` is None while the day of the saving event is not known.

    `last_day` is None where nothing exempts this way of shipping.
    """

    way: ExemptionWay
    agreed: date
    last_day: date | None
    happened: date | None
    exempt: bool | None


@dataclass(frozen=True, slots=True)
class OnTimeRate:
    """Shares from 0 to 1: with exempt orders counted as on time, and without."""

    total: int
    late: int
    exempt: int
    on_time: int
    rate: Decimal
    without_exemption: Decimal


def is_working_day(day: date) -> bool:
    """CalendarNotPublishedError for a year that the calendar does not cover."""
    import chinese_calendar  # noqa: PLC0415  (late: only this question needs it)

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise CalendarNotPublishedError(day.year) from None


def shift_working_days(day: date, count: int) -> date:
    """The working day `count` working days after (before, if negative) `day`."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if is_working_day(day):
            count -= 1 if count > 0 else -1
    return day


def exemption(
    rule: Exemption, way_id: str, *, agreed: date, happened: date | None
) -> ExemptionResult:
    """Whether an order with agreed shipping date `agreed` (T) is exempt.

    `happened` is the day of the way's saving event (order placed, parcel scanned). KeyError for an
    unknown way; CalendarNotPublishedError where working days are not known.
    """
    way = next((way for way in rule.ways if way.id == way_id), None)
    if way is None:
        raise KeyError(way_id)
    if way.offset is None:
        return ExemptionResult(way, agreed, None, happened, False)
    last_day = shift_working_days(agreed, way.offset)
    return ExemptionResult(
        way, agreed, last_day, happened, None if happened is None else happened <= last_day
    )


def on_time_rate(total: int, late: int, exempt: int) -> OnTimeRate:
    """Exempt late orders count as on time in numerator and denominator.

    ValueError where the counts contradict each other.
    """
    if total < 1 or not 0 <= exempt <= late <= total:
        raise ValueError("exempt orders are among the late ones, late ones among all")
    on_time = total - late + exempt
    return OnTimeRate(
        total, late, exempt, on_time, Decimal(on_time) / total, Decimal(total - late) / total
    )
