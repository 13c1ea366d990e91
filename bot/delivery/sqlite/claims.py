"""Claims on a table of waiting rows: in order within a lane, many lanes at once."""

from datetime import UTC, datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from bot.delivery.store import Lease, LostClaim

if TYPE_CHECKING:
    from sqlite_utils import Database

# A row that was being worked on when its process died is a suspect: it is taken alone, so that one
# that kills processes takes no other with it.
_SUSPECT = 2
_HEADS = """
select id, crashes from {table} as this
where state in ('waiting', 'claimed') and {own}
  and ((state = 'waiting' and due_at <= :now) or (state = 'claimed' and lease_until <= :now))
  and not exists (
    select 1 from {table} as other
    where other.state in ('waiting', 'claimed') and {same_lane} and other.id < this.id)
order by due_at, id limit :limit
"""
_BEHIND = """
select this.*, other.crashes as crashes_of_head from {table} as other join {table} as this
  on {same_lane} and this.id > other.id
where other.id = :row and this.state in ('waiting', 'claimed')
order by this.id limit :limit
"""
_TAKE = """
update {table} set crashes = crashes + (state = 'claimed'), state = 'claimed', token = token + 1,
    attempts = attempts + 1, holder = :holder, lease_until = :until
where id in ({rows}) returning *
"""


def stamp(moment: datetime) -> float:
    """A moment as seconds since 1970 in UTC."""
    return moment.timestamp()


def moment(stamp: float) -> datetime:
    """The aware moment of such seconds, in UTC."""
    return datetime.fromtimestamp(stamp, UTC)


def rows_of(db: "Database", sql: str, values: Any = ()) -> list[dict[str, Any]]:
    """The rows of a query as dicts. `Database.query` would guard each by a savepoint of its own."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Claims:
    """The states of the rows of one table: waiting, claimed, and some end."""

    def __init__(self, db: "Database", table: str, lane: tuple[str, ...]) -> None:
        self._db = db
        self._table = table
        self._same_lane = " and ".join(f"other.{name} = this.{name}" for name in lane)

    def take(
        self, now: datetime, lease: Lease, limit: int, own: str, **names: str
    ) -> list[dict[str, Any]]:
        """Claim the heads of up to `limit` lanes; `own` narrows the rows, with `names` in it."""
        heads = rows_of(
            self._db,
            _HEADS.format(table=self._table, own=own, same_lane=self._same_lane),
            {"now": stamp(now), "limit": limit, **names},
        )
        suspects = [row for row in heads if row["crashes"] >= _SUSPECT]
        if not heads:
            return []
        return self._take(suspects[:1] or heads, lease)

    def behind(self, row: int, limit: int) -> list[dict[str, Any]]:
        """What waits directly behind a claimed row in its lane; nothing beside a suspect."""
        found = rows_of(
            self._db,
            _BEHIND.format(table=self._table, same_lane=self._same_lane),
            {"row": row, "limit": limit},
        )
        return list(
            takewhile(lambda one: max(one["crashes"], one["crashes_of_head"]) < _SUSPECT, found)
        )

    def take_behind(self, row: int, lease: Lease, limit: int) -> list[dict[str, Any]]:
        """Claim the first of what `behind` tells."""
        return self._take(self.behind(row, limit), lease)

    def end(self, row: int, token: int, state: str, now: datetime, error: str = "") -> None:
        """A claimed row comes to its end; LostClaim when the claim is another's by now."""
        self._change(
            row,
            token,
            "state = :state, ended_at = :now, error = :error, holder = '', lease_until = null",
            {"state": state, "now": stamp(now), "error": error},
        )

    def give_back(self, row: int, token: int, due: datetime, error: str, attempts: int) -> None:
        """A claimed row waits again; LostClaim when the claim is another's by now."""
        self._change(
            row,
            token,
            "state = 'waiting', due_at = :due, error = :error, attempts = :attempts,"
            " holder = '', lease_until = null",
            {"due": stamp(due), "error": error, "attempts": attempts},
        )

    def renew(self, lease: Lease) -> None:
        """All rows of the holder are held until the lease's end."""
        self._db.execute(
            f"update {self._table} set lease_until = ?"
            " where state in ('waiting', 'claimed') and state = 'claimed' and holder = ?",
            [stamp(lease.until), lease.holder],
        )

    def release(self, holder: str) -> int:
        """All rows of the holder wait again; a try that was cut off counts as a crash."""
        return self._db.execute(
            f"update {self._table} set state = 'waiting', holder = '', lease_until = null,"
            " attempts = attempts - 1, crashes = crashes + 1"
            " where state in ('waiting', 'claimed') and state = 'claimed' and holder = ?",
            [holder],
        ).rowcount

    def retry(self, row: int, now: datetime) -> bool:
        """A dead row waits again, with all its attempts before it."""
        return (
            self._db.execute(
                f"update {self._table} set state = 'waiting', attempts = 0, crashes = 0, due_at = ?,"
                " ended_at = null where id = ? and state = 'dead'",
                [stamp(now), row],
            ).rowcount
            == 1
        )

    def _take(self, rows: list[dict[str, Any]], lease: Lease) -> list[dict[str, Any]]:
        taken = rows_of(
            self._db,
            _TAKE.format(table=self._table, rows=", ".join(str(row["id"]) for row in rows)),
            {"holder": lease.holder, "until": stamp(lease.until)},
        )
        return sorted(taken, key=lambda row: row["id"])

    def _change(self, row: int, token: int, changes: str, values: dict[str, Any]) -> None:
        done = self._db.execute(
            f"update {self._table} set {changes}"
            " where id = :row and token = :token and state = 'claimed'",
            {"row": row, "token": token, **values},
        )
        if done.rowcount != 1:
            raise LostClaim(f"{self._table} row {row} is held under another token")
