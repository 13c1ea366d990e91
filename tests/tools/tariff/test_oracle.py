"""The grammar against the published figures: the 2017 database has texts and numbers side by side."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from tests.shared import SHARED, needs
from tools.tariff.grammar import parse_rate
from tools.tariff.rates import (
    AdValorem,
    Compound,
    PartOfQuantity,
    PartOfValue,
    PerJewel,
    Rate,
    Specific,
)

US = SHARED / "data" / "tariff" / "us"
pytestmark = needs(US)

# class of the list of expressions -> kinds of rate that it may become
KINDS = {
    "empty": {"not_computable"},
    "free": {"free"},
    "ad_valorem": {"ad_valorem"},
    "ad_valorem_fraction": {"ad_valorem"},
    "specific": {"specific"},
    "compound_2": {"compound"},
    "qualified_base": {"part_of_quantity", "part_of_value", "specific"},  # 3.3¢/lin. m is specific
    "qualified_compound": {"compound"},
    "per_jewel_or_piece": {"compound", "conditional"},
    "per_line_gross": {"compound"},
    "ch99_applicable_only": {"applicable"},
    "ch99_applicable_plus": {"applicable"},
    "ch99_applicable_minus": {"applicable"},
    "ch99_plus_on_part_of_value": {"applicable"},
    "rate_by_reference": {"by_reference"},
    "see_reference": {"by_reference"},
    "no_change": {"by_reference"},
    "free_conditional": {"conditional"},
    "percent_in_words": {"part_of_value"},
    "value_rule": {"not_computable"},
    "sliding_scale_sugar": {"sliding_scale"},
    "no_additional_duty": {"no_additional_duty"},
    "typographic_defect": {"not_computable", "compound"},
}
DEFECTS = {":", "37% /"}  # misprints that no one can read with certainty
BULBS = "0601"  # per 1,000 in the text, per bulb in the number
DIFFERENT = {
    "17029058": "a sentinel stands for the number",
    "22042260": "the number is a tenth of the text",
    "84564090": "the text is a number without a unit",
}


def expressions() -> list[dict[str, str]]:
    with (US / "duty_expressions.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_expression_of_the_plain_columns_has_the_kind_of_its_class() -> None:
    rows = [row for row in expressions() if row["column"] != "special"]

    wrong = [
        (row["raw"], row["class"])
        for row in rows
        if parse_rate(row["raw"]).kind not in KINDS[row["class"]]
    ]

    assert len(rows) > 2000
    assert wrong == []


def test_only_misprints_are_unreadable() -> None:
    rates = [parse_rate(row["raw"]) for row in expressions() if row["column"] != "special"]

    unread = {getattr(r, "text", "") for r in rates if getattr(r, "reason", "") == "unreadable"}

    assert unread == DEFECTS


def published() -> Iterator[dict[str, str]]:
    path = US / "usitc_tariff_database_2017-08.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def figures(rate: Rate) -> tuple[Decimal, list[Decimal]]:
    """The sum of the shares and the money per base unit, also of parts and jewels."""
    terms = rate.terms if isinstance(rate, Compound) else (rate,)
    shares, money = Decimal(0), []
    for term in terms:
        if isinstance(term, AdValorem | PartOfValue):
            shares += term.share
        elif isinstance(term, PartOfQuantity):
            money.append(term.rate.amount)
        elif isinstance(term, (PerJewel, Specific)):
            money.append(term.amount)
    return shares, sorted(money)


def test_figures_agree_with_the_published_numbers_on_every_row() -> None:
    compared: Counter[str] = Counter()
    wrong = []
    for row in published():
        kind, text = row["mfn_rate_type_code"], row["mfn_text_rate"]
        # X, K, N, T, Q and 9 have no numbers; heading 9822 resolves "such subheading" by hand
        if kind not in set("01234567") or row["hts8"].startswith("9822"):
            continue
        if row["hts8"] in DIFFERENT:
            continue
        money = sorted(
            figure
            for name in ("mfn_specific_rate", "mfn_other_rate")
            if (figure := Decimal(row[name] or 0))
        )
        if row["hts8"].startswith(BULBS):
            money = [figure * 1000 for figure in money]
        compared[kind] += 1
        if figures(parse_rate(text)) != (Decimal(row["mfn_ad_val_rate"] or 0), money):
            wrong.append((row["hts8"], text))

    assert compared.total() > 11_600
    assert wrong == []
