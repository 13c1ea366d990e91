"""What the items of a view have a place for: fields, names, months."""

import re
from collections.abc import Sequence

from handlers import cues
from handlers.filling import fill
from handlers.names import NameIndex
from handlers.slots import figures
from handlers.values import Value
from knowledge.library import Known, View
from knowledge.model import (
    Calendar,
    Computable,
    Coverage,
    Eligibility,
    Enrolment,
    Escalation,
    FieldSpec,
    Item,
    NameList,
    Table,
)

VALUE_FITS = 0.1
MONTH_FITS = 0.12
CASE_FITS = 0.08
NAME_FITS = 0.14
MOST_FITS = 0.3


class Places:
    """Fields and names of the items of one view, indexed once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._names: dict[str, NameIndex[str]] = {}

    def fits(self, known: Known, words: str, inside: Sequence[Value]) -> float:
        item = known.item
        if isinstance(item, Calendar):
            return MONTH_FITS if any(v.kind == "date" for v in inside) else 0.0
        if isinstance(item, NameList | Table):
            case = cues.OWN_CASE.search(words) and cues.COMPUTE.search(words)
            fits = NAME_FITS / 2 if case else NAME_FITS
            return fits if self.names_something(known, words, inside) else 0.0
        if not isinstance(item, Computable):
            return 0.0
        wanted = CASE_FITS if cues.OWN_CASE.search(words) and cues.COMPUTE.search(words) else 0.0
        filled = fill(item.fields, words, inside)
        told = (len(filled) + len(figures(item.fields, filled))) / 2
        return min(VALUE_FITS * told + wanted, MOST_FITS)

    def names_something(self, known: Known, focus: str, values: Sequence[Value]) -> bool:
        item = known.item
        if isinstance(item, Calendar | Enrolment):
            return any(v.kind == "date" for v in values)
        if isinstance(item, Escalation):
            return bool(re.search(r"第.{1,3}次|\d(?:st|nd|rd|th)\b|time", focus))
        if isinstance(item, Computable):
            dated = any(field.kind in ("date", "moment") for field in item.fields)
            told = any(value.kind != "date" or dated for value in values)
            return told or "档" in focus or "tier" in focus
        return next(self._names_in(item).find(focus), None) is not None

    def _names_in(self, item: Item) -> NameIndex[str]:
        """The names that the item can be asked about, indexed once."""
        if item.id not in self._names:
            names: list[str] = []
            if isinstance(item, NameList):
                names = [n for g in item.groups for m in g.members for n in (m.name, *m.aliases)]
            elif isinstance(item, Table):
                names = [n for row in item.rows for n in (row.name, *row.aliases)]
                names += [n for column in item.columns for n in (column.title.zh, *column.aliases)]
                names += self._score_cues(item)
            elif isinstance(item, Coverage):
                names = [*item.known_others, *(n for d in item.destinations for n in d.aliases)]
            self._names[item.id] = NameIndex((name, name) for name in names)
        return self._names[item.id]

    def _score_cues(self, item: Table) -> list[str]:
        """Words for the columns that a score explains."""
        known = self.view.get(item.score) if item.score else None
        fields = known.item.fields if known and isinstance(known.item, Computable) else ()
        return [cue for field in fields for cue in field.cues]

    def fields_of(self, known: Known) -> tuple[FieldSpec, ...]:
        """The item's fields, and those of items that are judged together with it."""
        item = known.item
        if not isinstance(item, Computable):
            return ()
        fields = {field.id: field for field in item.fields}
        if isinstance(item, Eligibility):
            for slug in item.together:
                other = self.view.get(slug)
                if other and isinstance(other.item, Computable):
                    fields.update({f.id: f for f in other.item.fields if f.id not in fields})
        return tuple(fields.values())
