"""The store in one SQLite file: WAL, every commit on disk before it counts."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.delivery.model import (
    Answer,
    Chat,
    DeadLetter,
    Dispatch,
    Feedback,
    Incoming,
    Outcome,
    Outgoing,
    Press,
    Work,
)
from bot.delivery.sqlite.claims import moment, rows_of, stamp
from bot.delivery.sqlite.forgetting import forget, prune
from bot.delivery.sqlite.inbox import Inbox
from bot.delivery.sqlite.kept import Kept
from bot.delivery.sqlite.leases import Leases
from bot.delivery.sqlite.migrations import delivery
from bot.delivery.sqlite.outbox import Outbox
from bot.delivery.store import Accepted, Backlog, Lease

_WAIT_FOR_A_WRITER = timedelta(seconds=10)
_PAGES_BEFORE_CHECKPOINT = 4000
_DEAD = """
select 'inbox' as box, id, channel, attempts, received_at as since, error
from inbox where state = 'dead'
union all
select 'outbox', id, channel, attempts, created_at, error from outbox where state = 'dead'
order by since desc limit ?
"""
_BACKLOG = """
select
  (select count(*) from inbox where state in ('waiting', 'claimed')) as inbox,
  (select count(*) from outbox where state in ('waiting', 'claimed')) as outbox,
  (select count(*) from inbox where state = 'dead')
    + (select count(*) from outbox where state = 'dead') as dead,
  (select min(received_at) from inbox where state in ('waiting', 'claimed')) as oldest
