"""Named leases: what only one process may do."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.delivery.sqlite.claims import stamp
from bot.delivery.store import Lease

if TYPE_CHECKING:
    from sqlite_utils import Database

_TAKE = """
insert into leases (name, holder, until) values (:name, :holder, :until)
on conflict (name) do update set holder = excluded.holder, until = excluded.until
where holder = excluded.holder or until <= :now
"""


class Leases:
    """The part of the store that says who may."""

    def __init__(self, db: "Database") -> None:
        self._db = db

    def take(self, name: str, lease: Lease, now: datetime) -> bool:
        """Take or renew; False while another one holds it."""
        values = {
            "name": name,
            "holder": lease.holder,
            "until": stamp(lease.until),
            "now": stamp(now),
        }
        return self._db.execute(_TAKE, values).rowcount == 1

    def give_back(self, name: str, holder: str) -> None:
        """Free it, unless it is another's by now."""
        self._db.execute("delete from leases where name = ? and holder = ?", [name, holder])

    def release(self, holder: str) -> None:
        """Free all that a holder has."""
        self._db.execute("delete from leases where holder = ?", [holder])
