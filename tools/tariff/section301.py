"""Section 301 on goods of China as dated rules, and what they mean for one line on one day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

UNKNOWN_LIST = "?"


@dataclass(frozen=True, slots=True)
class RateStep:
    """A rate (a fraction) from a day on."""

    starts: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class ListRule:
    """One list: the chapter 99 heading that charges it, its legal note, its rates in order.

    `suspended_from` is set for a list that was to begin on that day and was suspended.
    """

    name: str
    heading: str
    note: str
    steps: tuple[RateStep, ...]
    suspended_from: date | None = None

    def rate(self, on: date) -> Decimal | None:
        """The rate on that day; None before the first, and for a suspended list."""
        current = [step.rate for step in self.steps if step.starts <= on]
        return current[-1] if current else None


@dataclass(frozen=True, slots=True)
class PartialLine:
    """A line that a list covers except for some statistical (10-digit) numbers."""

    list: str
    code: str
    excluded: frozenset[str]


@dataclass(frozen=True, slots=True)
class Section301:
    """All rules: the lists by name, the lines partly on a list, the legal reference."""

    lists: Mapping[str, ListRule]
    partial: tuple[PartialLine, ...]
    reference: str

    def by_heading(self, heading: str) -> ListRule | None:
        """The list that a chapter 99 heading charges; None for any other heading."""
        return next((rule for rule in self.lists.values() if rule.heading == heading), None)

    def partials(self, code8: str) -> tuple[PartialLine, ...]:
        """The rules for a line that is only partly on a list."""
        return tuple(part for part in self.partial if part.code == code8)


@dataclass(frozen=True, slots=True)
class Charge:
    """What Section 301 does to a line on a day.

    `on_list`: the rate holds (0 and `suspended` for list 4B). `not_listed`: nothing. `not_begun`:
    the list exists, its first day is later. `partial`: the 10-digit number decides, `choices` are
    the rules. `unknown`: the edition does not say which list the line is on.
    """

    status: Literal["on_list", "not_listed", "not_begun", "partial", "unknown"]
    rules: tuple[ListRule, ...] = ()
    rate: Decimal | None = None
    suspended: bool = False
    choices: tuple[PartialLine, ...] = ()


def charge(
    rules: Section301,
    *,
    code: str,
    headings: Iterable[str],
    lists: Iterable[str],
    lists_known: bool,
    on: date,
) -> Charge:
    """The charge on a line of 8 digits or a statistical number of 10.

    `headings` come from the edition's footnotes, `lists` from a list file ("1|2|3" where only the
    common rate is certain, UNKNOWN_LIST where it does not tell).
    """
    lists = tuple(lists)
    partials = rules.partials(code[:8])
    if partials:
        return _partial(rules, code, partials, on)
    found = _rules_named(rules, headings, lists)
    if not found:
        known = lists_known and UNKNOWN_LIST not in lists
        return Charge("not_listed" if known else "unknown")
    return _on_lists(found, on)


def _rules_named(
    rules: Section301, headings: Iterable[str], lists: Iterable[str]
) -> tuple[ListRule, ...]:
    named = [rule for heading in headings if (rule := rules.by_heading(heading))]
    if not named:
        labels = [name for label in lists for name in label.split("|")]
        named = [rules.lists[name] for name in labels if name in rules.lists]
    return tuple(dict.fromkeys(named))


def _on_lists(found: Sequence[ListRule], on: date) -> Charge:
    rates = {rule.rate(on) for rule in found}
    current = {rate for rate in rates if rate is not None}
    if len(current) > 1:  # two lists with two rates and no number to tell them apart
        return Charge("unknown", tuple(found))
    if current:
        return Charge("on_list", tuple(found), current.pop())
    if any(rule.suspended_from and rule.suspended_from <= on for rule in found):
        return Charge("on_list", tuple(found), Decimal(0), suspended=True)
    return Charge("not_begun", tuple(found))


def _partial(rules: Section301, code: str, partials: tuple[PartialLine, ...], on: date) -> Charge:
    if len(code) == 10:
        covering = [part for part in partials if code not in part.excluded]
        found = [rules.lists[part.list] for part in covering]
        return _on_lists(found, on) if found else Charge("not_listed")
    rates = {rules.lists[part.list].rate(on) or Decimal(0) for part in partials}
    if rates == {Decimal(0)}:
        return Charge("not_begun", tuple(rules.lists[part.list] for part in partials))
    return Charge("partial", choices=partials)