"""


class SqliteStore:
    """bot.delivery.store.Store in a file; belongs to the thread that opened it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_WAIT_FOR_A_WRITER.total_seconds())
        self._db = db = Database(connection)
        db.enable_wal()
        # FULL: a commit outlives a power cut. secure_delete: what is forgotten is overwritten.
        db.execute("pragma synchronous = full")
        db.execute("pragma secure_delete = on")
        db.execute(f"pragma wal_autocheckpoint = {_PAGES_BEFORE_CHECKPOINT}")
        self._kept = Kept(db)
        self._inbox = Inbox(db, self._kept)
        self._outbox = Outbox(db)
        self._leases = Leases(db)
        self._forgot = False
        with self.transaction():
            delivery.apply(db)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; immediate, because a claim reads before it writes."""
        if self._db.conn.in_transaction:
            yield  # a part of the one that is open
            return
        self._db.execute("begin immediate")
        try:
            yield
            if not self._db.conn.in_transaction:
                raise sqlite3.OperationalError("the database gave the transaction up")
            self._db.execute("commit")
        except BaseException:
            self._db.rollback()
            raise
        if self._forgot:
            self._forgot = not self._emptied_log()

    @contextmanager
    def apart(self) -> Iterator[None]:
        with self._db.atomic():
            yield

    def _emptied_log(self) -> bool:
        """Whether the write-ahead log could be emptied: it still holds what was overwritten."""
        busy, *_ = self._db.execute("pragma wal_checkpoint(truncate)").fetchone()
        return not busy

    def close(self) -> None:
        self._db.close()

    # Inbox

    def accept(self, incoming: Incoming, now: datetime, budget: int) -> Accepted:
        with self.transaction():
            chat = self.chat(incoming.channel, incoming.account, incoming.chat)
            accepted = self._inbox.add(incoming, chat, now, budget)
            if chat.stopped and accepted != "repeat" and incoming.kind != "left":
                # Who writes can be written to.
                chat = replace(chat, stopped="")
                self._kept.save_chat(incoming.channel, incoming.account, incoming.chat, chat, now)
        return accepted

    def claim_work(self, now: datetime, lease: Lease, limit: int) -> list[Work]:
        with self.transaction():
            return self._inbox.take(now, lease, limit)

    def complete(self, work: Work, outcome: Outcome, now: datetime) -> list[int]:
        incoming = work.incoming
        with self.transaction():
            self._inbox.claims.end(work.id, work.token, "done", now)
            if outcome.chat is not None:
                self._kept.save_chat(
                    incoming.channel, incoming.account, incoming.chat, outcome.chat, now
                )
            if outcome.stop:
                self.stop_chat(incoming.channel, incoming.account, incoming.chat, outcome.stop, now)
            if outcome.moved_to:
                self.move_chat(incoming.channel, incoming.account, incoming.chat, outcome.moved_to)
            if outcome.feedback is not None:
                self._kept.record_feedback(outcome.feedback)
            if outcome.forget:
                self.forget(outcome.forget)
            if outcome.profile is not None:
                self._kept.save_profile(work, outcome.profile, now)
            if outcome.answer is not None:
                self._kept.save_answer(work, outcome.answer)
            self._kept.save_presses(work, outcome.presses, now)
            # What is added to an edited answer belongs to the question that was edited.
            event = 0 if outcome.answer is None else outcome.answer.event
            return self._reply(work, outcome.outgoing, now, event)

    def postpone_work(self, work: Work, due: datetime, error: str) -> None:
        with self.transaction():
            self._inbox.claims.give_back(work.id, work.token, due, error, work.attempts)

    def bury_work(
        self, work: Work, error: str, apology: Sequence[Outgoing], now: datetime
    ) -> list[int]:
        with self.transaction():
            self._inbox.claims.end(work.id, work.token, "dead", now, error)
            return self._reply(work, apology, now)

    def _reply(
        self, work: Work, outgoing: Sequence[Outgoing], now: datetime, event: int = 0
    ) -> list[int]:
        return self._outbox.add(
            work.incoming.channel,
            work.incoming.account,
            outgoing,
            now,
            person=work.incoming.person_key(),
            event=event or work.id,
            asked_at=stamp(work.received_at),
        )

    # Outbox

    def claim_dispatches(
        self, channel: str, account: str, now: datetime, lease: Lease, limit: int
    ) -> list[Dispatch]:
        with self.transaction():
            return self._outbox.take(channel, account, now, lease, limit)

    def behind(self, dispatch: Dispatch, limit: int) -> list[Outgoing]:
        return self._outbox.behind(dispatch, limit)

    def claim_behind(self, dispatch: Dispatch, lease: Lease, limit: int) -> list[Dispatch]:
        with self.transaction():
            return self._outbox.take_behind(dispatch, lease, limit)

    def sent(
        self, dispatch: Dispatch, platform_id: str, now: datetime, others: Sequence[Dispatch] = ()
    ) -> None:
        with self.transaction():
            self._outbox.sent(dispatch, platform_id, now)
            for other in others:
                self._outbox.sent(other, platform_id, now, "merged")

    def postpone_dispatch(
        self, dispatch: Dispatch, due: datetime, error: str, attempts: int
    ) -> None:
        with self.transaction():
            self._outbox.claims.give_back(dispatch.id, dispatch.token, due, error, attempts)

    def bury_dispatch(
        self, dispatch: Dispatch, error: str, apology: Sequence[Outgoing], now: datetime
    ) -> None:
        with self.transaction():
            self._outbox.claims.end(dispatch.id, dispatch.token, "dead", now, error)
            self._outbox.add(dispatch.channel, dispatch.account, apology, now)

    def sent_since(self, channel: str, account: str, since: datetime) -> list[tuple[str, datetime]]:
        return self._outbox.sent_since(channel, account, since)

    # Chats

    def chat(self, channel: str, account: str, chat: str) -> Chat:
        return self._kept.chat(channel, account, chat)

    def stop_chat(self, channel: str, account: str, chat: str, reason: str, now: datetime) -> int:
        with self.transaction():
            kept = replace(self.chat(channel, account, chat), stopped=reason)
            self._kept.save_chat(channel, account, chat, kept, now)
            return self._outbox.drop(channel, account, chat, reason, now)

    def move_chat(self, channel: str, account: str, old: str, new: str) -> None:
        with self.transaction():
            self._outbox.move(channel, account, old, new)
            self._kept.move_chat(channel, account, old, new)

    # Answers

    def press(self, channel: str, account: str, press: str) -> Press | None:
        return self._kept.press(channel, account, press)

    def last_answer(self, conversation: str) -> Answer | None:
        return self._kept.answer("conversation = ?", conversation)

    def answer_to(self, conversation: str, message: str) -> Answer | None:
        return self._kept.answer("conversation = ? and message = ?", conversation, message)

    def replies_to(self, event: int) -> list[tuple[int, Outgoing]]:
        return list(self._outbox.replies_to(event))

    def sent_message(
        self, channel: str, account: str, chat: str, platform_id: str
    ) -> Outgoing | None:
        return self._outbox.message(channel, account, chat, platform_id)

    def record_feedback(self, feedback: Feedback) -> None:
        with self.transaction():
            self._kept.record_feedback(feedback)

    # Housekeeping

    def renew(self, lease: Lease) -> None:
        with self.transaction():
            self._inbox.claims.renew(lease)
            self._outbox.claims.renew(lease)

    def release(self, holder: str, now: datetime) -> int:
        with self.transaction():
            self._leases.release(holder)
            return self._inbox.claims.release(holder) + self._outbox.claims.release(holder)

    def lease(self, name: str, lease: Lease, now: datetime) -> bool:
        with self.transaction():
            return self._leases.take(name, lease, now)

    def unlease(self, name: str, holder: str) -> None:
        with self.transaction():
            self._leases.give_back(name, holder)

    def backlog(self, now: datetime) -> Backlog:
        row = rows_of(self._db, _BACKLOG)[0]
        oldest = None if row["oldest"] is None else moment(row["oldest"])
        return Backlog(row["inbox"], row["outbox"], row["dead"], oldest)

    def dead_letters(self, limit: int) -> list[DeadLetter]:
        rows = rows_of(self._db, _DEAD, [limit])
        return [DeadLetter(**{**row, "since": moment(row["since"])}) for row in rows]

    def retry(self, box: str, row: int, now: datetime) -> bool:
        claims = {"inbox": self._inbox.claims, "outbox": self._outbox.claims}[box]
        with self.transaction():
            return claims.retry(row, now)

    def forget(self, person: str) -> None:
        with self.transaction():
            forget(self._db, person)
            self._forgot = True

    def prune(self, before: datetime) -> int:
        with self.transaction():
            return prune(self._db, before)
