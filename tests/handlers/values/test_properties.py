"""What holds for any text: nothing raised, spans in order, decimals exact, time in bounds."""

import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.values import Value, find_values, to_record
from tests.handlers.values.reading import NOW

PIECES = st.sampled_from(
    [
        *"3 3万 2.5w 35k 1,200 １，２００ 一千二 几百 八九百 半 十 百 千 万 亿 点 . , ， : / - ~ 到 至 to and 多 来 几 "
        "% 成 个 件 单 天 月 日 号 年 周 五 下 上 底 前 后 $ ¥ usd 美金 块 毛 分 元 第 名 top 前十 # No. 5.10 5/10 "
        "2021-05-10 May may 10th Friday next end of 下午 3:00 pm 15:00 半 全部 用完 一半 half 百分之 分之 至少 不超过 "
        "over under >= < 以上 左右 \u200b 😂 ́ ① 1、 ( ) 。 ? T+1 3C http://a.b @x 订单号 tm + 零 〇 壹 拾 两 廿 负".split(
            " "
        ),
        " ",
        "\n",
        "\u3000",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=8_000),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(PIECES, max_size=40).map(" ".join),
)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.timezones())


def _whole(value: Value) -> None:
    record = to_record(value)
    assert record["text"] == value.text
    if value.value is not None:
        assert Decimal(str(record["value"])) == value.value
    if value.low is not None:
        assert value.high is not None
        assert value.low <= value.high
    if value.kind in {"date", "time"}:
        assert value.first is not None
        assert value.last is not None
        assert str(value.first) <= str(value.last) or value.kind == "time"
    else:
        assert (value.value is None) != (value.low is None)
    for other in value.alternatives:
        assert (other.start, other.end) == (value.start, value.end)
        _whole(other)


@settings(max_examples=400, deadline=None)
@given(TEXTS, TIMES)
def test_spans_of_any_text_are_right_and_in_order(text: str, now: datetime) -> None:
    end = 0
    for value in find_values(text, now):
        assert end <= value.start < value.end
        assert text[value.start : value.end] == value.text
        end = value.end
        _whole(value)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_the_same_text_has_the_same_values(text: str) -> None:
    assert find_values(text, NOW) == find_values(text, NOW)


def _chinese(number: int) -> str:
    """The number as it is written out in full, by hand of the rules of school."""
    if number == 0:
        return "零"
    digits, parts, zero = "零一二三四五六七八九", "", False
    for place, name in ((10**8, "亿"), (10**4, "万")):
        if number >= place:
            parts += _chinese(number // place) + name
            number %= place
            zero = 0 < number < place // 10
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place
        if digit:
            parts += ("零" if zero else "") + digits[digit] + name
            zero = False
        elif parts and number:
            zero = True
        number %= place
    return parts


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 9_999_999))
def test_integers_are_read_back_in_every_notation(number: int) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    for written in (str(number), f"{number:,}", wide, _chinese(number)):
        (value,) = find_values(f"{written}件", NOW)

        assert (value.kind, value.value, value.unit) == ("count", Decimal(number), "piece")


@settings(max_examples=200, deadline=None)
@given(st.decimals(Decimal("0.01"), Decimal("999999.99"), places=2))
def test_decimals_are_read_back_in_every_notation(number: Decimal) -> None:
    for written in (f"USD {number:,}", f"${number}", f"{number}美元", f"{number / 10000:f}万美金"):
        (value,) = find_values(written, NOW)

        assert (value.kind, value.value, value.currency) == ("money", number, "USD"), written


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_days_are_read_back_in_every_notation(day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
    ):
        (value,) = find_values(written, NOW)

        assert (value.kind, value.first, value.last) == ("date", day, day), written


BOMBS = [
    "1" * 8_000,
    "一" * 8_000,
    "1," * 4_000,
    "1." * 4_000,
    "1/2" * 2_600,
    "几百" * 4_000,
    "hundred " * 1_000,
    "a@" * 4_000,
    "不超过" * 2_600,
    " " * 8_000,
    "5月10号到" * 1_600,
    "1" + " " * 7_000 + "1",
    "全部" * 4_000,
    "http:" + "a" * 7_000,
    "$" * 8_000,
    "第" * 8_000,
]


@pytest.mark.parametrize("text", BOMBS, ids=[text[:6] for text in BOMBS])
def test_no_pattern_explodes(text: str) -> None:
    find_values("3万", NOW)
    start = time.process_time()

    find_values(text, NOW)

    assert time.process_time() - start < 1
