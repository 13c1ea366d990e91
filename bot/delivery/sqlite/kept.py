"""What is kept of conversations, answers, buttons and chats."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.delivery.model import Answer, Chat, Feedback, Press, Profile, Work
from bot.delivery.sqlite.claims import rows_of, stamp

if TYPE_CHECKING:
    from sqlite_utils import Database

_SAVE_PROFILE = """
insert into conversations
    (key, channel, account, chat, person, state, language, as_of, settings, updated_at)
values (:key, :channel, :account, :chat, :person, :state, :language, :as_of, :settings, :now)
on conflict (key) do update set state = excluded.state, language = excluded.language,
    as_of = excluded.as_of, settings = excluded.settings, updated_at = excluded.updated_at
"""
_SAVE_ANSWER = """
insert or replace into answers (event, conversation, person, message, asked_at, question, kind,
    topics, tools, arguments, results, citations, text, record, before)
values (:event, :conversation, :person, :message, :asked_at, :question, :kind,
    :topics, :tools, :arguments, :results, :citations, :text, :record, :before)
"""
_SAVE_CHAT = """
insert into chats (channel, account, chat, settings, stopped, updated_at)
values (:channel, :account, :chat, :settings, :stopped, :now)
on conflict (channel, account, chat) do update
set settings = excluded.settings, stopped = excluded.stopped, updated_at = excluded.updated_at
"""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class Kept:
    """The part of the store that remembers."""

    def __init__(self, db: "Database") -> None:
        self._db = db

    def profile(self, key: str) -> Profile:
        """What is kept of a conversation; a new one is empty."""
        for row in rows_of(self._db, "select * from conversations where key = ?", [key]):
            as_of = row["as_of"]
            return Profile(
                state=json.loads(row["state"]),
                language=row["language"],
                as_of=None if as_of is None else datetime.fromisoformat(as_of),
                settings=json.loads(row["settings"]),
            )
        return Profile()

    def save_profile(self, work: Work, profile: Profile, now: datetime) -> None:
        """Keep a conversation."""
        incoming = work.incoming
        shared = incoming.group and not work.conversation.endswith(f"/{incoming.person}")
        self._db.execute(
            _SAVE_PROFILE,
            {
                "key": work.conversation,
                "channel": incoming.channel,
                "account": incoming.account,
                "chat": incoming.chat,
                "person": "" if shared else incoming.person_key(),
                "state": _json(profile.state),
                "language": profile.language,
                "as_of": None if profile.as_of is None else profile.as_of.isoformat(),
                "settings": _json(profile.settings),
                "now": stamp(now),
            },
        )

    def save_answer(self, work: Work, answer: Answer) -> None:
        """Keep an answer with all that led to it."""
        parts: list[Mapping[str, Any]] = answer.record.get("parts", [])
        self._db.execute(
            _SAVE_ANSWER,
            {
                "event": answer.event or work.id,
                "conversation": work.conversation,
                "person": work.incoming.person_key(),
                "message": answer.message,
                "asked_at": stamp(work.received_at),
                "question": answer.question,
                "kind": answer.record.get("kind", ""),
                "topics": _json(answer.record.get("topics", [])),
                "tools": _json([part.get("tool") for part in parts]),
                "arguments": _json([part.get("arguments") for part in parts]),
                "results": _json([part.get("result") for part in parts]),
                "citations": _json([part.get("citations") for part in parts]),
                "text": answer.text,
                "record": _json(answer.record),
                "before": _json(answer.before),
            },
        )

    def answer(self, where: str, *values: str) -> Answer | None:
        """The newest answer that fits."""
        query = f"select * from answers where {where} order by event desc limit 1"
        for row in rows_of(self._db, query, values):
            return Answer(
                question=row["question"],
                message=row["message"],
                text=row["text"],
                record=json.loads(row["record"]),
                before=json.loads(row["before"]),
                feedback=row["feedback"],
                word=row["word"],
                event=row["event"],
            )
        return None

    def record_feedback(self, feedback: Feedback) -> None:
        """Keep what a person thinks of an answer; a word does not undo the verdict."""
        self._db.execute(
            "update answers set feedback = case ? when '' then feedback else ? end,"
            " word = case ? when '' then word else ? end where event = ?",
            [feedback.verdict, feedback.verdict, feedback.word, feedback.word, feedback.event],
        )

    def save_presses(self, work: Work, presses: tuple[Press, ...], now: datetime) -> None:
        """Keep what buttons do."""
        for press in presses:
            self._db.execute(
                "insert or replace into presses values (?, ?, ?, ?, ?, ?)",
                [
                    work.incoming.channel,
                    work.incoming.account,
                    press.id,
                    work.incoming.person_key(),
                    _json(press.action),
                    stamp(now),
                ],
            )

    def press(self, channel: str, account: str, press: str) -> Press | None:
        """What a button does."""
        rows = rows_of(
            self._db,
            "select action from presses where channel = ? and account = ? and id = ?",
            [channel, account, press],
        )
        return next((Press(press, json.loads(row["action"])) for row in rows), None)

    def chat(self, channel: str, account: str, chat: str) -> Chat:
        """What is kept of a chat."""
        rows = rows_of(
            self._db,
            "select settings, stopped from chats where channel = ? and account = ? and chat = ?",
            [channel, account, chat],
        )
        return next((Chat(json.loads(row["settings"]), row["stopped"]) for row in rows), Chat())

    def save_chat(self, channel: str, account: str, name: str, chat: Chat, now: datetime) -> None:
        """Keep a chat."""
        self._db.execute(
            _SAVE_CHAT,
            {
                "channel": channel,
                "account": account,
                "chat": name,
                "settings": _json(chat.settings),
                "stopped": chat.stopped,
                "now": stamp(now),
            },
        )

    def move_chat(self, channel: str, account: str, old: str, new: str) -> None:
        """What is kept of a chat is kept under its new id."""
        where = {"channel": channel, "account": account, "old": old, "new": new}
        self._db.execute(
            "update or replace chats set chat = :new"
            " where channel = :channel and account = :account and chat = :old",
            where,
        )
        # A conversation's key holds the chat's id between slashes; what waits stays in its order.
        for table, key in (
            ("conversations", "key"),
            ("answers", "conversation"),
            ("inbox", "conversation"),
        ):
            self._db.execute(
                f"update or replace {table} set {key} = replace({key},"
                " '/' || :account || '/' || :old || '/', '/' || :account || '/' || :new || '/')"
                f" where {key} like :channel || '/' || :account || '/' || :old || '/%'",
                where,
            )
