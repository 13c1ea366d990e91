"""What the `tariff` commands print."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.tariff.importing import ImportReport
from tools.tariff.amounts import Missing
from tools.tariff.answer import (
    AskBack,
    DutyComputed,
    LineFound,
    NeedCodeOrName,
    TariffAnswer,
    UnknownDestination,
)
from tools.tariff.ask import Candidate
from tools.tariff.codes import dotted
from tools.tariff.duty import Component, Duty
from tools.tariff.table import Edition

_NEEDS = {
    "value": "the customs value",
    "quantity": "the quantity in {detail}",
    "part": "{detail}, which the total does not tell",
    "currency": "an amount in {detail}",
    "rate": "a rate that stands in words",
    "list": "the Section 301 list ({detail})",
}
_LEFT_OUT = {
    "exclusions": "product exclusions",
    "anti_dumping": "anti-dumping and countervailing duties",
    "sections_201_232": "Sections 201 and 232",
    "quotas": "quotas",
    "fees": "processing and harbour fees",
    "low_value_entry": "rules for low-value parcels",
    "preferences_and_column_2": "preferential and column 2 rates",
    "preferences": "preferential rates",
    "trade_remedies": "trade remedies",
    "vat": "VAT",
}


def imported(done: ImportReport) -> str:
    """The report of an import, one fact a line."""
    verb = "replaced" if done.replaced else "imported"
    title = f"{done.edition} ({done.destination})" if done.edition else done.kind
    lines = [f"{done.file}: {verb} {title}, {done.rows} rows"]
    if done.rates:
        lines.append(f"  rates understood: {done.read} of {done.rates}")
        lines += [
            f"  not understood: {one.text!r}, {one.count} times, first at {dotted(one.code)}"
            for one in done.unread
        ]
        if done.destination == "US" and not done.lists_known:
            lines.append(
                "  names no Section 301 list: import one by `tariff import --section301 FILE`"
            )
    return "\n".join(lines)


def editions(found: Sequence[Edition]) -> str:
    """The editions, one a line."""
    return "\n".join(
        f"{one.destination}  {one.starts} to {one.ends or 'now'}  {one.name}"
        f" ({one.source}, {one.nomenclature}, {one.currency})"
        + ("" if one.lists_known else ", Section 301 lists not known")
        + (f", checked {one.checked}" if one.checked else "")
        for one in found
    )


def answered(found: TariffAnswer) -> str:
    """An answer in plain English."""
    if isinstance(found, UnknownDestination):
        return f"no table for {found.destination}; there are: {', '.join(found.covered)}"
    if isinstance(found, NeedCodeOrName):
        text = (
            f"not known: {found.unknown or 'no product was named'}; try a short English name, "
            "a code of 4 to 10 digits, or import the full schedule"
        )
        return "\n".join([text, *(f"  alike: {_named(one)}" for one in found.close)])
    if isinstance(found, AskBack):
        return _question(found)
    return _line(found)


def _question(found: AskBack) -> str:
    lines = [f"which one ({found.question.facet})? the duty differs:"]
    lines += [f"  {_named(one)}" for one in found.candidates]
    if found.more:
        lines.append(f"  and {found.more} more lines")
    return "\n".join(lines)


def _named(one: Candidate) -> str:
    line = one.found.line
    title = one.product.en if one.product else line.description
    extra = f" + {percent(one.section301)} Section 301" if one.section301 else ""
    return f"{dotted(line.code)}  {line.general_text}{extra}  {title}"


def _line(found: LineFound | DutyComputed) -> str:
    duty = found.duty
    edition = duty.found.edition
    lines = []
    if not duty.found.in_force:
        lines.append(f"no edition is in force on that day; the nearest, from {edition.starts}:")
    lines.append(f"{edition.name}: {_named(found.candidate)}")
    if not edition.complete:
        lines.append(
            "  from the built-in starter table; `tariff import FILE` loads a full schedule"
        )
    lines.append(f"  {duty.found.line.description}")
    lines += [f"  {_component(one)}" for one in duty.components]
    lines += _sums(duty)
    lines += [f"  may apply on top: {m.heading} {m.rate_text} {m.text}" for m in duty.measures]
    lines.append("  not included: " + ", ".join(_LEFT_OUT[one] for one in duty.left_out))
    return "\n".join(lines)


def _component(one: Component) -> str:
    title = "base duty" if one.kind == "base" else "Section 301"
    missing = [need for need in one.missing if need.need != "value"]
    amount = f" = {one.amount}" if one.amount is not None else ""
    needs = f", needs {_needs(missing)}" if missing else ""
    return f"{title}: {one.rate_text or 'not known'}{amount}{needs}  ({one.reference})"


def _sums(duty: Duty) -> list[str]:
    if duty.total is None or duty.goods.value is None:
        return [f"  rate in all: {percent(duty.share)}"] if duty.share is not None else []
    effective = f", {percent(duty.effective)} of the value" if duty.effective is not None else ""
    title = "total without the measures below" if duty.measures else "total"
    return [f"  {title}: {duty.goods.currency} {duty.total}{effective}"]


def _needs(missing: Iterable[Missing]) -> str:
    return "; ".join(_NEEDS[one.need].format(detail=one.detail) for one in missing)


def percent(share: Decimal | None) -> str:
    """A fraction as a percentage with at most two decimals."""
    if share is None:
        return "?"
    return f"{(share * 100).quantize(Decimal('0.01')).normalize():f}%"
