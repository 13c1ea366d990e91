"""By name: candidates from the starter table's names, then from the schedule's own English."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tools.tariff.ask import AT_MOST, Candidate, candidate
from tools.tariff.lookup import Found, editions_for
from tools.tariff.names import Ranked, rank
from tools.tariff.table import Edition, Product, TariffLine, TariffTable
from tools.tariff.words import Query

NEAR = 1.0  # products whose score is this close are all meant
_CONSIDERED = 12


@dataclass(frozen=True, slots=True)
class ByName:
    """Candidates best first; the first `near` are as likely as each other.

    `close` are products of which only a part of the name was said: to be offered, never taken.
    """

    candidates: tuple[Candidate, ...]
    near: int
    close: tuple[Candidate, ...] = ()


def by_name(table: TariffTable, query: Query, *, destination: str, origin: str, on: date) -> ByName:
    """Candidates for a name on a day, from the names first, then from the schedule's English."""
    ranked = rank(query, table.products(), table.words)
    editions = editions_for(table, destination, on)
    found: list[tuple[Ranked, Candidate]] = []
    for one in ranked[:_CONSIDERED]:
        for line in _lines(table, editions, one.product, on):
            found.append((one, candidate(table, line, one.product, origin=origin, on=on)))
    named = tuple(one for _, one in found)
    if found and found[0][0].exact:
        return ByName(named, sum(found[0][0].score - one.score < NEAR for one, _ in found))
    searched = tuple(
        candidate(table, line, None, origin=origin, on=on)
        for line in _searched(table, editions, query, on)
    )
    return ByName(searched, len(searched), named[:AT_MOST])


def _lines(
    table: TariffTable, editions: list[Edition], product: Product, on: date
) -> Iterator[Found]:
    """The line of a product in the first edition that has it; all lines of its HS-6 abroad."""
    for edition in editions:
        code = product.codes.get(edition.nomenclature)
        if not code:
            continue
        asked = product.en
        if edition.destination == "US":
            if line := table.line(edition, code):
                number = product.statistical
                if number and not table.has_statistical(edition, number):
                    number = None
                yield Found(line, edition, edition.covers(on), "name", asked, number)
                return
        elif lines := table.under(edition, code[:6]):
            for line in _distinct(lines):
                yield Found(line, edition, edition.covers(on), "name", asked)
            return


def _distinct(lines: Iterable[TariffLine]) -> Iterator[TariffLine]:
    seen: set[str] = set()
    for line in lines:
        if line.general_text not in seen:
            seen.add(line.general_text)
            yield line


def _searched(
    table: TariffTable, editions: list[Edition], query: Query, on: date
) -> Iterator[Found]:
    if query.is_chinese or not query.latin:
        return
    for edition in editions:
        if lines := table.search(edition, query.latin):
            for line in lines:
                yield Found(line, edition, edition.covers(on), "name", " ".join(query.latin))
            return
