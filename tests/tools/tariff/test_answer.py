"""The one call of a conversation: which of its outcomes, and what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from bot.tariff.knowledge import section301, vocabulary
from bot.tariff.starter import StarterTable
from tools.tariff.answer import (
    AskBack,
    DutyComputed,
    LineFound,
    NeedCodeOrName,
    UnknownDestination,
    answer,
)
from tools.tariff.codes import Code
from tools.tariff.grammar import parse_rate
from tools.tariff.lookup import Found, NoTable, NotFound, Several, lookup_code
from tools.tariff.section301 import Section301
from tools.tariff.table import Edition, Heading, Measure, Nomenclature, Product, TariffLine
from tools.tariff.units import Quantity
from tools.tariff.words import Vocabulary

STARTER = StarterTable()
APRIL_2021 = date(2021, 4, 21)


def edition(key: str, starts: date, ends: date | None = None, **more: object) -> Edition:
    numbers: Nomenclature = "HS2022" if starts.year >= 2022 else "HS2017"
    known = bool(more.get("lists_known", True))
    complete = bool(more.get("complete", True))
    return Edition(
        key, key, "US", starts, ends, numbers, "test", complete=complete, lists_known=known
    )


def line(code: str, general: str, text: str, *headings: str) -> TariffLine:
    chain = (Heading(code[:4], "Goods"), Heading(code, text))
    return TariffLine(code, chain, parse_rate(general), general, headings=headings)


@dataclass
class Table:
    """A table in memory: lines by the key of their edition."""

    all: dict[str, tuple[Edition, list[TariffLine]]]
    numbers: dict[str, list[str]] = field(default_factory=dict)
    statistical: frozenset[str] = frozenset()

    @property
    def rules(self) -> Section301:
        return section301()

    @property
    def words(self) -> Vocabulary:
        return vocabulary()

    def editions(self, destination: str) -> Sequence[Edition]:
        return [one for one, _ in self.all.values() if one.destination == destination]

    def line(self, edition: Edition, code: str) -> TariffLine | None:
        return next((one for one in self.all[edition.key][1] if one.code == code[:8]), None)

    def has_statistical(self, edition: Edition, code: str) -> bool:
        return code in self.statistical

    def under(self, edition: Edition, prefix: str) -> Sequence[TariffLine]:
        return [one for one in self.all[edition.key][1] if one.code.startswith(prefix)]

    def search(self, edition: Edition, words: Sequence[str]) -> Sequence[TariffLine]:
        return [
            one
            for one in self.all[edition.key][1]
            if all(word in one.description.lower() for word in words)
        ]

    def products(self) -> Sequence[Product]:
        return ()

    def renumbered(self, hs6: str, to: Nomenclature) -> Sequence[str]:
        return self.numbers.get(hs6, [])

    def measures(self, edition: Edition) -> Sequence[Measure]:
        return ()

    def measure(self, edition: Edition, heading: str) -> Measure | None:
        return None


OLD = edition("2021", date(2021, 1, 1), date(2021, 12, 31))
NEW = edition("2025", date(2025, 1, 1))
SHIRTS = [
    line("61091000", "16.5%", "Of cotton", "9903.88.15"),
    line("61099010", "32%", "Of man-made fibers", "9903.88.15"),
    line("61099080", "16%", "Other", "9903.88.15"),
]
TABLE = Table(
    {
        "2021": (OLD, [*SHIRTS, line("85171200", "Free", "Telephones"), line("85182200", "2%", "Loudspeakers")]),
        "2025": (NEW, [*SHIRTS, line("85171300", "Free", "Smartphones"), line("85182200", "Free", "Loudspeakers"),
                       line("42010030", "2.4%", "Dog leashes")]),
    },
    numbers={"851712": ["851713"], "851713": ["851712"]},
    statistical=frozenset({"6109100012"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "on", "key", "in_force", "read_as", "lines"),
    [
        pytest.param("61091000", date(2021, 4, 21), "2021", True, "line", 1, id="in force"),
        pytest.param("61091000", date(2021, 12, 31), "2021", True, "line", 1, id="its last day"),
        pytest.param("61091000", date(2022, 1, 1), "2021", False, "line", 1, id="the day after"),
        pytest.param("61091000", date(2024, 12, 31), "2025", False, "line", 1, id="nearer to the next"),
        pytest.param("6109100012", date(2025, 1, 1), "2025", True, "statistical", 1, id="US ten digits"),
        pytest.param("6109100099", date(2025, 1, 1), "2025", True, "hs", 1, id="Chinese ten digits"),
        pytest.param("61099000", date(2025, 1, 1), "2025", True, "hs", 2, id="eight digits of another country"),
        pytest.param("6109", date(2025, 1, 1), "2025", True, "hs", 3, id="a heading"),
        pytest.param("85171200", date(2025, 1, 1), "2025", True, "renumbered", 1, id="an old number today"),
        pytest.param("85171300", date(2021, 4, 21), "2021", True, "renumbered", 1, id="a new number then"),
        pytest.param("42010030", date(2021, 4, 21), "2025", False, "line", 1, id="only in another edition"),
    ],
)  # fmt: skip
def test_the_edition_and_the_way_to_the_line(
    code: str, on: date, key: str, in_force: bool, read_as: str, lines: int
) -> None:
    found = lookup_code(TABLE, Code(code), on=on)

    assert isinstance(found, Found | Several)
    assert (found.edition.key, found.in_force, found.read_as) == (key, in_force, read_as)
    assert (len(found.lines) if isinstance(found, Several) else 1) == lines


def test_no_table_and_no_line_are_two_answers() -> None:
    assert lookup_code(TABLE, Code("6109"), destination="AU", on=APRIL_2021) == NoTable("AU")
    assert isinstance(lookup_code(TABLE, Code("9999"), on=APRIL_2021), NotFound)


def test_an_unknown_destination_names_those_that_there_are() -> None:
    assert answer(STARTER, "T恤", destination="AU", on=APRIL_2021) == UnknownDestination(
        "AU", ("US",)
    )


@pytest.mark.parametrize(
    ("product", "unknown", "reason"),
    [
        pytest.param("石墨烯的美国关税", "石墨烯", "chinese_name", id="Chinese"),
        pytest.param("duty on graphite electrodes", "graphite electrode", "english_name", id="English"),
        pytest.param("9999.99", "9999.99", "code", id="code"),
        pytest.param("关税多少", "", "nothing_said", id="nothing"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_asked_for(product: str, unknown: str, reason: str) -> None:
    assert answer(STARTER, product, on=APRIL_2021) == NeedCodeOrName(unknown, reason)  # type: ignore[arg-type]


def test_it_asks_for_the_material_when_the_duty_hangs_on_it() -> None:
    found = answer(STARTER, "T恤出口美国关税多少", on=APRIL_2021)

    assert isinstance(found, AskBack)
    assert found.question.facet == "material"
    assert [value for value, _ in found.question.options] == ["cotton", "synthetic"]
    assert [one.share for one in found.candidates] == [Decimal("0.240"), Decimal("0.395")]


def test_it_does_not_ask_when_the_duty_is_the_same() -> None:
    found = answer(STARTER, "沙发", value=Decimal(1000), on=APRIL_2021)

    assert isinstance(found, DutyComputed)
    assert str(found.duty.total) == "250.00"
    assert [one.product.id for one in found.others if one.product] == ["sofa-metal-frame"]


def test_a_heading_of_the_schedule_is_asked_by_its_descriptions() -> None:
    found = answer(TABLE, "HS 6109", on=APRIL_2021)

    assert isinstance(found, AskBack)
    assert found.question.facet == "material"
    assert [value for value, _ in found.question.options] == ["cotton", "synthetic", ""]


@pytest.mark.parametrize(
    ("words", "code"), [("duty on dog leashes to the USA", "42010030"), ("smartphones", "85171300")]
)
def test_english_words_search_the_schedule(words: str, code: str) -> None:
    found = answer(TABLE, words, on=date(2025, 1, 1))

    assert isinstance(found, LineFound)
    assert found.candidate.found.line.code == code


def test_without_a_value_the_line_is_told() -> None:
    found = answer(STARTER, "男士化纤衬衫", on=APRIL_2021)

    assert isinstance(found, LineFound)
    assert {one.need for one in found.duty.missing} == {"value", "quantity"}


def test_with_value_and_quantity_the_duty_is_told() -> None:
    found = answer(
        STARTER,
        "男士化纤衬衫",
        value=Decimal(1000),
        quantities=[Quantity(Decimal(20), "kg")],
        on=APRIL_2021,
    )

    assert isinstance(found, DutyComputed)
    assert str(found.duty.total) == "339.82"


def test_an_edition_without_lists_says_that_it_does_not_know() -> None:
    bare = edition("csv", date(2025, 1, 1), lists_known=False)
    table = Table({"csv": (bare, [line("61091000", "16.5%", "Of cotton")])})

    found = answer(table, "61091000", value=Decimal(100), on=date(2025, 2, 1))

    assert isinstance(found, LineFound)
    assert [one.detail for one in found.duty.missing] == ["unknown"]


def test_five_candidates_at_most_and_every_duty_among_them() -> None:
    lines = [line(f"9401{n:02}00", f"{n % 3}%", f"Seat {n}") for n in range(10, 19)]
    table = Table({"2025": (NEW, lines)})

    found = answer(table, "9401", on=date(2025, 2, 1))

    assert isinstance(found, AskBack)
    assert (len(found.candidates), found.more) == (5, 4)
    assert {one.found.line.general_text for one in found.candidates} == {"0%", "1%", "2%"}
