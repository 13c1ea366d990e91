"""What the tools need of a tariff table: editions, lines, names; who stores them is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from tools.tariff.rates import Rate
from tools.tariff.section301 import Section301
from tools.tariff.words import Vocabulary

Nomenclature = Literal["HS2017", "HS2022"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a country's schedule and the whole days in which it is in force.

    `ends` is the last day, None while no later edition is known. `complete` is false for the
    built-in starter table. `lists_known` tells whether the edition says which Section 301 list a
    line is on. `checked` is the day on which a built-in figure was last compared with its source.
    """

    key: str
    name: str
    destination: str
    starts: date
    ends: date | None
    nomenclature: Nomenclature
    source: str
    currency: str = "USD"
    complete: bool = True
    lists_known: bool = True
    checked: date | None = None

    def covers(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.starts <= on and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True)
class Heading:
    """One level of the chain above a line; `code` is empty for an unnumbered grouping."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class TariffLine:
    """A line that bears a rate, inherited values resolved.

    `code` has the digits of the rate line (8 in the US), `chain` runs from the heading down to the
    line itself. `headings` are the chapter 99 headings that the line's own footnote names, `lists`
    the Section 301 lists that a list file or the starter table names; both are empty when there is
    none. `measures` are headings of footnotes that belong to single statistical numbers.
    """

    code: str
    chain: tuple[Heading, ...]
    general: Rate
    general_text: str
    units: tuple[str, ...] = ()
    special_text: str = ""
    column2: Rate | None = None
    column2_text: str = ""
    headings: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    note: str = ""

    @property
    def description(self) -> str:
        """The full description: the texts of the chain, from general to particular."""
        return " › ".join(heading.text.rstrip(" :") for heading in self.chain if heading.text)


@dataclass(frozen=True, slots=True)
class Measure:
    """A chapter 99 heading that can change the duty, in the schedule's own words; not computed."""

    heading: str
    rate_text: str
    text: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the starter table: our own names and the line that it is on.

    `facets` say what tells it from its neighbours (material, wearer, knitted or woven); `codes`
    gives the 8-digit line per nomenclature. `statistical` is the 10-digit number where the line is
    only partly on a Section 301 list.
    """

    id: str
    zh: str
    en: str
    names: tuple[str, ...]
    codes: Mapping[Nomenclature, str]
    facets: Mapping[str, str] = field(default_factory=dict)
    statistical: str | None = None


class TariffTable(Protocol):
    """A source of lines; every method returns at once and raises nothing on unknown codes."""

    @property
    def rules(self) -> Section301:
        """The dated rules of Section 301."""

    @property
    def words(self) -> Vocabulary:
        """The words by which product questions are read."""

    def editions(self, destination: str) -> Sequence[Edition]:
        """All editions for a destination ("US", "GB", "EU"); empty when none."""

    def line(self, edition: Edition, code: str) -> TariffLine | None:
        """The rate line of 8 or 10 digits (a statistical number leads to its rate line)."""

    def has_statistical(self, edition: Edition, code: str) -> bool:
        """Whether this 10-digit number exists in the edition."""

    def under(self, edition: Edition, prefix: str) -> Sequence[TariffLine]:
        """The rate lines whose code begins with these 4 or 6 digits, in schedule order."""

    def search(self, edition: Edition, words: Sequence[str]) -> Sequence[TariffLine]:
        """Rate lines whose full English description holds the words, best first; maybe none."""

    def products(self) -> Sequence[Product]:
        """The named products of the starter table."""

    def renumbered(self, hs6: str, to: Nomenclature) -> Sequence[str]:
        """The numbers of the other nomenclature for an HS-6; several when it was split."""

    def measures(self, edition: Edition) -> Sequence[Measure]:
        """Headings of chapter 99 that add a duty on all goods of China, other than the lists."""

    def measure(self, edition: Edition, heading: str) -> Measure | None:
        """One heading of chapter 99; None where the edition does not hold it."""
