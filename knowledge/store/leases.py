"""Leases in SQL: one process at a time does a work."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from knowledge.ports import Lease
from knowledge.store.event_tables import LeaseRow
from knowledge.store.upserting import insert_once, upsert


class SqlLeases:
    """See `knowledge.ports.LeaseRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, lease: Lease) -> bool:
        """Take it where nobody has it, or extend one's own; false where another has it, however long ago it ended."""
        values = {"name": lease.name, "holder": lease.holder, "until": lease.until}
        return insert_once(self._session, LeaseRow, values) or self.extend(lease)

    def give_back(self, name: str, holder: str) -> None:
        """End the holder's lease."""
        self._session.execute(delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder))

    def put(self, lease: Lease) -> None:
        """Store, or replace what is stored under the same name."""
        upsert(self._session, LeaseRow, {"name": lease.name, "holder": lease.holder, "until": lease.until})

    def extend(self, lease: Lease) -> bool:
        """Store a later end; false where it is not this holder's any more."""
        is_held = LeaseRow.name == lease.name, LeaseRow.holder == lease.holder
        extended = update(LeaseRow).where(*is_held).values(until=lease.until)
        return self._session.execute(extended.returning(LeaseRow.name)).first() is not None

    def end(self, lease: Lease) -> bool:
        """End exactly this lease; false where it was extended or ended meanwhile."""
        is_same = LeaseRow.name == lease.name, LeaseRow.holder == lease.holder, LeaseRow.until == lease.until
        return self._session.execute(delete(LeaseRow).where(*is_same).returning(LeaseRow.name)).first() is not None

    def named(self, beginning: str) -> Sequence[Lease]:
        """All whose names begin so, in the order of their names."""
        rows = select(LeaseRow).where(LeaseRow.name.startswith(beginning, autoescape=True)).order_by(LeaseRow.name)
        return [Lease(row.name, row.holder, row.until) for row in self._session.scalars(rows)]
