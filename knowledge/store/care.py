"""How sources fare, and the indexers' signs of life, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from knowledge.model import NEVER, OFF, SourceCare, SourceId
from knowledge.store.administration_tables import IndexerRow, SourceCareRow
from knowledge.store.sources import SqlSources
from knowledge.store.upserting import insert_once, upsert


class SqlCare:
    """See `knowledge.ports.CareRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, source: SourceId) -> SourceCare:
        """What is kept of it, or that nothing is."""
        row = self._session.get(SourceCareRow, source, populate_existing=True)
        return SourceCare(source) if row is None else _care(row)

    def all(self) -> Mapping[SourceId, SourceCare]:
        """Of every source of which something is kept."""
        return {SourceId(row.source): _care(row) for row in self._session.scalars(select(SourceCareRow))}

    def schedule(self, source: SourceId, schedule: str, due_at: datetime) -> None:
        """Read it by this schedule from now on."""
        self._change(source, schedule=schedule, due_at=due_at)

    def due(self, now: datetime) -> Sequence[SourceCare]:
        """Those whose time has come."""
        found = select(SourceCareRow).where(SourceCareRow.due_at <= now).order_by(SourceCareRow.due_at)
        return [_care(row) for row in self._session.scalars(found.execution_options(populate_existing=True))]

    def take_due(self, care: SourceCare, next_at: datetime) -> bool:
        """Put off to the next time; false where another process did so before."""
        # The condition stands in the UPDATE: of two processes that saw the same time only one still finds it.
        seen = (SourceCareRow.source == care.source) & (SourceCareRow.due_at == care.due_at)
        taken = update(SourceCareRow).where(seen).values(due_at=next_at).returning(SourceCareRow.source)
        return self._session.execute(taken).first() is not None

    def synced(self, source: SourceId, now: datetime) -> None:
        """It was read through."""
        self._change(source, synced_at=now, trouble="")

    def failed(self, source: SourceId, trouble: str) -> None:
        """It could not be listed."""
        self._change(source, trouble=trouble)

    def indexer_seen(self, name: str, now: datetime) -> None:
        """Note an indexer's sign of life."""
        upsert(self._session, IndexerRow, {"name": name, "seen_at": now})

    def last_seen(self) -> datetime | None:
        """When any indexer last gave one."""
        return self._session.scalars(select(func.max(IndexerRow.seen_at))).one()

    def _change(self, source: SourceId, **values: object) -> None:
        if not SqlSources(self._session).hold(source):
            return
        unknown = {"source": source, "schedule": OFF, "due_at": NEVER, "synced_at": NEVER, "trouble": ""}
        insert_once(self._session, SourceCareRow, unknown)
        self._session.execute(update(SourceCareRow).where(SourceCareRow.source == source).values(**values))


def _care(row: SourceCareRow) -> SourceCare:
    return SourceCare(SourceId(row.source), row.schedule, row.due_at, row.synced_at, row.trouble)
