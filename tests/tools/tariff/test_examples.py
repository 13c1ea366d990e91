"""Worked examples, each reckoned by hand: single rates first, then whole consignments."""

from datetime import date
from decimal import Decimal

import pytest

from bot.tariff.starter import StarterTable
from tools.tariff.amounts import Consignment, Missing, amount_of, cents
from tools.tariff.duty import Duty, duty
from tools.tariff.grammar import parse_rate
from tools.tariff.units import Quantity, unit_named

TABLE = StarterTable()
APRIL_2021 = date(2021, 4, 21)


def quantities(text: str) -> tuple[Quantity, ...]:
    """ "10 kg, 100 each" as quantities."""
    pairs = [part.strip().split(" ", 1) for part in text.split(",") if part]
    return tuple(Quantity(Decimal(n), unit_named(unit) or unit) for n, unit in pairs)


@pytest.mark.parametrize(
    ("text", "value", "goods", "amount"),
    [
        ("Free", "1000", "", "0.00"),
        ("No additional duty", "1000", "", "0.00"),
        ("6.5%", "1000", "", "65.00"),
        ("16.5%", "10000", "", "1650.00"),
        ("33 1/3%", "300", "", "100.00"),
        ("0.7%", "19.99", "", "0.14"),  # 0.13993
        ("5.3%", "0.50", "", "0.03"),  # 0.0265
        ("37.5%", "1234.56", "", "462.96"),
        ("1.5¢/kg", "0", "200 kg", "3.00"),
        ("1.5¢/kg", "0", "2 t", "30.00"),
        ("1.5¢/kg", "0", "500 g", "0.01"),  # 0.0075, half up
        ("$1.035/kg", "0", "40 kg", "41.40"),
        ("24¢ each", "0", "50 each", "12.00"),
        ("24¢ each", "0", "2 dozen", "5.76"),
        ("94¢/doz.", "0", "100 dozen", "94.00"),
        ("94¢/doz.", "0", "600 each", "47.00"),  # 50 dozen
        ("14.4¢/gross", "0", "1440 each", "1.44"),  # 10 gross
        ("90¢/pr.", "0", "100 pairs", "90.00"),
        ("90¢/pr.", "0", "10 doz. prs.", "108.00"),  # 120 pairs
        ("3.1¢/liter", "0", "5 hl", "15.50"),  # 500 litres
        ("$1.32/t", "0", "2500 kg", "3.30"),
        ("89.6¢/1000", "0", "25000 each", "22.40"),
        ("86.1¢/m2", "0", "10 m2", "8.61"),
        ("3.3¢/lin. m", "0", "1000 m", "33.00"),
        ("22.1¢/pf. liter", "0", "100 pf.liter", "22.10"),
        ("10¢/1,000 pins + 3.5%", "200", "50000 each", "12.00"),  # 5 + 7
        ("30.5¢/kg + 8.5%", "1000", "100 kg", "115.50"),  # 30.50 + 85
        ("29.1¢/kg + 25.9%", "1000", "20 kg", "264.82"),  # 5.82 + 259
        ("0.8¢ each + 4.6%", "1000", "500 each", "50.00"),  # 4 + 46
        ("90¢/pr. + 20%", "540", "60 pairs", "162.00"),  # 54 + 108
        ("13.5¢/kg + 6.3% + 1.9¢/article", "500", "10 kg, 100 each", "34.75"),  # 1.35 + 31.5 + 1.9
        ("0.3¢/line/ gross + 4.6%", "1000", "100 gr.lines", "46.30"),
        ("94¢/doz. + 4.6%", "300", "120 each", "23.20"),  # 9.40 + 13.80
        ("18.7¢/kg + 6.8%", "800", "15 kg", "57.21"),  # 2.805 + 54.40
        ("14.4¢/gross + 2%", "100", "7200 each", "9.20"),  # 50 gross: 7.20 + 2
    ],
)
def test_a_rate_in_dollars(text: str, value: str, goods: str, amount: str) -> None:
    consignment = Consignment(Decimal(value), quantities(goods))

    reckoned = amount_of(parse_rate(text), consignment)

    assert isinstance(reckoned, Decimal)
    assert str(cents(reckoned)) == amount


