"""Puts parts together into the text that the user sees."""

from collections.abc import Sequence
from datetime import datetime

from handlers.language import Language
from handlers.reply import Part, Reply, Setting, TariffCitation, kind_of
from handlers.text import to_traditional
from handlers.wording import render
from knowledge.library import View
from knowledge.model import (
    AnyItem,
    Computable,
    Eligibility,
    FieldSpec,
    Month,
    NameList,
    Table,
)

STALE_MONTHS = 2


def compose(
    parts: Sequence[Part], setting: Setting, language: Language, view: View, now: datetime
) -> Reply:
    """The reply: answer first, then reasons and what is missing, then the source."""
    body = "\n\n".join("\n".join(part.lines) for part in parts)
    source = "\n".join(_source(parts, language, view, now))
    kept = tuple(parts)
    if setting == "forward":
        paste = f"{body}\n{source}" if source else body
        note = "\n".join(_note(kept, language, view))
        paste, note = (_script(text, language, view) for text in (paste, note))
        return Reply(kind_of(kept), language, f"{paste}\n\n{note}", kept, paste, note)
    text = _script(f"{body}\n{source}" if source else body, language, view)
    return Reply(kind_of(kept), language, text, kept)


def _source(
    parts: Sequence[Part], language: Language, view: View, now: datetime
) -> tuple[str, ...]:
    citations = list(dict.fromkeys(c for part in parts for c in part.citations))
    if not citations:
        return ()
    grouped: dict[str, list[str]] = {}
    tariffs: dict[tuple[str, str], list[str]] = {}
    for cited in citations:
        if isinstance(cited, TariffCitation):
            tariffs.setdefault((cited.source, cited.edition), []).append(cited.section)
        else:
            grouped.setdefault(cited.bulletin, []).append(cited.section)
    return render(
        language,
        "source",
        grouped=[(view.months[month], sections) for month, sections in grouped.items()],
        tariffs=[(*edition, lines) for edition, lines in tariffs.items()],
        stale=bool(grouped) and _age(view.month, now) > STALE_MONTHS,
        month=view.month,
    )


def _age(month: Month, now: datetime) -> int:
    """Months between the bulletin's month and the moment."""
    year, number = (int(part) for part in month.id.split("-"))
    return (now.year - year) * 12 + now.month - number


def _note(parts: Sequence[Part], language: Language, view: View) -> tuple[str, ...]:
    """What the agent should know beside the text to paste."""
    taken: list[str] = []
    for part in parts:
        known = view.get(part.item) if part.item else None
        judged = known.item.together if known and isinstance(known.item, Eligibility) else ()
        rules = [k.item for slug in (part.item, *judged) if slug and (k := view.get(slug))]
        for name, value in part.arguments.items():
            field = _field(rules, name)
            values = value if isinstance(value, list) else [value]
            if value not in (None, [], {}):
                taken += render(language, "taken", name=name, field=field, values=values)
    return render(
        language,
        "note",
        taken=list(dict.fromkeys(taken)),
        assumed=[text for part in parts for text in part.assumed],
        to_ask=[text for part in parts for text in part.to_ask],
        sections=list(dict.fromkeys(c.section for part in parts for c in part.citations)),
        declined=all(part.kind == "decline" for part in parts),
    )


def _field(rules: Sequence[AnyItem], argument: str) -> FieldSpec | None:
    """The field that an argument of a tool is for: by its id, or by the item's key for it.

    A list is named in the plural: `amounts` are several of the field that `amount` names.
    """
    keys = (argument, argument.removesuffix("s"))
    for rule in rules:
        ids = (argument, *(getattr(rule, key, None) for key in keys))
        for field in rule.fields if isinstance(rule, Computable) else ():
            if field.id in ids:
                return field
    return None


def _script(text: str, language: Language, view: View) -> str:
    return to_traditional(text, official_names(view)) if language == "zh-Hant" else text


def official_names(view: View) -> tuple[str, ...]:
    """Names, paths and addresses that stay as printed in traditional text."""
    names: list[str] = []
    for known in view:
        for link in known.item.links:
            names.append(link.url or link.path or "")
        if isinstance(known.item, NameList):
            names += [m.name for group in known.item.groups for m in group.members]
        if isinstance(known.item, Table):
            names += [row.name for row in known.item.rows]
    return tuple(dict.fromkeys(name for name in names if name))
