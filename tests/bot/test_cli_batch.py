"""The batch and values commands: their contract, line by line."""

import json
import signal
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest

from tests.bot.running import COMMAND, ROOT, environment, records, seller_bot

QUESTION = "RFQ加分什么时候生效"


@dataclass(frozen=True)
class Run:
    status: int
    records: list[dict[str, Any]]


def line(**record: Any) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode("utf-8")


VALID = {
    "plain": line(id="plain", turns=[QUESTION]),
    "default setting": line(id="default setting", turns=["hello"], as_of="2021-04-22T10:00"),
    "group": line(id="group", setting="group", turns=[f"@小助手 {QUESTION}"]),
    "forward": line(id="forward", setting="forward", turns=[QUESTION]),
    "an offset": line(id="an offset", as_of="2021-04-22T02:00:00Z", turns=[QUESTION]),
    "two turns": line(id="two turns", turns=[QUESTION, "谢谢"]),
    "empty message": line(id="empty message", turns=[""]),
    "": line(id="", turns=[QUESTION]),
    "长 id ✓": line(id="长 id ✓", turns=[QUESTION]),
    "unknown keys": line(id="unknown keys", turns=[QUESTION], why="because", expect={}),
    "half a pair": b'{"id": "half a pair", "turns": ["\\ud83d RFQ"]}',
    "byte order mark": b"\xef\xbb\xbf" + line(id="byte order mark", turns=[QUESTION]),
    "windows line end": line(id="windows line end", turns=[QUESTION]) + b"\r",
}
INVALID = {
    "not JSON": (b"{", None),
    "not an object": (b"[1]", None),
    "not UTF-8": (b'{"id": "\xff", "turns": ["a"]}', None),
    "too deep": (b"[" * 100_000, None),
    "no id": (line(turns=["a"]), None),
    "id is no string": (line(id=7, turns=["a"]), 7),
    "no turns": (line(id="b1"), "b1"),
    "turns is a string": (line(id="b2", turns="a"), "b2"),
    "no turn": (line(id="b3", turns=[]), "b3"),
    "a turn is no string": (line(id="b4", turns=["a", 1]), "b4"),
    "unknown setting": (line(id="b5", setting="phone", turns=["a"]), "b5"),
    "setting is no string": (line(id="b6", setting=["dm"], turns=["a"]), "b6"),
    "as_of is no time": (line(id="b7", as_of="22 April", turns=["a"]), "b7"),
    "as_of is no string": (line(id="b8", as_of=20210422, turns=["a"]), "b8"),
    "as_of is no day": (line(id="b9", as_of="2021-02-30", turns=["a"]), "b9"),
    "as_of at the end of time": (line(id="b10", as_of="9999-12-31T23:59", turns=["a"]), "b10"),
}


@pytest.fixture(scope="module")
def valid() -> Run:
    done = seller_bot("batch", given=b"\n".join([*VALID.values(), b"", b"  "]))
    return Run(done.returncode, records(done.stdout))


@pytest.fixture(scope="module")
def mixed() -> Run:
    last = line(id="last", turns=[QUESTION])
    done = seller_bot("batch", given=b"\n".join([*(bad for bad, _ in INVALID.values()), last]))
    return Run(done.returncode, records(done.stdout))


def test_one_record_a_line_in_order(valid: Run) -> None:
    assert [record["id"] for record in valid.records] == list(VALID)
    assert valid.status == 0


@pytest.mark.parametrize("name", VALID)
def test_a_valid_line_is_answered(valid: Run, name: str) -> None:
    record = valid.records[list(VALID).index(name)]
    turns = json.loads(VALID[name].decode("utf-8-sig"))["turns"]

    assert set(record) == {"id", "replies"}
    assert len(record["replies"]) == len(turns)
    assert all(reply["text"].strip() for reply in record["replies"])
    assert all(reply["phrased_by"] == "template" for reply in record["replies"])


def test_only_a_forward_has_a_text_to_paste(valid: Run) -> None:
    with_paste = {r["id"] for r in valid.records if "paste" in r["replies"][0]}

    assert with_paste == {"forward"}


@pytest.mark.parametrize("name", INVALID)
def test_an_invalid_line_gets_an_error(mixed: Run, name: str) -> None:
    record = mixed.records[list(INVALID).index(name)]

    assert set(record) == {"id", "error"}
    assert record["id"] == INVALID[name][1]
    assert record["error"]


def test_the_rest_goes_on_after_invalid_lines(mixed: Run) -> None:
    assert mixed.records[-1]["replies"][0]["kind"] == "answer"
    assert len(mixed.records) == len(INVALID) + 1
    assert mixed.status == 1


def test_each_reply_is_written_before_the_next_line_is_read() -> None:
    with subprocess.Popen(
        [*COMMAND, "batch"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), cwd=ROOT / "tests",
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for name in ("first", "second"):
            process.stdin.write(line(id=name, turns=[QUESTION]) + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name


def test_a_reader_that_leaves_is_no_error() -> None:
    given = b"\n".join(line(id=str(n), turns=[QUESTION]) for n in range(300))
    with subprocess.Popen(
        [*COMMAND, "batch"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(), cwd=ROOT / "tests",
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(given[:4000])
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        _, errors = process.communicate(given[4000:])

    assert errors == b""


def test_control_c_is_quiet() -> None:
    with subprocess.Popen(
        [*COMMAND, "batch"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(), cwd=ROOT / "tests",
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(line(id="a", turns=[QUESTION]) + b"\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.wait(30)  # the input stays open, so only the signal can end it
        _, errors = process.communicate()

    assert (process.returncode, errors) == (130, b"")


VALUES = [
    pytest.param("三万五美金", {"kind": "money", "value": "35000", "currency": "USD"}, id="money"),
    pytest.param("六成五", {"kind": "share", "value": "0.65"}, id="a share"),
    pytest.param("下周五", {"kind": "date", "from": "2021-04-30", "to": "2021-04-30"}, id="a day"),
    pytest.param("72小时", {"kind": "duration", "value": "72", "unit": "hour"}, id="hours"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_values_are_found_with_their_place(text: str, value: dict[str, str]) -> None:
    given = line(id="v", text=f"𝔸：{text}", as_of="2021-04-22")

    done = seller_bot("values", given=given)

    place = {"start": 2, "end": 2 + len(text), "text": text}
    assert records(done.stdout) == [{"id": "v", "values": [{**place, **value}]}]


def test_values_of_invalid_lines() -> None:
    lines = [line(id="a"), line(id="b", text=3), line(id="c", text="", as_of="x"), b"nonsense"]

    done = seller_bot("values", given=b"\n".join([*lines, line(id="d", text="")]))

    assert [set(record) for record in records(done.stdout)] == [{"id", "error"}] * 4 + [
        {"id", "values"}
    ]
    assert done.returncode == 1
