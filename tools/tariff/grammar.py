"""One grammar for the duty columns of the US and UK schedules: text in, typed rate out."""

import re
from decimal import Decimal

from tools.tariff.rates import (
    AdValorem,
    Applicable,
    ByReference,
    Compound,
    Conditional,
    Free,
    NoAdditionalDuty,
    NotComputable,
    PartOfQuantity,
    PartOfValue,
    PerJewel,
    PerPart,
    Rate,
    SlidingScale,
    Specific,
    Term,
)
from tools.tariff.units import unit_named

_NUM = r"\d[\d,]*(?:\.\d+)?|\.\d+"
_PERCENT = re.compile(
    rf"(?:(?P<whole>\d+) (?P<top>\d+)/(?P<under>\d+)|(?P<num>{_NUM}))\s*%(?P<rest>.*)"
)
_MONEY = re.compile(
    rf"(?:(?P<cents>{_NUM})\s*(?:¢|cents?\b)|\$\s*(?P<dollars>{_NUM})"
    rf"|(?P<other>{_NUM})\s*(?P<currency>GBP|EUR|€))(?P<rest>.*)"
)
_WORDS_PERCENT = re.compile(rf"({_NUM}) percent of (.+)")
# The longest spellings first: "pf. liter" must not be read as something else.
_UNIT = re.compile(
    r"(?:\s*/\s*|\s+(?=each\b)|\s+per\s+)"
    r"(?P<per>100(?=\s*(?:kg|items))|1[,.]?000(?=\s*(?:items|kg)))?\s*"
    r"(?P<unit>line/\s?gross|pf\. ?liter|clean kg|lin\. m|doz\. prs?\.|1,?000(?: pins)?|thousand"
    r"|hundred|liter|gross|article|items?|tonne|pack|each|head|jewel|bbl|doz\.|pr\.|kg|hl|m2|m3|m²|m³"
    r"|g\b|t\b|m\b)(?P<rest>.*)"
)
_QUALIFIER = re.compile(
    r"\s*,?\s*((?:on|of|in|including|per)\b.*"
    r"|(?:mas|eda|std qual)\b.*|/.*)"
)
_OVER = re.compile(r"\s*over (\d+)")
_SEASON = re.compile(
    r"\(\s*\d+\s*(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)", re.IGNORECASE
)


def clean(text: str) -> str:
    """A duty text without tags, odd blanks and hyphenated line breaks."""
    text = re.sub(r"<[^<>]*>", "", text)
    text = re.sub(r"[\s\u00a0\u2000-\u200b\u3000]+", " ", text).strip()
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "", text)


def parse_rate(text: str) -> Rate:
    """Read one duty text; never raises, what cannot be read is NotComputable("unreadable")."""
    text = clean(text)
    if not text:
        return NotComputable("empty", "")
    return _fixed(text) or _chapter_99(text) or _in_words(text) or _foreign(text) or _sum(text)


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _fixed(text: str) -> Rate | None:
    if re.fullmatch(r"free\.?", text, re.IGNORECASE):
        return Free()
    if re.fullmatch(r"no change\.?(?: .*)?", text, re.IGNORECASE):
        return ByReference("no_change", text)
    if text.lower().startswith("no additional dut"):
        return NoAdditionalDuty()
    if found := re.fullmatch(r"free[,;] (.+)", text, re.IGNORECASE):
        return Conditional(Free(), found[1])
    if found := re.fullmatch(r"free \((see .+)\)", text, re.IGNORECASE):
        return Conditional(Free(), found[1])
    if re.match(r"see\b|duty-free treatment\b", text, re.IGNORECASE):
        return ByReference("note", text)
    return None


def _chapter_99(text: str) -> Rate | None:
    """Read "The duty provided in the applicable subheading", alone or with more added."""
    if not re.match(r"The (?:dut|rate)", text):
        return None
    if found := re.search(
        rf"(?:\+|plus) a duty of ({_NUM})%(?: upon the value of (.+?))?\.?$", text
    ):
        return Applicable(_number(found[1]) / 100, found[2])
    if found := re.search(rf"(?:\+|plus)\s*({_NUM})\s*%\.?$", text):
        return Applicable(_number(found[1]) / 100)
    if found := re.search(rf"minus\s*({_NUM})\s*%\.?$", text):
        return Applicable(-_number(found[1]) / 100)
    if re.fullmatch(r"The dut(?:y|ies) provided in ?the applicable sub-? ?heading\.?", text):
        return Applicable()
    return ByReference("article", text)


