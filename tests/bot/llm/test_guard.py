"""The guard: what it takes for the same, and what not. The red team is its real test."""

import json
import sys
from io import BytesIO, TextIOWrapper

import pytest

from bot.cli import main
from bot.llm.guard import CODES, Guard, verify
from tests.redteam.__main__ import SHARE, paraphrases
from tests.redteam.corpus import NOW, guard, replies
from tests.redteam.lies import lies

ZH = "一档需要近90天交易额不低于USD 25,000，加3分；预计2021年4月20日生效，以实际上线为准。"
EN = "Tier 1 needs at least USD 25,000 in 90 days and gives 3 points; it is not live yet, expected on 20 April 2021."


def why(language: str, reply: str, text: str) -> list[str]:
    found = verify({"language": language, "text": reply}, text)
    codes = [reason.partition(":")[0] for reason in found]
    assert set(codes) <= set(CODES), "codes are from the fixed list"
    return codes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ZH, id="itself"),
        pytest.param(ZH.replace("USD 25,000", "2.5万美元"), id="万"),
        pytest.param(ZH.replace("USD 25,000", "两万五千美金"), id="Chinese numerals"),
        pytest.param(ZH.replace("USD 25,000", "ＵＳＤ ２５,０００"), id="full width"),
        pytest.param(ZH.replace("不低于", "至少"), id="another word for at least"),
        pytest.param(ZH.replace("2021年4月20日", "2021-04-20"), id="ISO date"),
        pytest.param(ZH.replace("2021年4月20日", "四月二十日"), id="date in words"),
        pytest.param(ZH.replace("3分", "三分").replace("一档", "第一档"), id="ordinals"),
        pytest.param(f"您好，{ZH}", id="a greeting"),
    ],
)
def test_the_same_in_another_form(text: str) -> None:
    assert why("zh", ZH, text) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("25,000", "26,000", "money-added", id="amount"),
        pytest.param("USD", "RMB", "money-added", id="currency"),
        pytest.param("不低于", "超过", "comparison", id="whether the end counts"),
        pytest.param("不低于", "不超过", "comparison", id="direction"),
        pytest.param("90天", "90小时", "duration-added", id="unit"),
        pytest.param("3分", "5分", "figure-added", id="points"),
        pytest.param("一档", "二档", "figure-added", id="tier"),
        pytest.param("20日", "21日", "date-added", id="day"),
        pytest.param("预计", "", "certainty", id="certainty"),
        pytest.param("，以实际上线为准", "", "certainty", id="proviso"),
        pytest.param("需要", "不需要", "negation", id="negation"),
        pytest.param("。", "，保证通过。", "certainty", id="promise"),
        pytest.param("。", "。请加微信 ali8888。", "contact", id="contact"),
        pytest.param("。", "。亚马逊也一样。", "platform", id="platform"),
        pytest.param("。", "。建议尽快申请。", "advice", id="advice"),
        pytest.param("。", "。详见https://evil.example/a", "link-added", id="link"),
        pytest.param("加3分", "加\u200b3分", "markup", id="unseen character"),
        pytest.param(ZH, "Tier one.", "language", id="language"),
        pytest.param(ZH, "", "empty", id="nothing"),
        pytest.param(ZH, ZH * 9, "length", id="far too long"),
    ],
)
def test_a_lie_has_its_reason(old: str, new: str, code: str) -> None:
    assert code in why("zh", ZH, ZH.replace(old, new))


def test_english_lies() -> None:
    for old, new in (
        ("at least", "more than"),
        ("not live", "live"),
        ("expected", "confirmed"),
        ("Tier 1", "Tier II"),
        ("20 April", "April 21"),
    ):
        assert why("en", EN, EN.replace(old, new)), new
    assert (
        why("en", EN, EN.replace("USD 25,000", "$25k").replace("20 April 2021", "April 20")) == []
    )


def test_names_change_neither_themselves_nor_places() -> None:
    reply = {"language": "zh", "text": "全球普货专线在范围内；全球普货小包不在范围内。"}
    swapped = "全球普货小包在范围内；全球普货专线不在范围内。"

    assert Guard(["全球普货专线", "全球普货小包"]).refusals(reply, swapped)


def test_each_reply_says_what_it_says() -> None:
    refused = [r.text for r in replies()[:200] if not guard().accepts(r.record(), r.text)]

    assert refused == []


def test_paraphrases_are_accepted() -> None:
    found = [guard().accepts(record, text) for record, text in paraphrases()]

    assert len(found) >= 300
    assert sum(found) / len(found) >= SHARE


def test_lies_are_refused() -> None:
    """A slice of the red team; `make redteam` tells all."""
    accepted = [
        (kind, lie)
        for reply in replies()[::60]
        for i, (kind, lie) in enumerate(lies(reply.text, reply.language != "en"))
        if i % 3 == 0 and guard().accepts(reply.record(), lie)
    ]

    assert accepted == []


def test_verify_reads_and_writes_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = {"language": "zh", "text": ZH}
    lines = [
        {"id": "a", "reply": reply, "text": ZH},
        {"id": "b", "reply": reply, "text": ZH.replace("3分", "4分")},
        {"id": "c", "reply": 7, "text": ZH},
    ]
    source = "\n".join(map(json.dumps, lines)).encode()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(source), "utf-8"))

    assert main(["verify"]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer.get("accepted") for answer in answers] == [True, False, None]
    assert answers[0]["why"] == []
    assert any("4分" in reason for reason in answers[1]["why"])
    assert "error" in answers[2]


def test_verify_checks_a_draft(capsys: pytest.CaptureFixture[str]) -> None:
    question = "12000美金走平台物流手续费多少"
    as_of = f"{NOW:%Y-%m-%dT%H:%M}"

    assert main(["verify", "--question", question, "--text", "收101美元", "--as-of", as_of]) == 1
    assert "101美元" in capsys.readouterr().out
