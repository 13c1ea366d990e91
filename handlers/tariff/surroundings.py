"""What a tariff question needs of the bulletin, the clock and the table."""

from datetime import date
from zoneinfo import ZoneInfo

from handlers.tariff.port import Heard
from knowledge.library import Known
from knowledge.model import BEIJING, Coverage
from tools.tariff.table import TariffTable

TOPIC = "smart-tariff"


def day_of(heard: Heard) -> date:
    """The day of the question, in Beijing."""
    return heard.now.astimezone(ZoneInfo(BEIJING)).date()


def coverage_of(heard: Heard) -> Known | None:
    """The item that tells which destinations the platform's look-up covers."""
    return next(
        (
            known
            for known in heard.router.view
            if known.topic == TOPIC and isinstance(known.item, Coverage)
        ),
        None,
    )


def coverage_rule(heard: Heard) -> Coverage | None:
    """That item's rule."""
    known = coverage_of(heard)
    return known.item if known is not None and isinstance(known.item, Coverage) else None


def currency_of(table: TariffTable, destination: str) -> str:
    """The currency in which a destination's table counts; USD where there is none."""
    editions = table.editions(destination)
    return editions[0].currency if editions else "USD"