@pytest.mark.parametrize(
    ("text", "currency", "value", "goods", "amount"),
    [
        ("12.0%", "GBP", "100", "", "12.00"),
        ("126.00 GBP/100kg", "GBP", "0", "250 kg", "315.00"),
        ("10.00 GBP / hl", "GBP", "0", "1500 liter", "150.00"),
        ("10.00% + 77.00 GBP/100kg", "GBP", "1000", "50 kg", "138.50"),  # 100 + 38.50
        ("0.20 GBP/ item", "GBP", "0", "30 each", "6.00"),
        ("95.00 EUR / tonne", "EUR", "0", "2000 kg", "190.00"),
    ],
)
def test_a_rate_in_another_currency(
    text: str, currency: str, value: str, goods: str, amount: str
) -> None:
    consignment = Consignment(Decimal(value), quantities(goods), currency)

    reckoned = amount_of(parse_rate(text), consignment)

    assert isinstance(reckoned, Decimal)
    assert str(cents(reckoned)) == amount


@pytest.mark.parametrize(
    ("text", "value", "goods", "missing"),
    [
        ("6.5%", None, "", [Missing("value")]),
        ("1.5¢/kg", "10", "5 each", [Missing("quantity", "kg")]),
        ("90¢/pr. + 20%", None, "5 each", [Missing("quantity", "pair"), Missing("value")]),
        ("3.7¢/kg on drained weight", "10", "5 kg", [Missing("part", "drained weight")]),
        ("5.3% on the battery", "10", "", [Missing("part", "the battery")]),
        ("36¢ each + 2¢/jewel", "10", "5 each", [Missing("part", "jewels")]),
        ("1.40 GBP / % vol / hl", "10", "1 hl", [Missing("part", "each % vol")]),
        ("126.00 GBP/100kg", "10", "5 kg", [Missing("currency", "GBP")]),
        ("See additional U.S. note 1", "10", "", [Missing("rate", "by_reference")]),
        ("No change", "10", "", [Missing("rate", "by_reference")]),
        ("Free, under bond", "10", "", [Missing("rate", "conditional")]),
        ("A duty upon the value of the repairs", "10", "", [Missing("rate", "not_computable")]),
        (
            "The duty provided in the applicable subheading + 25%",
            "10",
            "",
            [Missing("rate", "applicable")],
        ),
        (
            "1¢/kg less 0.1¢/kg for each degree under 100 degrees but not less than 0.5¢/kg",
            "10",
            "5 kg",
            [Missing("rate", "sliding_scale")],
        ),
        ("37% /", "10", "", [Missing("rate", "not_computable")]),
        ("", "10", "", [Missing("rate", "not_computable")]),
    ],
)
def test_what_cannot_be_reckoned_says_what_is_missing(
    text: str, value: str | None, goods: str, missing: list[Missing]
) -> None:
    consignment = Consignment(Decimal(value) if value else None, quantities(goods))

    assert amount_of(parse_rate(text), consignment) == tuple(missing)


def consign(
    code: str, value: str, goods: str = "", on: date = APRIL_2021, origin: str = "CN"
) -> Duty:
    found = duty(TABLE, code, Decimal(value), quantities(goods), on=on, origin=origin)
    assert isinstance(found, Duty)
    return found


