"""The duty on a consignment: every component with its legal reference, and what is left out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypedDict

from tools.tariff.amounts import Consignment, Missing, amount_of, cents, share_of_value
from tools.tariff.codes import dotted, parse_code
from tools.tariff.lookup import Found, NoTable, NotFound, Several, lookup_code
from tools.tariff.section301 import Charge, Section301, charge
from tools.tariff.table import Edition, Measure, TariffLine, TariffTable
from tools.tariff.units import Quantity

LEFT_OUT_US = (
    "exclusions",
    "anti_dumping",
    "sections_201_232",
    "quotas",
    "fees",
    "low_value_entry",
)
LEFT_OUT_OTHER = ("preferences", "anti_dumping", "trade_remedies", "quotas", "vat")


class Citation(TypedDict):
    """Where an answer comes from, for the reply's record."""

    source: str
    edition: str
    section: str


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the duty. `amount` is rounded to cents, None with `missing` saying why.

    `share` is the rate as a fraction of the customs value where it is one.
    """

    kind: Literal["base", "section301"]
    reference: str
    rate_text: str
    share: Decimal | None
    amount: Decimal | None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """The assessment of one consignment under one line.

    `total` is the sum of the components, None while any of them has no amount; `effective` is
    total / value. `measures` are headings of chapter 99 that may apply on top (or, 9903.91, in the
    place of a list) and are not in the total: with any of them the total is no final figure.
    `left_out` names what is never computed here.
    """

    found: Found
    goods: Consignment
    origin: str
    components: tuple[Component, ...]
    section301: Charge | None
    total: Decimal | None
    effective: Decimal | None
    measures: tuple[Measure, ...]
    left_out: tuple[str, ...]

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Everything that has to be known before there is a total, without repeats."""
        every = [missing for component in self.components for missing in component.missing]
        return tuple(dict.fromkeys(every))

    @property
    def share(self) -> Decimal | None:
        """The whole rate as a fraction of the value, None when it is not a plain percentage."""
        shares = [component.share for component in self.components]
        known = [share for share in shares if share is not None]
        return sum(known, Decimal(0)) if len(known) == len(shares) else None

    @property
    def citation(self) -> Citation:
        """Source, edition and section of the line."""
        return cite(self.found.edition, self.found.line)


def cite(edition: Edition, line: TariffLine) -> Citation:
    """The citation of a line."""
    return Citation(source=edition.source, edition=edition.name, section=dotted(line.code))


def duty(
    table: TariffTable,
    code: str,
    value: Decimal | None,
    quantities: tuple[Quantity, ...] = (),
    *,
    origin: str = "CN",
    on: date,
    destination: str = "US",
    currency: str = "USD",
) -> Duty | Several | NoTable | NotFound:
    """The duty under a code on a day.

    `value` is the customs value in `currency`, None when not known. Raises ValueError when `code`
    is no code at all.
    """
    parsed = parse_code(code)
    if parsed is None:
        raise ValueError(f"not a customs code: {code!r}")
    found = lookup_code(table, parsed, destination=destination, on=on)
    if not isinstance(found, Found):
        return found
    return assess(table, found, Consignment(value, quantities, currency), origin=origin, on=on)


def assess(
    table: TariffTable, found: Found, goods: Consignment, *, origin: str = "CN", on: date
) -> Duty:
    """The duty on goods under a line that is already found."""
    line, edition = found.line, found.edition
    components = [_base(line, edition, goods)]
    extra: Charge | None = None
    measures: tuple[Measure, ...] = ()
    if edition.destination == "US" and origin == "CN":
        extra = charge_on(table.rules, found, on)
        if component := _section301(table.rules, extra, goods):
            components.append(component)
        measures = _measures(table, line, edition)
    amounts = [component.amount for component in components]
    known = [amount for amount in amounts if amount is not None]
    total = sum(known, Decimal(0)) if len(known) == len(amounts) else None
    effective = total / goods.value if total is not None and goods.value else None
    left_out = LEFT_OUT_US if edition.destination == "US" else LEFT_OUT_OTHER
    if edition.destination == "US" and origin != "CN":
        left_out = ("preferences_and_column_2", *left_out)
    return Duty(
        found, goods, origin, tuple(components), extra, total, effective, measures, left_out
    )


def charge_on(rules: Section301, found: Found, on: date) -> Charge:
    """What Section 301 does to goods of China under a found line."""
    line = found.line
    return charge(
        rules,
        code=found.statistical or line.code[:8],
        headings=line.headings,
        lists=line.lists,
        lists_known=found.edition.lists_known or bool(line.lists),
        on=on,
    )


def _base(line: TariffLine, edition: Edition, goods: Consignment) -> Component:
    column = "column 1 general" if edition.destination == "US" else "third-country duty"
    amount = amount_of(line.general, goods)
    known = isinstance(amount, Decimal)
    return Component(
        "base",
        f"{dotted(line.code)}, {column}",
        line.general_text,
        share_of_value(line.general),
        cents(amount) if isinstance(amount, Decimal) else None,
        () if known else amount,  # type: ignore[arg-type]
    )


def _section301(rules: Section301, found: Charge, goods: Consignment) -> Component | None:
    if found.status in ("not_listed", "not_begun"):
        return None
    headings = " / ".join(dict.fromkeys(rule.heading for rule in found.rules))
    notes = "; ".join(dict.fromkeys(rule.note for rule in found.rules))
    reference = f"{headings}; {notes}" if headings else rules.reference
    if found.rate is None:
        need = Missing("list", found.status)
        return Component("section301", reference, "", None, None, (need,))
    text = f"{(found.rate * 100).normalize():f}%"
    if goods.value is None and found.rate:
        missing = (Missing("value"),)
        return Component("section301", reference, text, found.rate, None, missing)
    amount = cents((goods.value or Decimal(0)) * found.rate)
    return Component("section301", reference, text, found.rate, amount)


def _measures(table: TariffTable, line: TariffLine, edition: Edition) -> tuple[Measure, ...]:
    named = [
        measure
        for heading in (*line.headings, *line.measures)
        if not table.rules.by_heading(heading) and (measure := table.measure(edition, heading))
    ]
    return (*dict.fromkeys(named), *table.measures(edition))
