"""The project's own questions, and everyday talk that no bulletin is about."""

from pathlib import Path

from benchmarks.score import judged, read
from handlers.conversation import Conversation
from tests.handlers.talk import ask

QUESTIONS = Path(__file__).parents[1] / "questions"
FILES = sorted(QUESTIONS.glob("*.jsonl"))
# A little below what was measured last; raise it when the measure rises.
LEAST = 0.94
MOST_ANSWERED = 0.01


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


def test_everyday_talk_is_not_answered(conversation: Conversation) -> None:
    lines = (QUESTIONS / "everyday.txt").read_text(encoding="utf-8").split("\n")
    talk = [line for line in lines if line.strip()]
    answered = [
        line
        for line in talk
        if (reply := ask(conversation, line)).kind == "answer"
        and any(part.item and not part.item.startswith("assistant-") for part in reply.parts)
    ]

    assert len(talk) >= 1000
    assert len(answered) <= MOST_ANSWERED * len(talk), answered
