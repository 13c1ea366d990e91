"""The tables, as numbered steps. A step that was released is never changed, only followed."""

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

delivery = Migrations("delivery")

_OPEN = "state in ('waiting', 'claimed')"

_BOXES = """
create table inbox (
    id integer primary key autoincrement,
    channel text not null, account text not null, external_id text not null,
    conversation text not null, chat text not null, person text not null, kind text not null,
    message text not null, payload text not null,
    received_at real not null, due_at real not null,
    state text not null default 'waiting', attempts integer not null default 0,
    crashes integer not null default 0,
    token integer not null default 0, holder text not null default '', lease_until real,
    ended_at real, error text not null default '',
    unique (channel, account, external_id)
);
create index inbox_open on inbox (conversation, id) where {open};
create index inbox_person on inbox (person, received_at);
create table outbox (
    id integer primary key autoincrement,
    channel text not null, account text not null, chat text not null, lane text not null,
    person text not null, inbox_id integer, kind text not null, payload text not null,
    private integer not null default 0, target integer,
    created_at real not null, due_at real not null, asked_at real,
    state text not null default 'waiting', attempts integer not null default 0,
    crashes integer not null default 0,
    token integer not null default 0, holder text not null default '', lease_until real,
    ended_at real, platform_id text not null default '', error text not null default ''
);
create index outbox_open on outbox (channel, account, lane, id) where {open};
create index outbox_inbox on outbox (inbox_id);
create index outbox_sent on outbox (channel, account, chat, platform_id)
"""

_KEPT = """
create table conversations (
    key text primary key, channel text not null, account text not null, chat text not null,
    person text not null, state text not null, language text, as_of text,
    settings text not null, updated_at real not null
) without rowid;
create table answers (
    event integer primary key, conversation text not null, person text not null,
    message text not null, asked_at real not null, question text not null, kind text not null,
    topics text not null, tools text not null, arguments text not null, results text not null,
    citations text not null, text text not null, record text not null, before text not null,
    feedback text not null default '', word text not null default ''
);
create index answers_conversation on answers (conversation, event);
create table presses (
    channel text not null, account text not null, id text not null, person text not null,
    action text not null, created_at real not null,
    primary key (channel, account, id)
) without rowid;
create table chats (
    channel text not null, account text not null, chat text not null, settings text not null,
    stopped text not null default '', updated_at real not null,
    primary key (channel, account, chat)
) without rowid;
create table leases (name text primary key, holder text not null, until real not null)
    without rowid
"""


@delivery(name="0001_boxes")
def boxes(db: "Database") -> None:
    """What comes in and what goes out."""
    _create(db, _BOXES.format(open=_OPEN))


@delivery(name="0002_kept")
def kept(db: "Database") -> None:
    """What is kept of conversations, answers and chats."""
    _create(db, _KEPT)


def _create(db: "Database", script: str) -> None:
    # One by one: a script of SQLite's own would commit the migration's transaction.
    for statement in script.split(";"):
        db.execute(statement)
