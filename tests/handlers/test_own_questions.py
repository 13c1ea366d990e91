"""The project's own questions, and everyday talk that no bulletin is about."""

from itertools import cycle
from pathlib import Path

from benchmarks.score import judged, read
from handlers.conversation import Conversation
from handlers.reply import Reply
from tests.handlers.talk import ask
from tests.handlers.talk import talk as say

QUESTIONS = Path(__file__).parents[1] / "questions"
FILES = sorted(QUESTIONS.glob("*.jsonl"))
# A little below what was measured last; raise it when the measure rises.
LEAST = 0.94
MOST_ANSWERED = 0.01
MOST_TAKEN_FOR_A_FOLLOW_UP = 0.05
OPENINGS = (
    "推荐之星第5名，花了6000，返多少",
    "RTS小单快定怎么报名",
    "信用卡拒付保障怎么开通",
    "我RFQ交易额3万美金，能加几分",
    "Is 全球重货专线 in the express newcomer discount?",
)


def test_there_are_questions_of_every_setting_and_kind() -> None:
    items = read(FILES)

    assert len(items) >= 500
    assert {item.get("setting", "dm") for item in items} == {"dm", "group", "forward"}
    assert len({item["id"] for item in items}) == len(items)


def test_the_own_questions_score_at_least_the_floor(conversation: Conversation) -> None:
    items = read(FILES)
    failed = [item["id"] for item in items if judged(conversation, item)[0]]

    assert 1 - len(failed) / len(items) >= LEAST, failed


def test_no_own_question_raises(conversation: Conversation) -> None:
    items = read(FILES)[::7]
    found = [fault for item in items for fault in judged(conversation, item)[0]]

    assert [fault for fault in found if fault.startswith("raised")] == []


def everyday() -> list[str]:
    lines = (QUESTIONS / "everyday.txt").read_text(encoding="utf-8").split("\n")
    talk = [line for line in lines if line.strip()]
    assert len(talk) >= 1000
    return talk


def speaks_of_the_bulletin(reply: Reply) -> bool:
    """Whether it says more than that it does not know, and than who it is."""
    return reply.kind != "decline" and any(
        part.item and not part.item.startswith("assistant-") for part in reply.parts
    )


def test_everyday_talk_is_not_answered(conversation: Conversation) -> None:
    talk = everyday()
    answered = [line for line in talk if speaks_of_the_bulletin(ask(conversation, line))]

    assert len(answered) <= MOST_ANSWERED * len(talk), answered


def test_everyday_talk_in_a_conversation_is_not_taken_for_a_follow_up(
    conversation: Conversation,
) -> None:
    talk = everyday()
    openings = cycle(OPENINGS)
    replies = [(line, say(conversation, next(openings), line).last) for line in talk]
    answered = [line for line, reply in replies if speaks_of_the_bulletin(reply)]

    assert len(answered) <= MOST_TAKEN_FOR_A_FOLLOW_UP * len(talk), answered
