"""The store alone: once, in order, fenced, forgotten."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.model import Answer, Chat, Feedback, Outcome, Outgoing, Press, Profile
from bot.delivery.sqlite.store import SqliteStore
from bot.delivery.store import Lease, LostClaim
from tests.bot.delivery.doubles import NOW, later, message

ME, OTHER = Lease("me", later(60)), Lease("other", later(60))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "bot.db")
    yield store
    store.close()


def texts(store: SqliteStore, lease: Lease = ME, at: float = 1, limit: int = 10) -> list[str]:
    return [work.incoming.text for work in store.claim_work(later(at), lease, limit)]


def answer(store: SqliteStore, *outgoing: Outgoing) -> list[int]:
    """An event comes to these messages; their rows."""
    store.accept(message(f"for {outgoing}", chat="asker"), NOW, 0)
    (work,) = store.claim_work(NOW, ME, 1)
    return store.complete(work, Outcome(outgoing=outgoing), NOW)


def test_the_same_event_is_kept_once(store: SqliteStore) -> None:
    accepted = [store.accept(message("1"), NOW, 0) for _ in range(3)]

    assert accepted == ["new", "repeat", "repeat"]
    assert texts(store) == ["1"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"channel": "else"}, id="other channel"),
        pytest.param({"account": "else"}, id="other account"),
        pytest.param({"external_id": "else"}, id="other id"),
    ],
)
def test_an_event_is_another_when_any_part_of_its_key_is(
    store: SqliteStore, other: dict[str, Any]
) -> None:
    store.accept(message("1"), NOW, 0)

    assert store.accept(replace(message("1"), **other), NOW, 0) == "new"


def test_a_conversation_is_worked_on_one_by_one_and_others_beside_it(store: SqliteStore) -> None:
    for event in (message("1"), message("2"), message("3", chat="c2")):
        store.accept(event, NOW, 0)

    first = store.claim_work(later(1), ME, 10)
    assert [work.incoming.text for work in first] == ["1", "3"]
    assert texts(store, OTHER) == []

    store.complete(first[0], Outcome(), later(1))
    assert texts(store, OTHER) == ["2"]


def test_what_is_tried_again_later_is_not_overtaken(store: SqliteStore) -> None:
    store.accept(message("1"), NOW, 0)
    store.accept(message("2"), NOW, 0)
    (work,) = store.claim_work(later(1), ME, 10)

    store.postpone_work(work, later(30), "trouble")

    assert texts(store, at=29) == []
    assert texts(store, at=30) == ["1"]


def test_a_claim_that_ran_out_is_anothers_and_the_late_one_counts_for_nothing(
    store: SqliteStore,
) -> None:
    store.accept(message("1"), NOW, 0)
    (mine,) = store.claim_work(later(0), ME, 1)
    assert texts(store, OTHER, at=59.9) == []
    (theirs,) = store.claim_work(later(60), Lease("other", later(120)), 1)

    with pytest.raises(LostClaim):
        store.complete(mine, Outcome(outgoing=(Outgoing("text", "c1", text="late"),)), later(61))

    assert store.claim_dispatches("fake", "bot", later(61), ME, 10) == []
    store.complete(theirs, Outcome(outgoing=(Outgoing("text", "c1", text="once"),)), later(61))
    sent = store.claim_dispatches("fake", "bot", later(61), ME, 10)
    assert [dispatch.outgoing.text for dispatch in sent] == ["once"]


def test_a_renewed_claim_does_not_run_out(store: SqliteStore) -> None:
    store.accept(message("1"), NOW, 0)
    store.claim_work(NOW, ME, 1)

    store.renew(Lease("me", later(120)))

    assert texts(store, OTHER, at=119) == []


def test_what_the_dead_had_is_free_at_once_and_counts_as_a_crash(store: SqliteStore) -> None:
    store.accept(message("1"), NOW, 0)
    store.claim_work(NOW, ME, 1)

    assert store.release("me", later(1)) == 1

    (work,) = store.claim_work(later(1), OTHER, 1)
    assert (work.attempts, work.crashes) == (1, 1)


def test_what_was_there_at_two_crashes_is_worked_on_alone(store: SqliteStore) -> None:
    for number in range(4):
        store.accept(message(str(number), chat=f"c{number}"), NOW, 0)
    for _ in range(2):
        store.claim_work(NOW, ME, 2)
        store.release("me", NOW)

    assert texts(store) == ["0"]
    assert texts(store) == ["1"]
    assert texts(store) == ["2", "3"]


def test_an_outcome_is_written_whole_or_not_at_all(store: SqliteStore) -> None:
    store.accept(message("1"), NOW, 0)
    (work,) = store.claim_work(NOW, ME, 1)
    broken = Outcome(
        outgoing=(
            Outgoing("text", "c1", text="a"),
            Outgoing("text", "c1", details={"x": object()}),
        ),
        profile=Profile(state={"count": 1}),
    )

    with pytest.raises(TypeError):
        store.complete(work, broken, NOW)

    assert store.backlog(NOW).inbox == 1
    assert store.backlog(NOW).outbox == 0
    store.release("me", NOW)
    assert store.claim_work(later(1), ME, 1)[0].profile.state == {}


def test_two_processes_never_claim_the_same(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    store = SqliteStore(path)
    for number in range(60):
        store.accept(message(str(number), chat=f"c{number}"), NOW, 0)
    claimed: list[int] = []

    def work(name: str) -> None:
        mine = SqliteStore(path)
        while works := mine.claim_work(later(1), Lease(name, later(60)), 3):
            claimed.extend(work.id for work in works)
        mine.close()

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(claimed) == list(range(1, 61))


def test_messages_of_a_chat_leave_one_by_one(store: SqliteStore) -> None:
    outgoing = [
        Outgoing("text", chat, text=text) for chat, text in [("a", "1"), ("a", "2"), ("b", "1")]
    ]
    answer(store, *outgoing)

    first = store.claim_dispatches("fake", "bot", NOW, ME, 10)
    assert [dispatch.outgoing.text for dispatch in first] == ["1", "1"]
    store.sent(first[0], "p1", NOW)
    second = store.claim_dispatches("fake", "bot", NOW, ME, 10)

    assert [dispatch.outgoing.text for dispatch in second] == ["2"]
    assert store.claim_dispatches("other", "bot", NOW, ME, 10) == []


def test_what_leaves_in_the_same_call_is_one_to_the_limits(store: SqliteStore) -> None:
    answer(store, *(Outgoing("text", "c1", text=text) for text in "123"))
    (head,) = store.claim_dispatches("fake", "bot", NOW, ME, 10)

    assert [outgoing.text for outgoing in store.behind(head, 10)] == ["2", "3"]
    (other,) = store.claim_behind(head, ME, 1)
    store.sent(head, "p1", later(1), [other])

    assert other.outgoing.text == "2"
    assert store.sent_since("fake", "bot", NOW) == [("c1", later(1))]
    (left,) = store.claim_dispatches("fake", "bot", NOW, ME, 10)
    assert left.outgoing.text == "3"


def test_what_leaves_in_the_same_call_is_given_back_together_when_a_process_dies(
    store: SqliteStore,
) -> None:
    answer(store, Outgoing("text", "c1", text="1"), Outgoing("text", "c1", text="2"))
    for _ in range(2):
        (head,) = store.claim_dispatches("fake", "bot", NOW, ME, 10)
        store.claim_behind(head, ME, 10)
        store.release("me", NOW)

    # What was under way at two deaths is tried alone.
    (head,) = store.claim_dispatches("fake", "bot", NOW, ME, 10)
    assert head.outgoing.text == "1"
    assert store.claim_behind(head, ME, 10) == []


def test_an_edit_knows_the_platforms_id_of_what_it_changes(store: SqliteStore) -> None:
    (row,) = answer(store, Outgoing("text", "c1"))
    answer(store, Outgoing("edit", "c1", target=row))
    (first,) = store.claim_dispatches("fake", "bot", NOW, ME, 10)
    store.sent(first, "p77", NOW)

    (edit,) = store.claim_dispatches("fake", "bot", NOW, ME, 10)

    assert edit.target == "p77"


def test_nothing_is_sent_to_a_chat_that_was_left_until_it_writes_again(store: SqliteStore) -> None:
    answer(store, Outgoing("text", "c1", text="waits"))

    assert store.stop_chat("fake", "bot", "c1", "blocked", NOW) == 1
    answer(store, Outgoing("text", "c1", text="too late"))
    assert store.claim_dispatches("fake", "bot", NOW, ME, 10) == []

    store.accept(message("1"), NOW, 0)
    answer(store, Outgoing("text", "c1", text="again"))
    sent = store.claim_dispatches("fake", "bot", NOW, ME, 10)
    assert [dispatch.outgoing.text for dispatch in sent] == ["again"]


def test_a_chat_moves_with_all_that_is_kept_of_it(store: SqliteStore) -> None:
    store.accept(message("1", group=True), NOW, 0)
    (work,) = store.claim_work(NOW, ME, 1)
    outcome = Outcome(
        outgoing=(Outgoing("text", "c1", text="a"),),
        profile=Profile(state={"count": 1}),
        chat=Chat({"context": "person"}),
        answer=Answer("q", "m1", "a", {}, {}),
    )
    store.complete(work, outcome, NOW)

    store.move_chat("fake", "bot", "c1", "c9")

    (dispatch,) = store.claim_dispatches("fake", "bot", NOW, ME, 10)
    assert dispatch.outgoing.chat == "c9"
    assert store.chat("fake", "bot", "c9").settings == {"context": "person"}
    store.accept(message("2", chat="c9", group=True), NOW, 0)
    (next_work,) = store.claim_work(NOW, ME, 1)
    assert next_work.profile.state == {"count": 1}
    assert store.last_answer(next_work.conversation) is not None


@pytest.mark.parametrize(
    ("context", "conversations"),
    [pytest.param("person", 2, id="per person"), pytest.param("group", 1, id="per group")],
)
def test_a_group_has_one_context_or_one_per_person(
    store: SqliteStore, context: str, conversations: int
) -> None:
    store.accept(message("0", group=True), NOW, 0)
    (work,) = store.claim_work(NOW, ME, 1)
    store.complete(work, Outcome(chat=Chat({"context": context})), NOW)

    store.accept(message("1", group=True), NOW, 0)
    store.accept(message("2", group=True, person="p2"), NOW, 0)

    assert len(store.claim_work(NOW, ME, 10)) == conversations


def test_a_flood_gets_one_notice_and_ends_after_a_minute(store: SqliteStore) -> None:
    accepted = [store.accept(message(str(n)), later(n), 3) for n in range(6)]
    assert accepted == ["new", "new", "new", "flood", "flood", "flood"]
    assert store.accept(message("p2", person="p2"), later(6), 3) == "new"
    assert store.accept(message("late"), later(64), 3) == "new"

    kinds = []
    while works := store.claim_work(later(70), ME, 10):
        for work in works:
            kinds.append(work.incoming.kind)
            store.complete(work, Outcome(), later(70))
    assert kinds.count("flood") == 1
    assert kinds.count("message") == 5


def test_forgetting_leaves_not_a_trace_in_the_file(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "bot.db")
    for person, word in (("p1", "secret-word-of-p1"), ("p2", "other-word-of-p2")):
        store.accept(message(person, word, person=person, chat=person), NOW, 0)
    for work in store.claim_work(NOW, ME, 10):
        word = work.incoming.text
        outcome = Outcome(
            outgoing=(Outgoing("text", work.incoming.chat, text=word),),
            profile=Profile(state={"said": word}),
            answer=Answer(word, "m", word, {"parts": [{"arguments": {"a": word}}]}, {"b": word}),
            presses=(Press(f"id{word[-1]}", {"do": "say", "text": word}),),
        )
        store.complete(work, outcome, NOW)
        store.record_feedback(Feedback(work.id, "down", word))
    for dispatch in store.claim_dispatches("fake", "bot", NOW, ME, 10):
        store.sent(dispatch, "p", NOW)

    store.forget("fake/bot/p1")

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert store.accept(message("p1", person="p1", chat="p1"), NOW, 0) == "repeat"
    store.close()
    assert b"secret-word-of-p1" not in kept
    assert b"other-word-of-p2" in kept


def test_retention_deletes_what_ended_and_nothing_that_waits(store: SqliteStore) -> None:
    store.accept(message("done"), NOW, 0)
    (work,) = store.claim_work(NOW, ME, 1)
    store.complete(work, Outcome(answer=Answer("q", "m", "a", {}, {}), profile=Profile()), NOW)
    store.accept(message("waits"), NOW, 0)

    assert store.prune(NOW) == 0
    assert store.prune(later(1)) == 3  # the event, its answer, the conversation
    assert store.last_answer(work.conversation) is None
    assert texts(store) == ["waits"]


def test_a_dead_letter_is_listed_and_can_be_tried_again(store: SqliteStore) -> None:
    store.accept(message("1"), NOW, 0)
    (work,) = store.claim_work(NOW, ME, 1)
    store.bury_work(work, "ZeroDivisionError", [Outgoing("text", "c1", text="sorry")], NOW)

    (letter,) = store.dead_letters(10)
    assert (letter.box, letter.error, letter.attempts) == ("inbox", "ZeroDivisionError", 1)
    assert store.retry("inbox", letter.id, NOW)
    assert not store.retry("inbox", letter.id, NOW)
    assert texts(store) == ["1"]


def test_a_lease_has_one_holder_until_it_ends(store: SqliteStore) -> None:
    assert store.lease("poller", Lease("a", later(10)), NOW)
    assert not store.lease("poller", Lease("b", later(19)), later(9))
    assert store.lease("poller", Lease("a", later(15)), later(9))
    assert not store.lease("poller", Lease("b", later(20)), later(10))
    store.unlease("poller", "b")
    assert not store.lease("poller", Lease("b", later(20)), later(10))
    store.unlease("poller", "a")
    assert store.lease("poller", Lease("b", later(20)), later(10))


def test_migrations_are_numbered_and_run_once(tmp_path: Path) -> None:
    for _ in range(2):
        SqliteStore(tmp_path / "bot.db").close()

    connection = sqlite3.connect(tmp_path / "bot.db")
    names = [name for (name,) in connection.execute("select name from _sqlite_migrations")]
    assert names == ["0001_boxes", "0002_kept"]
    assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    connection.close()
