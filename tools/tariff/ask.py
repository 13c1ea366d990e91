"""Which of several lines: candidates with their duty, and the question that splits them best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.tariff.amounts import share_of_value
from tools.tariff.duty import charge_on
from tools.tariff.lookup import Found
from tools.tariff.table import Product, TariffTable
from tools.tariff.words import read

AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be meant, with what it costs.

    `product` is the starter table's product when the name led here. `section301` is the additional
    rate for goods of China (None when unknown or none), `share` the whole rate as a fraction of
    the value where it is one. Lines with the same `duty` cost the same.
    """

    found: Found
    product: Product | None
    facets: Mapping[str, str]
    section301: Decimal | None
    share: Decimal | None
    duty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask: a facet (or "line": which of the descriptions) and its options.

    `options` pairs each value with the places of its candidates; the value "" gathers those that
    the facet does not describe.
    """

    facet: str
    options: tuple[tuple[str, tuple[int, ...]], ...]


def candidate(
    table: TariffTable, found: Found, product: Product | None, *, origin: str, on: date
) -> Candidate:
    """A found line with its cost for goods of an origin on a day."""
    general = share_of_value(found.line.general)
    extra: Decimal | None = None
    status = "none"
    if found.edition.destination == "US" and origin == "CN":
        charge = charge_on(table.rules, found, on)
        extra, status = charge.rate, charge.status
    settled = status in ("none", "on_list", "not_listed", "not_begun")
    share = general + (extra or 0) if general is not None and settled else None
    facets = product.facets if product else _facets(table, found)
    key = (found.line.general_text, "" if settled else status, str(extra or 0))
    return Candidate(found, product, facets, extra, share, key)


def same_duty(candidates: Sequence[Candidate]) -> bool:
    """Whether the choice makes no difference to the duty."""
    return len({one.duty for one in candidates}) == 1


def best_question(candidates: Sequence[Candidate], order: Sequence[str]) -> Question:
    """The facet whose answer leaves the fewest different duties; `order` breaks ties."""
    facets = {facet for one in candidates for facet in one.facets}
    schedule = any(one.product is None for one in candidates)
    best: tuple[float, int, Question] | None = None
    for facet in facets:
        groups: dict[str, list[int]] = {}
        for place, one in enumerate(candidates):
            groups.setdefault(one.facets.get(facet, ""), []).append(place)
        if len(groups) < 2 or (schedule and len(groups.get("", ())) > 1):
            continue
        left = sum(
            len({candidates[at].duty for at in group}) * len(group) for group in groups.values()
        )
        vague = len(groups.get("", ()))
        rank = order.index(facet) if facet in order else len(order)
        options = tuple((value, tuple(group)) for value, group in groups.items())
        scored = (left + vague * 0.5, rank, Question(facet, options))
        if best is None or scored[:2] < best[:2]:
            best = scored
    all_duties = len({one.duty for one in candidates}) * len(candidates)
    if best is None or best[0] >= all_duties:
        return Question("line", tuple((str(at), (at,)) for at in range(len(candidates))))
    return best[2]


def _facets(table: TariffTable, found: Found) -> dict[str, str]:
    named = read(found.line.description, table.words).facets
    return {facet: next(iter(values)) for facet, values in named.items() if len(values) == 1}
