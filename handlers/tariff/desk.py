"""Answers tariff questions from a table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.answering import answer as answer_item
from handlers.reply import Part
from handlers.slots import Slot
from handlers.splitting import split
from handlers.tariff import telling
from handlers.tariff.asking import Asking
from handlers.tariff.port import TARIFF, Heard, Taken
from handlers.tariff.request import Request
from handlers.tariff.surroundings import coverage_of, currency_of, day_of
from handlers.turn import Turn
from tools.tariff.answer import (
    AskBack,
    NeedCodeOrName,
    TariffAnswer,
    UnknownDestination,
    answer,
)
from tools.tariff.table import TariffTable

MOST = 3  # tariff questions of a message that are answered


class TariffDesk:
    """Answers tariff questions; knows nothing of a user but what the state holds."""

    def __init__(self, table: TariffTable) -> None:
        self._table = table
        self._asking = Asking(table)

    def take(self, heard: Heard) -> Taken | None:
        """The tariff questions of a message, answered; None where it holds none."""
        if (before := self._before(heard)) and (request := self._asking.continued(heard, before)):
            return self._taken(heard, [(request, (0, len(heard.words)))])
        questions = split(heard.words)
        spans = [(q.start, q.end) for q in questions]
        if len(spans) == 1:
            spans = [(0, len(heard.words))]
        found = [(r, span) for span in spans if (r := self._asking.asked(heard, *span))]
        return self._taken(heard, found[:MOST]) if found else None

    def _taken(self, heard: Heard, found: Sequence[tuple[Request, tuple[int, int]]]) -> Taken:
        parts = tuple(self._part(heard, request) for request, _ in found)
        return Taken(parts, tuple(span for _, span in found), self._slots(found[-1][0], parts[-1]))

    @staticmethod
    def _slots(request: Request, part: Part) -> dict[str, Slot]:
        slots = request.slots()
        if part.choices:
            slots["options"] = Slot("|".join(choice.text for choice in part.choices))
        return slots

    @staticmethod
    def _before(heard: Heard) -> Request | None:
        if heard.before.last != TARIFF:
            return None
        return Request.remembered(heard.before.slots.get(TARIFF, {}))

    def _part(self, heard: Heard, request: Request) -> Part:
        on = day_of(heard)
        frame = telling.Frame(heard.router.view, heard.language, on)
        found = self._found(request, request.product, on)
        if isinstance(found, UnknownDestination):
            return self._no_table(heard, request, frame)
        if isinstance(found, NeedCodeOrName):
            return telling.unknown(request, found, frame)
        if isinstance(found, AskBack):
            return telling.asked_back(request, found, frame)
        if request.other is None:
            return telling.told(request, found, frame)
        second = self._found(request, request.other, on)
        if isinstance(second, NeedCodeOrName):
            return telling.unknown(request, second, frame)
        if isinstance(second, AskBack):
            return telling.asked_back(request, second, frame)
        if isinstance(second, UnknownDestination):
            return self._no_table(heard, request, frame)
        return telling.compared(request, (found, second), frame)

    def _found(self, request: Request, product: str, on: date) -> TariffAnswer:
        return answer(
            self._table,
            product,
            destination=request.destination,
            value=request.value,
            quantities=request.quantities,
            origin=request.origin,
            on=on,
            currency=currency_of(self._table, request.destination),
        )

    def _no_table(self, heard: Heard, request: Request, frame: telling.Frame) -> Part:
        """An honest no, with what the platform's look-up covers on that day."""
        name = request.place or request.destination
        lines = frame.render("nowhere", name=name)
        coverage = coverage_of(heard)
        if coverage is None:
            return frame.part("decline", lines, request, tool="lookup")
        part = answer_item(
            Turn(coverage, heard.router.view, heard.now, heard.language, name, (), {}, frozenset(),
                 "tell")
        )  # fmt: skip
        return replace(part, lines=(*lines, *part.lines))
