"""Duty texts in, typed rates out: one of every form that the schedules print."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.tariff.grammar import parse_rate
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
)

D = Decimal


def usd(amount: str, unit: str) -> Specific:
    return Specific(D(amount), unit)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        pytest.param("Free", Free(), id="free"),
        pytest.param("6.5%", AdValorem(D("0.065")), id="ad valorem"),
        pytest.param("33 1/3%", AdValorem((D(33) + D(1) / D(3)) / 100), id="a third"),
        pytest.param("1.5¢/kg", usd("0.015", "kg"), id="cents"),
        pytest.param("2.2¢/kg\u00a0 ", usd("0.022", "kg"), id="odd blanks behind"),
        pytest.param("$1.035/kg", usd("1.035", "kg"), id="dollars"),
        pytest.param("4.4 cents/kg", usd("0.044", "kg"), id="cents as a word"),
        pytest.param("24¢ each", usd("0.24", "each"), id="each"),
        pytest.param("$1.32/pf. liter", usd("1.32", "pf.liter"), id="proof litre with a blank"),
        pytest.param("14.4¢/gross", usd("0.144", "gross"), id="gross"),
        pytest.param("94¢/doz.", usd("0.94", "dozen"), id="dozen"),
        pytest.param("3.3¢/lin. m", usd("0.033", "m"), id="linear metre"),
        pytest.param("89.6¢/1000", usd("0.896", "thousand"), id="thousand"),
        pytest.param(
            "30.5¢/kg + 8.5%", Compound((usd("0.305", "kg"), AdValorem(D("0.085")))), id="compound"
        ),
        pytest.param(
            "15.4¢/kg +40%", Compound((usd("0.154", "kg"), AdValorem(D("0.4")))), id="no blank"
        ),
        pytest.param(
            "$2.50/thou- sand + 40%",
            Compound((usd("2.50", "thousand"), AdValorem(D("0.4")))),
            id="hyphenated line break",
        ),
        pytest.param(
            "0.3¢/line/ gross + 4.6%",
            Compound((usd("0.003", "line gross"), AdValorem(D("0.046")))),
            id="line per gross",
        ),
        pytest.param(
            "5¢/kg on contents and container",
            PartOfQuantity(usd("0.05", "kg"), "contents and container"),
            id="another weight",
        ),
        pytest.param(
            "86.1¢/m<sup>2</sup>of recording surface",
            PartOfQuantity(usd("0.861", "m2"), "recording surface"),
            id="tags and no blank",
        ),
        pytest.param(
            "2.5% on the value of the lead content",
            PartOfValue(D("0.025"), "the value of the lead content"),
            id="part of the value",
        ),
        pytest.param(
            "3 percent of the fair retail value",
            PartOfValue(D("0.03"), "the fair retail value"),
            id="per cent in words",
        ),
        pytest.param(
            "43¢ each + 2.8¢/jewel over 7 + 3.7% on the case",
            Compound(
                (
                    usd("0.43", "each"),
                    PerJewel(D("0.028"), over=7),
                    PartOfValue(D("0.037"), "the case"),
                )
            ),
            id="jewels over seven",
        ),
        pytest.param(
            "6% + 2.3¢/jewel + 0.2¢ for each other piece or part, but if it is a plate, less",
            Conditional(
                Compound((AdValorem(D("0.06")), PerJewel(D("0.023")), PerPart(D("0.002")))),
                "but if it is a plate, less",
            ),
            id="pieces with a condition",
        ),
        pytest.param("The duty provided in the applicable subheading", Applicable(), id="ch99"),
        pytest.param(
            "The duty provided inthe applicable subheading+ 25%",
            Applicable(D("0.25")),
            id="ch99 with 25, misprinted",
        ),
        pytest.param(
            "The duty provided in the applicable subheading plus 7.5%",
            Applicable(D("0.075")),
            id="ch99 in words",
        ),
        pytest.param(
            "The duty rate provided in such subheading minus 2.0%", Applicable(D("-0.02")), id="minus"
        ),
        pytest.param(
            "The duty provided in the applicable subheading + a duty of 50% upon the value of the "
            "steel content.",
            Applicable(D("0.5"), "the steel content"),
            id="on the steel only",
        ),
        pytest.param("See additional U.S. note 1", ByReference("note", "See additional U.S. note 1"), id="note"),
        pytest.param("No Change", ByReference("no_change", "No Change"), id="no change"),
        pytest.param("No additional duty", NoAdditionalDuty(), id="no additional duty"),
        pytest.param("Free, under bond", Conditional(Free(), "under bond"), id="under bond"),
        pytest.param("126.00 GBP/100kg", Specific(D(126), "kg", D(100), "GBP"), id="per 100 kg"),
        pytest.param("10.00 GBP / hl", Specific(D(10), "hl", D(1), "GBP"), id="hectolitre"),
        pytest.param("95.00 EUR / tonne", Specific(D(95), "t", D(1), "EUR"), id="tonne"),
        pytest.param(
            "1.40 GBP / % vol / hl",
            PartOfQuantity(Specific(D("1.40"), "hl", D(1), "GBP"), "each % vol"),
            id="alcohol",
        ),
        pytest.param("", NotComputable("empty", ""), id="nothing"),
        pytest.param("37% /", NotComputable("unreadable", "37% /"), id="misprint"),
        pytest.param("24 + 4.2 EUR/100 kg", NotComputable("unreadable", "24 + 4.2 EUR/100 kg"), id="lost %"),
        pytest.param("8.0% MIN 1.1 EUR / item", NotComputable("bounds", "8.0% MIN 1.1 EUR / item"), id="minimum"),
        pytest.param(
            "8.0% (1 JAN-31 MAY), 12.0% (1 JUN-31 DEC)",
            NotComputable("season", "8.0% (1 JAN-31 MAY), 12.0% (1 JUN-31 DEC)"),
            id="seasons",
        ),
    ],
)  # fmt: skip
def test_each_form_becomes_its_rate(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


def test_sugar_slides_down_to_a_floor() -> None:
    rate = parse_rate(
        "3.6606¢/kg less 0.020668¢ /kg for each degree under 100 degrees (and fractions of a degree "
        "in proportion) but not less than 3.143854¢/kg"
    )

    assert rate == SlidingScale(
        usd("0.036606", "kg"), usd("0.00020668", "kg"), usd("0.03143854", "kg")
    )


PIECES = (
    "Free 6.5% 1.5¢/kg $1.035/kg 24¢ each 94¢/doz. + 8.5% 1 1/3% on the case under bond but not "
    "less than for each degree jewel over 7 The duty provided in the applicable subheading plus "
    "See note (A+,AU, BH) 126.00 GBP/100kg MIN EUR / hl % vol"
).split(" ")


@given(
    st.text(alphabet="0123456789.,%¢$/+ ()kgeachFrconvlm", max_size=40)
    | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
)
def test_no_text_breaks_the_grammar(text: str) -> None:
    assert parse_rate(text).kind


@given(st.decimals("0.01", "999", places=2), st.sampled_from(["kg", "liter", "m2", "pr.", "doz."]))
def test_blanks_make_no_difference(amount: Decimal, unit: str) -> None:
    assert parse_rate(f"{amount}¢/{unit}+5%") == parse_rate(f"  {amount}¢ / {unit}  +  5 %\u00a0")
