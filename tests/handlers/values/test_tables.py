"""What is read from the tables of figures, days and sentences."""

import pytest

from handlers.values import find_values
from tests.handlers.values.reading import NOW, read
from tests.handlers.values.table_amounts import COUNTS, DURATIONS, MONEY
from tests.handlers.values.table_days import DATES, TIMES
from tests.handlers.values.table_figures import NUMBERS, RANKS, SHARES
from tests.handlers.values.table_sentences import NOTHING, SENTENCES, SPOKEN

FIGURES = [*NUMBERS, *SHARES, *RANKS, *MONEY, *COUNTS, *DURATIONS]
ROWS = [*FIGURES, *DATES, *TIMES, *SENTENCES, *SPOKEN, *NOTHING]


@pytest.mark.parametrize(("text", "values"), ROWS, ids=[row[0] for row in ROWS])
def test_values_of(text: str, values: list[str]) -> None:
    assert read(text) == values


@pytest.mark.parametrize(("text", "values"), FIGURES, ids=[row[0] for row in FIGURES])
def test_full_width_changes_nothing(text: str, values: list[str]) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "0" <= c <= "9" or c == "%" else c for c in text)

    assert read(wide) == values


# A lone word is a value only as the whole answer to a question.
ALONE = {"半", "一", "三", "one", "five", "all", "全部", "half", "零", "〇"}
KEPT = [row for row in FIGURES if row[0] not in ALONE]


@pytest.mark.parametrize(("text", "values"), KEPT, ids=[row[0] for row in KEPT])
def test_polite_words_change_nothing(text: str, values: list[str]) -> None:
    assert read(f"您好，{text}，谢谢") == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("40条免费报价", ["count 40 quote"]),
        ("30个询盘", ["count 30 enquiry"]),
        ("30 enquiries", ["count 30 enquiry"]),
        ("12 Visitors", ["count 12 visitor"]),
        ("3到5条", ["count 3..5 quote"]),
        ("30件", ["count 30 piece"]),
    ],
)
def test_units_of_the_knowledge_base(text: str, values: list[str]) -> None:
    units = {"条": "quote", "询盘": "enquiry", "enquiries": "enquiry", "visitors": "visitor"}

    assert read(text, **units) == values


def test_spans_leave_out_what_is_no_part_of_the_value() -> None:
    text = "近90天RFQ交易额3万美金，权益用了70%，能加几分"

    assert [value.text for value in find_values(text, NOW)] == ["90天", "3万美金", "70%"]
