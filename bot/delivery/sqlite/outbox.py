"""The outbox: what is to be sent, in order within a chat."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.delivery.model import Dispatch, Outgoing
from bot.delivery.sqlite.claims import Claims, moment, rows_of, stamp
from bot.delivery.store import Lease

if TYPE_CHECKING:
    from sqlite_utils import Database

_INSERT = """
insert into outbox (channel, account, chat, lane, person, inbox_id, kind, payload, private,
    target, created_at, due_at, asked_at, state, ended_at, error)
select :channel, :account, :chat, :lane, :person, :inbox_id, :kind, :payload, :private,
    :target, :now, :now, :asked_at,
    case when stopped.stopped is null then 'waiting' else 'dropped' end,
    case when stopped.stopped is null then null else :now end,
    coalesce(stopped.stopped, '')
from (select 1) left join (
    select stopped from chats
    where channel = :channel and account = :account and chat = :chat and stopped <> ''
) as stopped
"""
_REPLIES = """
select id, payload from outbox
where inbox_id = ? and kind = 'text' and state <> 'dead' order by id
"""


class Outbox:
    """The part of the store that holds what goes out."""

    def __init__(self, db: "Database") -> None:
        self._db = db
        self.claims = Claims(db, "outbox", ("channel", "account", "lane"))

    def add(
        self,
        channel: str,
        account: str,
        outgoing: Iterable[Outgoing],
        now: datetime,
        *,
        person: str = "",
        event: int | None = None,
        asked_at: float | None = None,
    ) -> list[int]:
        """Insert messages, dropped at once where the chat is stopped; their rows."""
        return [
            int(
                self._db.execute(
                    _INSERT,
                    {
                        "channel": channel,
                        "account": account,
                        "chat": message.chat,
                        "lane": message.lane or message.chat,
                        "person": person,
                        "inbox_id": event,
                        "kind": message.kind,
                        "payload": message.to_json(),
                        "private": int(message.private),
                        "target": message.target,
                        "now": stamp(now),
                        "asked_at": asked_at,
                    },
                ).lastrowid
                or 0
            )
            for message in outgoing
        ]

    def take(
        self, channel: str, account: str, now: datetime, lease: Lease, limit: int
    ) -> list[Dispatch]:
        """Claim the heads of up to `limit` lanes of an account."""
        rows = self.claims.take(
            now,
            lease,
            limit,
            "this.channel = :channel and this.account = :account",
            channel=channel,
            account=account,
        )
        return [self._dispatch(row) for row in rows]

    def behind(self, dispatch: Dispatch, limit: int) -> list[Outgoing]:
        """What waits directly behind a claimed message in its lane."""
        rows = self.claims.behind(dispatch.id, limit)
        return [Outgoing.from_json(row["payload"]) for row in rows]

    def take_behind(self, dispatch: Dispatch, lease: Lease, limit: int) -> list[Dispatch]:
        """Claim the first of what `behind` tells."""
        return [self._dispatch(row) for row in self.claims.take_behind(dispatch.id, lease, limit)]

    def sent(
        self, dispatch: Dispatch, platform_id: str, now: datetime, state: str = "sent"
    ) -> None:
        """A message has left; a private one leaves no trace. `state` "merged": in another's call."""
        self.claims.end(dispatch.id, dispatch.token, state, now)
        self._db.execute(
            "update outbox set platform_id = ? where id = ?", [platform_id, dispatch.id]
        )
        self._db.execute("delete from outbox where id = ? and private = 1", [dispatch.id])

    def drop(self, channel: str, account: str, chat: str, reason: str, now: datetime) -> int:
        """What waits for a chat will not be sent."""
        return self._db.execute(
            "update outbox set state = 'dropped', ended_at = ?, error = ?, token = token + 1"
            " where channel = ? and account = ? and chat = ? and state in ('waiting', 'claimed')",
            [stamp(now), reason, channel, account, chat],
        ).rowcount

    def move(self, channel: str, account: str, old: str, new: str) -> None:
        """What waits for a chat goes to its new id."""
        self._db.execute(
            "update outbox set chat = :new, payload = json_set(payload, '$.chat', :new),"
            " lane = case lane when :old then :new else lane end"
            " where channel = :channel and account = :account and chat = :old"
            " and state in ('waiting', 'claimed')",
            {"old": old, "new": new, "channel": channel, "account": account},
        )

    def sent_since(self, channel: str, account: str, since: datetime) -> list[tuple[str, datetime]]:
        """(chat, when) of the calls since then; what was merged into one is one."""
        rows = rows_of(
            self._db,
            "select chat, ended_at from outbox where ended_at >= ? and state = 'sent'"
            " and channel = ? and account = ? and kind in ('text', 'edit') order by ended_at",
            [stamp(since), channel, account],
        )
        return [(row["chat"], moment(row["ended_at"])) for row in rows]

    def replies_to(self, event: int) -> Sequence[tuple[int, Outgoing]]:
        """The messages that answer an event."""
        rows = rows_of(self._db, _REPLIES, [event])
        return [(row["id"], Outgoing.from_json(row["payload"])) for row in rows]

    def message(self, channel: str, account: str, chat: str, platform_id: str) -> Outgoing | None:
        """The message that has this id on the platform."""
        rows = rows_of(
            self._db,
            "select payload from outbox"
            " where channel = ? and account = ? and chat = ? and platform_id = ?",
            [channel, account, chat, platform_id],
        )
        return next((Outgoing.from_json(row["payload"]) for row in rows), None)

    def _dispatch(self, row: Mapping[str, Any]) -> Dispatch:
        return Dispatch(
            id=row["id"],
            token=row["token"],
            attempts=row["attempts"],
            channel=row["channel"],
            account=row["account"],
            outgoing=Outgoing.from_json(row["payload"]),
            created_at=moment(row["created_at"]),
            asked_at=None if row["asked_at"] is None else moment(row["asked_at"]),
            target=self._platform_id(row["target"]),
        )

    def _platform_id(self, row: int | None) -> str:
        if row is None:
            return ""
        rows = rows_of(self._db, "select platform_id from outbox where id = ?", [row])
        return next((str(found["platform_id"]) for found in rows), "")