def _in_words(text: str) -> Rate | None:
    if found := _WORDS_PERCENT.fullmatch(text):
        return PartOfValue(_number(found[1]) / 100, found[2])
    if text.startswith("A duty "):
        return NotComputable("value_rule", text)
    if "for each degree" in text:
        return _sliding(text)
    if re.match(r"(?:rate|duty|duties)\b", text, re.IGNORECASE):
        return ByReference("article", text)
    if found := re.fullmatch(r"(.+?), (but if .+)", text):
        inner = _sum(found[1])
        if isinstance(inner, Compound):
            return Conditional(inner, found[2])
    return None


def _sliding(text: str) -> Rate:
    found = re.fullmatch(r"(.+?) less (.+?) for each degree.*but not less (?:than )?(.+)", text)
    if found:
        parts = [_specific(part) for part in found.groups()]
        if all(isinstance(part, Specific) for part in parts):
            first, step, floor = (part for part in parts if isinstance(part, Specific))
            return SlidingScale(first, step, floor)
    return NotComputable("unreadable", text)


def _foreign(text: str) -> Rate | None:
    """Forms of the UK and EU columns that value and quantity do not decide."""
    if _SEASON.search(text):
        return NotComputable("season", text)
    if re.search(r"\bEA\b", text):
        return NotComputable("agricultural_component", text)
    if re.search(r"\b(?:MIN|MAX)\b", text):
        return NotComputable("bounds", text)
    if text.lower() == "entry price":
        return NotComputable("entry_price", text)
    return None


def _sum(text: str) -> Rate:
    terms: list[Term] = []
    for part in re.split(r"\s*\+\s*|\s+plus\s+", text):
        term = _percent(part) or _specific(part)
        if term is None:
            return NotComputable("unreadable", text)
        terms.append(term)
    return terms[0] if len(terms) == 1 else Compound(tuple(terms))


def _percent(text: str) -> Term | None:
    found = _PERCENT.fullmatch(text)
    if not found:
        return None
    if found["num"]:
        share = _number(found["num"]) / 100
    else:
        share = (Decimal(found["whole"]) + Decimal(found["top"]) / Decimal(found["under"])) / 100
    if not found["rest"].strip():
        return AdValorem(share)
    qualifier = _QUALIFIER.fullmatch(found["rest"])
    part = _part(qualifier[1]) if qualifier else ""
    return PartOfValue(share, part) if part else None


def _specific(text: str) -> Term | None:
    money = _MONEY.fullmatch(text)
    if not money:
        return None
    amount, currency = _amount(money)
    if each_part := re.fullmatch(r" for each (other piece or part)", money["rest"]):
        return PerPart(amount) if each_part else None
    if re.fullmatch(r"\s*/\s*%\s*vol\s*/\s*hl", money["rest"]):
        return PartOfQuantity(Specific(amount, "hl", currency=currency), "each % vol")
    found = _UNIT.fullmatch(money["rest"])
    if not found:
        return None
    spelled = re.sub(r"/\s", "/", found["unit"])
    unit = unit_named(spelled)
    if unit is None:
        return None
    rest = found["rest"]
    if unit == "jewel":
        over = _OVER.fullmatch(rest)
        return PerJewel(amount, int(over[1]) if over else 0) if over or not rest.strip() else None
    per = _number(found["per"].replace(".", "")) if found["per"] else Decimal(1)
    rate = Specific(amount, unit, per, currency)
    if not rest.strip():
        return rate
    qualifier = _QUALIFIER.fullmatch(rest)
    return PartOfQuantity(rate, _part(qualifier[1])) if qualifier else None


def _amount(money: re.Match[str]) -> tuple[Decimal, str]:
    if money["cents"]:
        return _number(money["cents"]) / 100, "USD"
    if money["dollars"]:
        return _number(money["dollars"]), "USD"
    return _number(money["other"]), "GBP" if money["currency"] == "GBP" else "EUR"


def _part(qualifier: str) -> str:
    part = re.sub(r"^(?:on|of|in)\s*|^[/\s]+", "", qualifier).strip(" ,.")
    return re.sub(r"\bthebattery\b", "the battery", part)