@pytest.mark.parametrize(
    ("code", "value", "goods", "amounts", "total"),
    [
        pytest.param("6109.10.00", "10000", "", ["1650.00", "750.00"], "2400.00", id="cotton T-shirt"),
        pytest.param("4202.92.45", "1000", "", ["200.00", "250.00"], "450.00", id="PU bag"),
        pytest.param("8517.12.00", "5000", "", ["0.00", "0.00"], "0.00", id="phone, list 4B"),
        pytest.param("3926.90.99", "1000", "", ["53.00", "75.00"], "128.00", id="plastic article"),
        pytest.param("6404.11.90", "1000", "", ["200.00", "75.00"], "275.00", id="sports shoe"),
        pytest.param("9503.00.00", "2000", "", ["0.00", "0.00"], "0.00", id="toy, list 4B"),
        pytest.param("61099010", "1000", "", ["320.00", "75.00"], "395.00", id="synthetic T-shirt"),
        pytest.param("61103030", "500", "", ["160.00", "37.50"], "197.50", id="synthetic sweatshirt"),
        pytest.param("62053020", "1000", "20 kg", ["264.82", "75.00"], "339.82", id="compound by weight"),
        pytest.param("94036080", "1000", "", ["0.00", "250.00"], "250.00", id="wooden furniture"),
        pytest.param("94051060", "1000", "", ["76.00", "250.00"], "326.00", id="lists 1, 2 or 3"),
        pytest.param("94054084", "1000", "", ["39.00", "250.00"], "289.00", id="LED strip"),
        pytest.param("39241040", "1000", "", ["34.00", "0.00"], "34.00", id="kitchenware, list 4B"),
        pytest.param("96170010", "1000", "", ["72.00", "0.00"], "72.00", id="flask, list 4B"),
        pytest.param("33041000", "1000", "", ["0.00", "250.00"], "250.00", id="lipstick"),
        pytest.param("33061000", "1000", "", ["0.00"], "0.00", id="toothpaste, on no list"),
        pytest.param("85167100", "1000", "", ["37.00", "75.00"], "112.00", id="coffee maker"),
        pytest.param("82119220", "1000", "500 pcs", ["50.00", "75.00"], "125.00", id="knives by piece"),
        pytest.param("65050080", "800", "15 kg", ["57.21", "200.00"], "257.21", id="caps by weight"),
        pytest.param("42029231", "1000", "", ["176.00", "250.00"], "426.00", id="backpack"),
        pytest.param("8517.62.0090", "1000", "", ["0.00", "75.00"], "75.00", id="partial: list 4A"),
        pytest.param("8517.62.0020", "1000", "", ["0.00", "250.00"], "250.00", id="partial: list 3"),
        pytest.param("9401.61.4011", "1000", "", ["0.00", "250.00"], "250.00", id="partial: chairs"),
        pytest.param("9401.61.4001", "1000", "", ["0.00", "0.00"], "0.00", id="partial: high chairs"),
    ],
)  # fmt: skip
def test_consignments_from_china_in_april_2021(
    code: str, value: str, goods: str, amounts: list[str], total: str
) -> None:
    found = consign(code, value, goods)

    assert [str(one.amount) for one in found.components] == amounts
    assert str(found.total) == total
    assert found.found.in_force


@pytest.mark.parametrize(
    ("code", "on", "total"),
    [
        pytest.param("61091000", date(2019, 8, 31), "165.00", id="the day before list 4A"),
        pytest.param("61091000", date(2019, 9, 1), "315.00", id="list 4A begins at 15%"),
        pytest.param("61091000", date(2020, 2, 13), "315.00", id="the last day at 15%"),
        pytest.param("61091000", date(2020, 2, 14), "240.00", id="7.5% from here"),
        pytest.param("94036080", date(2018, 9, 23), "0.00", id="the day before list 3"),
        pytest.param("94036080", date(2018, 9, 24), "100.00", id="list 3 begins at 10%"),
        pytest.param("94036080", date(2019, 5, 9), "100.00", id="the last day at 10%"),
        pytest.param("94036080", date(2019, 5, 10), "250.00", id="25% from here"),
        pytest.param("95030000", date(2019, 12, 15), "0.00", id="list 4B was suspended"),
    ],
)
def test_section_301_goes_by_its_dates(code: str, on: date, total: str) -> None:
    assert str(consign(code, "1000", on=on).total) == total


def test_goods_of_another_origin_pay_the_base_duty_only() -> None:
    found = consign("61091000", "10000", origin="VN")

    assert [one.kind for one in found.components] == ["base"]
    assert str(found.total) == "1650.00"
    assert found.left_out[0] == "preferences_and_column_2"


def test_a_line_partly_on_a_list_asks_for_ten_digits() -> None:
    found = consign("85176200", "1000")

    assert found.total is None
    assert found.missing == (Missing("list", "partial"),)
    assert found.section301 is not None
    assert {part.list for part in found.section301.choices} == {"3_partial", "4A_partial"}


def test_later_measures_are_named_and_not_reckoned() -> None:
    found = consign("85414300", "1000", on=date(2025, 1, 10))

    assert str(found.total) == "0.00"
    assert [measure.heading for measure in found.measures] == ["9903.91.02"]


def test_every_component_has_its_reference() -> None:
    found = consign("61091000", "10000")

    assert [one.reference for one in found.components] == [
        "6109.10.00, column 1 general",
        "9903.88.15; U.S. note 20(r) and (s)(i)",
    ]
    assert found.citation == {
        "source": "Seller Bot starter table",
        "edition": "Starter table, April 2021",
        "section": "6109.10.00",
    }
    assert found.effective == Decimal("0.24")
    assert "anti_dumping" in found.left_out
