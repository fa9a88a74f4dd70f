"""Leases in SQL: one process at a time does a work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from knowledge.store.event_tables import LeaseRow
from knowledge.store.upserting import insert_once


class SqlLeases:
    """See `knowledge.ports.LeaseRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or extend the lease; false where another holder's has not run out."""
        if insert_once(self._session, LeaseRow, {"name": name, "holder": holder, "until": until}):
            return True
        is_free = or_(LeaseRow.holder == holder, LeaseRow.until <= now)
        taken = update(LeaseRow).where(LeaseRow.name == name, is_free).values(holder=holder, until=until)
        return self._session.execute(taken.returning(LeaseRow.name)).first() is not None

    def give_back(self, name: str, holder: str) -> None:
        """End the holder's lease."""
        self._session.execute(delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder))
