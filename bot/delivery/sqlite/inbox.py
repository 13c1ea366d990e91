"""The inbox: every event once, worked on in order within a conversation."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.delivery.model import Chat, Incoming, Work
from bot.delivery.sqlite.claims import Claims, moment, stamp
from bot.delivery.sqlite.kept import Kept
from bot.delivery.store import Accepted, Lease

if TYPE_CHECKING:
    from sqlite_utils import Database

_MINUTE = timedelta(minutes=1)
_KNOWN = "select 1 from inbox where channel = ? and account = ? and external_id = ?"
_INSERT = """
insert into inbox (channel, account, external_id, conversation, chat, person, kind, message,
    payload, received_at, due_at, state, ended_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_USED = """
select count(*) filter (where kind <> 'flood'), count(*) filter (where kind = 'flood')
from inbox where person = ? and received_at > ?
"""


class Inbox:
    """The part of the store that holds what comes in."""

    def __init__(self, db: "Database", kept: Kept) -> None:
        self._db = db
        self._kept = kept
        self.claims = Claims(db, "inbox", ("conversation",))

    def add(self, incoming: Incoming, chat: Chat, now: datetime, budget: int) -> Accepted:
        """Keep an event, unless it is known; above the budget only that there was one."""
        key = [incoming.channel, incoming.account, incoming.external_id]
        if self._db.execute(_KNOWN, key).fetchone():
            return "repeat"
        flood, noticed = self._flood(incoming, now, budget)
        if flood:
            incoming = replace(incoming, kind="flood", text="")
        self._db.execute(
            _INSERT,
            [
                *key,
                incoming.conversation(str(chat.settings.get("context", "person"))),
                incoming.chat,
                incoming.person_key(),
                incoming.kind,
                incoming.message,
                incoming.to_json(),
                stamp(now),
                stamp(now),
                "dropped" if noticed else "waiting",
                stamp(now) if noticed else None,
            ],
        )
        return "flood" if flood else "new"

    def take(self, now: datetime, lease: Lease, limit: int) -> list[Work]:
        """Claim the heads of up to `limit` conversations."""
        return [
            Work(
                id=row["id"],
                token=row["token"],
                attempts=row["attempts"],
                crashes=row["crashes"],
                conversation=row["conversation"],
                incoming=Incoming.from_json(row["payload"]),
                received_at=moment(row["received_at"]),
                profile=self._kept.profile(row["conversation"]),
            )
            for row in self.claims.take(now, lease, limit, "1")
        ]

    def _flood(self, incoming: Incoming, now: datetime, budget: int) -> tuple[bool, bool]:
        """Whether the person's budget is used up, and whether that was said already."""
        person = incoming.person_key()
        if not budget or not person:
            return False, False
        used, noticed = self._db.execute(_USED, [person, stamp(now - _MINUTE)]).fetchone()
        flood = int(used) >= budget
        return flood, flood and bool(noticed)
