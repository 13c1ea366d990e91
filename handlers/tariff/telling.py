"""From what the tariff tools found to a part of the reply."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers.kinds.common import plain_record
from handlers.language import Language
from handlers.reply import Choice, Part, TariffCitation
from handlers.tariff.port import TARIFF
from handlers.tariff.request import Request
from handlers.tariff.surroundings import TOPIC
from handlers.wording import render
from knowledge.library import View
from tools.tariff.answer import AskBack, DutyComputed, LineFound, NeedCodeOrName
from tools.tariff.ask import Candidate
from tools.tariff.codes import dotted
from tools.tariff.duty import Duty, cite
from tools.tariff.table import Edition, TariffLine

MEASURES = 4  # headings of chapter 99 that are quoted
OTHERS = 3  # further products of the same name that are mentioned
QUOTED = 160  # characters of a heading's text


def told(request: Request, found: LineFound | DutyComputed, frame: "Frame") -> Part:
    """The line with its duty; asks for what is missing where an amount is wanted."""
    duty = found.duty
    wanted = request.judge or request.value is not None or request.foreign is not None
    missing = _to_ask(duty, request) if wanted else ()
    lines = frame.render(
        "line",
        request=request,
        one=described(found.candidate, frame.language),
        duty=duty,
        chain=_chain(duty.found.line),
        quoted=[(one, _cut(one.text)) for one in duty.measures[:MEASURES]],
        missing=missing,
        others=_others(found, frame.language),
    )
    return frame.part(
        "ask" if missing else "answer",
        lines,
        request,
        tool="duty" if wanted else "lookup",
        result=_record(duty),
        missing=missing,
        cited=((duty.found.edition, duty.found.line),),
    )


def asked_back(request: Request, found: AskBack, frame: "Frame") -> Part:
    """Which of several lines with different duties: the question that splits best."""
    each = [described(one, frame.language) for one in found.candidates]
    first = found.candidates[0].found
    lines = frame.render("ask", question=found.question.facet, each=each, first=first,
                         more=found.more, edition=first.edition)  # fmt: skip
    return frame.part(
        "ask",
        lines,
        request,
        tool="lookup",
        result=[{"line": one["code"], "title": one["title"]} for one in each],
        missing=("product" if found.question.facet == "line" else found.question.facet,),
        choices=tuple(Choice(one["title"], one["number"]) for one in each),
        cited=tuple((one.found.edition, one.found.line) for one in found.candidates),
    )


def unknown(request: Request, found: NeedCodeOrName, frame: "Frame") -> Part:
    """A product or a code that no edition knows, with the two ways on."""
    close = [described(one, frame.language) for one in found.close[:OTHERS]]
    lines = frame.render("unknown", name=found.unknown, reason=found.reason, close=close)
    choices = tuple(Choice(one["title"], one["number"]) for one in close)
    return frame.part("ask", lines, request, tool="lookup", missing=("product",), choices=choices)


def compared(request: Request, pair: Sequence[LineFound | DutyComputed], frame: "Frame") -> Part:
    """Two products beside each other."""
    each = [described(one.candidate, frame.language) for one in pair]
    shares = [one.duty.share for one in pair]
    order: list[int] = []
    if all(share is not None for share in shares):
        order = sorted((0, 1), key=lambda at: (shares[at], at))
    first = pair[0].duty
    lines = frame.render(
        "compare", each=each, pair=pair, order=order, shares=shares, duty=first,
        edition=first.found.edition,
    )  # fmt: skip
    return frame.part(
        "answer",
        lines,
        request,
        tool="lookup",
        result=[_record(one.duty) for one in pair],
        cited=tuple((one.duty.found.edition, one.duty.found.line) for one in pair),
    )


def described(one: Candidate, language: Language) -> dict[str, Any]:
    """A candidate in words: title, code, rates."""
    line, product = one.found.line, one.product
    title = line.chain[-1].text.rstrip(" :") if line.chain else dotted(line.code)
    if re.match(r"(?:of|other|with|not|men's|women's)\b", title, re.IGNORECASE):
        title = line.description  # "Of cotton" alone names nothing
    if product is not None:
        title = product.en if language == "en" else product.zh
    return {
        "title": title,
        "full": title if product else line.description,
        "code": dotted(one.found.statistical or line.code),
        "number": one.found.statistical or line.code,
        "rate": line.general_text,
        "extra": one.section301,
        "share": one.share,
    }


def _others(found: LineFound | DutyComputed, language: Language) -> list[dict[str, Any]]:
    """Further products of the same name whose duty differs."""
    other = [one for one in found.others if one.duty != found.candidate.duty and one.product]
    return [described(one, language) for one in other[:OTHERS]]


def _to_ask(duty: Duty, request: Request) -> tuple[str, ...]:
    """What the seller can still tell: value, quantity; nothing where the rest is not computable."""
    if request.foreign is not None and duty.goods.value is None:
        return ("value",)
    needs = {need.need for need in duty.missing}
    if needs - {"value", "quantity"}:
        return ()
    value = duty.goods.value is None and ("value" in needs or bool(request.quantities))
    return tuple(
        name for name, open_ in (("value", value), ("quantity", "quantity" in needs)) if open_
    )


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0] + " …"


def _chain(line: TariffLine) -> list[str]:
    return [
        f"{dotted(one.code)} {one.text.rstrip(' :')}".strip() if one.code else one.text.rstrip(" :")
        for one in line.chain
        if one.text
    ]


def _record(duty: Duty) -> dict[str, Any]:
    edition = duty.found.edition
    plain: dict[str, Any] = plain_record(
        {
            "line": dotted(duty.found.line.code),
            "description": duty.found.line.description,
            "edition": edition.name,
            "valid_from": edition.starts,
            "in_force": duty.found.in_force,
            "components": [
                {
                    "kind": one.kind,
                    "reference": one.reference,
                    "rate": one.rate_text,
                    "amount": one.amount,
                }
                for one in duty.components
            ],
            "section301": duty.section301.status if duty.section301 else None,
            "rate": duty.share,
            "total": duty.total if duty.goods.value is not None else None,
            "effective": duty.effective,
            "currency": duty.goods.currency,
            "measures": [one.heading for one in duty.measures],
            "left_out": list(duty.left_out),
        }
    )
    return plain


class Frame:
    """What every tariff part shares: language, day, the platform's own look-up beside it."""

    def __init__(self, view: View, language: Language, on: date) -> None:
        self.language, self._on = language, on
        self._title = view.month.topics.get(TOPIC)
        links = [
            link.url
            for known in view
            if known.topic == TOPIC
            for link in known.item.links
            if link.url
        ]
        self._link = links[0] if links else None

    def render(self, part: str, **facts: Any) -> tuple[str, ...]:
        """The lines of one kind of tariff part."""
        return render(
            self.language, "tariff", part=part, on=self._on, service=self._title, link=self._link,
            **facts,
        )  # fmt: skip

    def part(
        self,
        kind: Any,
        lines: tuple[str, ...],
        request: Request,
        *,
        tool: str,
        result: Any = None,
        missing: tuple[str, ...] = (),
        choices: tuple[Choice, ...] = (),
        cited: Sequence[tuple[Edition, TariffLine]] = (),
    ) -> Part:
        """A part of the reply under the topic of the platform's look-up."""
        citations = dict.fromkeys(TariffCitation(**cite(*one)) for one in cited)
        return Part(
            kind=kind,
            topic=TOPIC,
            lines=lines,
            tool=tool,
            item=TARIFF,
            arguments=_arguments(request, self._on),
            result=result,
            missing=missing,
            citations=tuple(citations),
            choices=choices,
        )


def _arguments(request: Request, on: date) -> Mapping[str, Any]:
    told = {
        "product": request.product,
        "other": request.other,
        "destination": request.destination,
        "origin": request.origin,
        "value": request.value,
        "quantities": [f"{one.amount} {one.unit}" for one in request.quantities],
        "on": on,
    }
    plain: dict[str, Any] = plain_record({k: v for k, v in told.items() if v not in (None, [])})
    return plain
