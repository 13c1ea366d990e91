"""Deleting: all that belongs to a person, and what has been kept long enough."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.delivery.sqlite.claims import stamp

if TYPE_CHECKING:
    from sqlite_utils import Database

# The id of an event stays, so that the platform's repeat of it is still known as one.
_BLANK = "payload = '{}', person = '', chat = '', conversation = '', message = '', error = ''"
_ENDED = "state not in ('waiting', 'claimed')"


def forget(db: "Database", person: str) -> None:
    """Delete a person's conversations, answers, buttons and messages.

    What still waits is worked on, and leaves no trace when it is sent.
    """
    chats = "(select chat from inbox where person = ? and json_extract(payload, '$.group') = 0)"
    db.execute(
        f"delete from chats where chat in {chats} and settings = '{{}}' and stopped = ''", [person]
    )
    db.execute(
        "update conversations set state = '{}' where person = '' and key in"
        " (select conversation from answers where person = ?)",
        [person],
    )
    for table in ("conversations", "answers", "presses"):
        db.execute(f"delete from {table} where person = ?", [person])
    db.execute(f"update inbox set {_BLANK} where person = ? and {_ENDED}", [person])
    db.execute(f"delete from outbox where person = ? and {_ENDED}", [person])
    db.execute("update outbox set private = 1 where person = ?", [person])


def prune(db: "Database", before: datetime) -> int:
    """Delete what ended before then; how many rows."""
    then = [stamp(before)]
    return sum(
        db.execute(statement, then).rowcount
        for statement in (
            f"delete from inbox where ended_at < ? and {_ENDED}",
            f"delete from outbox where ended_at < ? and {_ENDED}",
            "delete from answers where asked_at < ?",
            "delete from presses where created_at < ?",
            "delete from conversations where updated_at < ?",
        )
    )
