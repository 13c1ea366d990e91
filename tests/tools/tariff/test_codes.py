"""Codes as sellers write them, alone and in a sentence."""

import pytest

from tools.tariff.codes import Code, find_code, parse_code


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("6109.10.00", "61091000"),
        ("6109 10 00 12", "6109100012"),
        ("610910", "610910"),
        ("6109", "6109"),
        ("61091000", "61091000"),
        ("6109100", None),
        ("0001", None),
        ("T恤", None),
    ],
)
def test_codes_with_and_without_dots(text: str, digits: str | None) -> None:
    assert parse_code(text) == (Code(digits) if digits else None)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        pytest.param("HS 6109.10.00 US duty", "61091000", id="behind HS"),
        pytest.param("HS编码6109100010出口美国", "6109100010", id="behind 编码"),
        pytest.param("6109.10 关税多少", "610910", id="dots"),
        pytest.param("商品码 610910", "610910", id="six digits behind a word"),
        pytest.param("价值 10000 的T恤", None, id="an amount"),
        pytest.param("2021年的关税", None, id="a year"),
        pytest.param("买了 5000 件", None, id="a count"),
        pytest.param("12,345.67 USD", None, id="money"),
    ],
)
def test_a_code_in_a_sentence(text: str, digits: str | None) -> None:
    assert find_code(text) == (Code(digits) if digits else None)
