"""One call for a conversation: words or a code in, one of five outcomes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from tools.tariff.amounts import Consignment
from tools.tariff.ask import AT_MOST, Candidate, Question, best_question, candidate, same_duty
from tools.tariff.codes import find_code, parse_code
from tools.tariff.duty import Duty, assess
from tools.tariff.find import by_name
from tools.tariff.lookup import Found, NoTable, NotFound, Several, lookup_code
from tools.tariff.table import TariffTable
from tools.tariff.units import Quantity
from tools.tariff.words import read


@dataclass(frozen=True, slots=True)
class UnknownDestination:
    """No table for this destination; `covered` are the destinations that have one."""

    destination: str
    covered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedCodeOrName:
    """Nothing can be looked up: a code or an English name is needed.

    `unknown` is the name or code that is not known; empty when none was said. `close` are products
    whose name is alike: to be offered as a question, never as an answer.
    """

    unknown: str
    reason: Literal["nothing_said", "chinese_name", "english_name", "code"]
    close: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class AskBack:
    """Several lines with different duties: `question` over at most five `candidates`.

    `more` counts lines that are left out of the list.
    """

    asked: str
    candidates: tuple[Candidate, ...]
    question: Question
    more: int


@dataclass(frozen=True, slots=True)
class LineFound:
    """The line is clear and there is no total yet: `duty.missing` says what it needs.

    `others` are less likely products of the same name, and lines with the same duty.
    """

    candidate: Candidate
    duty: Duty
    others: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class DutyComputed:
    """The line and the total."""

    candidate: Candidate
    duty: Duty
    others: tuple[Candidate, ...]


TariffAnswer: TypeAlias = UnknownDestination | NeedCodeOrName | AskBack | LineFound | DutyComputed

DESTINATIONS = ("US", "GB", "EU")


def answer(
    table: TariffTable,
    product: str,
    *,
    destination: str = "US",
    value: Decimal | None = None,
    quantities: Sequence[Quantity] = (),
    origin: str = "CN",
    on: date,
    currency: str = "USD",
) -> TariffAnswer:
    """Look up what a seller names and assess it.

    `product` is a name in Chinese or English, a code, or a sentence with one of them. `value` is
    the customs value in `currency`; `quantities` are in canonical units (`units.unit_named`).
    """
    if not table.editions(destination):
        covered = tuple(code for code in DESTINATIONS if table.editions(code))
        return UnknownDestination(destination, covered)
    goods = Consignment(value, tuple(quantities), currency)
    if code := parse_code(product) or find_code(product):
        found = lookup_code(table, code, destination=destination, on=on)
        if isinstance(found, NoTable | NotFound):
            return NeedCodeOrName(code.dotted, "code")
        lines = _each(found) if isinstance(found, Several) else [found]
        options = [candidate(table, one, None, origin=origin, on=on) for one in lines]
        return _settle(table, product, options, len(options), goods, origin, on)
    query = read(product, table.words)
    named = by_name(table, query, destination=destination, origin=origin, on=on)
    if named.candidates:
        return _settle(table, product, named.candidates, named.near, goods, origin, on)
    if query.is_chinese:
        return NeedCodeOrName(query.name_zh, "chinese_name", named.close)
    name = " ".join(query.latin)
    return NeedCodeOrName(name, "english_name" if name else "nothing_said", named.close)


def _each(several: Several) -> list[Found]:
    return [
        Found(line, several.edition, several.in_force, several.read_as, several.asked)
        for line in several.lines
    ]


def _settle(
    table: TariffTable,
    asked: str,
    options: Sequence[Candidate],
    near: int,
    goods: Consignment,
    origin: str,
    on: date,
) -> TariffAnswer:
    """The first candidate when the choice makes no difference, else a question."""
    likely = options[:near]
    if same_duty(likely):
        first = likely[0]
        assessed = assess(table, first.found, goods, origin=origin, on=on)
        kind = LineFound if assessed.total is None or goods.value is None else DutyComputed
        return kind(first, assessed, tuple(options[1:AT_MOST]))
    shown = _shown(likely)
    question = best_question(shown, table.words.ask)
    return AskBack(asked, tuple(shown), question, len(likely) - len(shown))


def _shown(likely: Sequence[Candidate]) -> list[Candidate]:
    """At most five, one of every duty before a second of any."""
    firsts: dict[tuple[str, ...], Candidate] = {}
    for one in likely:
        firsts.setdefault(one.duty, one)
    chosen = list(firsts.values())[:AT_MOST]
    for one in likely:
        if len(chosen) >= AT_MOST:
            break
        if one not in chosen:
            chosen.append(one)
    return sorted(chosen, key=likely.index)
