"""The records of the `values` command, row by row as its description prints them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from handlers.values import Value, find_values, to_record
from tests.handlers.values.reading import NOW

Record = dict[str, object]

PRINTED: list[tuple[str, list[Record]]] = [
    ("三万五美金", [{"kind": "money", "value": "35000", "currency": "USD"}]),
    ("2.5w", [{"kind": "number", "value": "25000"}]),
    ("交易额3万多", [{"kind": "number", "value": "30000", "bound": "more_than"}]),
    ("六成五", [{"kind": "share", "value": "0.65"}]),
    ("65%", [{"kind": "share", "value": "0.65"}]),
    ("六成五, 65%", [{"kind": "share", "value": "0.65"}] * 2),
    ("全部用完", [{"kind": "share", "value": "1"}]),
    ("10到30件", [{"kind": "count", "from": "10", "to": "30", "unit": "piece"}]),
    ("不超过7天", [{"kind": "duration", "value": "7", "unit": "day", "bound": "at_most"}]),
    ("72小时", [{"kind": "duration", "value": "72", "unit": "hour"}]),
    ("第11名", [{"kind": "rank", "value": "11"}]),
    ("top 10", [{"kind": "rank", "value": "10", "bound": "at_most"}]),
    (
        "第11名, top 10",
        [{"kind": "rank", "value": "11"}, {"kind": "rank", "value": "10", "bound": "at_most"}],
    ),
    ("下周五", [{"kind": "date", "from": "2021-04-30", "to": "2021-04-30"}]),
    ("7.26-8.1", [{"kind": "date", "from": "2021-07-26", "to": "2021-08-01"}]),
    ("6月底", [{"kind": "date", "from": "2021-06-21", "to": "2021-06-30", "bound": "about"}]),
    (
        "4月12号下午3点",
        [
            {
                "kind": "time",
                "from": "2021-04-12T15:00:00+08:00",
                "to": "2021-04-12T15:00:00+08:00",
            }
        ],
    ),
    ("几百", [{"kind": "number", "from": "200", "to": "999", "bound": "about"}]),
    ("100 bucks", [{"kind": "money", "value": "100", "currency": None}]),
]


@pytest.mark.parametrize(("text", "records"), PRINTED, ids=[row[0] for row in PRINTED])
def test_record_is_exactly_as_printed(text: str, records: list[Record]) -> None:
    found = [to_record(value) for value in find_values(text, NOW)]

    for record in found:
        start, end = record.pop("start"), record.pop("end")
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert record.pop("text") == text[start:end]
    assert found == records


@pytest.mark.parametrize(
    ("number", "printed"),
    [("35000", "35000"), ("0.650", "0.65"), ("3E+4", "30000"), ("-0.0", "0"), ("100.00", "100")],
)
def test_decimals_are_written_out(number: str, printed: str) -> None:
    value = Value("number", 0, 1, "x", value=Decimal(number))

    assert to_record(value)["value"] == printed


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "😂 3\u200b万\ufeff５美金，ＵＳＤ１，２００"

    assert [(v.text, str(v.value)) for v in find_values(text, NOW)] == [
        ("3\u200b万\ufeff５美金", "35000"),
        ("ＵＳＤ１，２００", "1200"),
    ]


def test_what_the_text_does_not_say_is_named() -> None:
    assumed = {
        text: find_values(text, NOW)[0].assumed
        for text in ("5/6", "20号", "5月10号", "15:00", "3点", "周五", "5分", "2/3", "1，200")
    }

    assert assumed == {
        "5/6": ("month_day", "year"),
        "20号": ("month",),
        "5月10号": ("year",),
        "15:00": ("date",),
        "3点": ("date", "half_of_day"),
        "周五": ("week",),
        "5分": ("score",),
        "2/3": ("rounded", "fraction"),
        "1，200": ("thousands",),
    }


@pytest.mark.parametrize(
    ("text", "kind", "other"),
    [
        ("5/6", "date", "share"),
        ("5.10", "date", "number"),
        ("2/3", "share", "date"),
        ("5-10", "number", "date"),
        ("3天后", "duration", "date"),
        ("3点", "time", "time"),
        ("5/10/2021", "date", "date"),
    ],
)
def test_other_readings_are_kept(text: str, kind: str, other: str) -> None:
    (value,) = find_values(text, NOW)

    assert (value.kind, [alternative.kind for alternative in value.alternatives]) == (kind, [other])


@pytest.mark.parametrize(
    ("now", "text", "first"),
    [
        ("2021-04-22T10:00:00+08:00", "12月20号", date(2020, 12, 20)),
        ("2021-04-22T10:00:00+08:00", "10月8号", date(2021, 10, 8)),
        ("2021-12-30T10:00:00+08:00", "1.3", None),
        ("2021-12-30T10:00:00+08:00", "1月3号", date(2022, 1, 3)),
        ("2021-04-21T17:00:00+00:00", "今天", date(2021, 4, 22)),
        ("2021-04-21T09:00:00-07:00", "明天", date(2021, 4, 23)),
    ],
)
def test_days_are_those_of_shanghai(now: str, text: str, first: date | None) -> None:
    value = find_values(text, datetime.fromisoformat(now))[0]

    assert value.first == first


def test_a_time_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        find_values("3点", datetime(2021, 4, 22))
