"""Events and their occurrences in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.errors import NotFoundError
from knowledge.model import AnnouncementId, AnnouncementState, Event, Occurrence, OccurrenceId
from knowledge.store.chunks import chunks
from knowledge.store.event_tables import AnnouncementRow, EventRow, OccurrenceRow
from knowledge.store.upserting import upsert

_PLAIN = TypeAdapter(Event)


class SqlEvents:
    """See `knowledge.ports.EventRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, event: Event) -> None:
        """Store, or replace what is stored under the same id."""
        upsert(self._session, EventRow, {"id": event.id, "data": _PLAIN.dump_python(event, mode="json")})

    def get(self, event: AnnouncementId) -> Event:
        """The event; raises NotFoundError."""
        found = self.have([event])
        if not found:
            message = f"There is no event {event}."
            raise NotFoundError(message)
        return found[event]

    def have(self, events: Collection[AnnouncementId]) -> Mapping[AnnouncementId, Event]:
        """Those of them that there are."""
        found = {}
        for chunk in chunks(sorted(set(events))):
            rows = select(EventRow.id, EventRow.data).where(EventRow.id.in_(chunk))
            for name, data in self._session.execute(rows):
                found[AnnouncementId(name)] = _PLAIN.validate_python(data)
        return found

    def put_occurrence(self, occurrence: Occurrence) -> None:
        """Store, or replace what is stored under the same id."""
        upsert(self._session, OccurrenceRow, asdict(occurrence) | {"slot": occurrence.slot.isoformat()})

    def occurrence(self, occurrence: OccurrenceId) -> Occurrence:
        """The occurrence; raises NotFoundError."""
        return self._one(occurrence, locked=False)

    def lock_occurrence(self, occurrence: OccurrenceId) -> Occurrence:
        """As `occurrence`, and nobody else changes it or its sign-ups before this transaction ends."""
        return self._one(occurrence, locked=True)

    def occurrences(self, event: AnnouncementId) -> Sequence[Occurrence]:
        """By start, cancelled ones too."""
        found = select(OccurrenceRow).where(OccurrenceRow.event == event)
        rows = found.order_by(OccurrenceRow.starts_at, OccurrenceRow.id).execution_options(populate_existing=True)
        return [_occurrence(row) for row in self._session.scalars(rows)]

    def occurrences_of(self, events: Collection[AnnouncementId]) -> Mapping[AnnouncementId, Sequence[Occurrence]]:
        """As `occurrences`, of many events at once; those without any are left out."""
        found: dict[AnnouncementId, list[Occurrence]] = defaultdict(list)
        order = OccurrenceRow.starts_at, OccurrenceRow.id
        for chunk in chunks(sorted(set(events))):
            # Columns alone: making objects of thousands of rows takes several times as long.
            rows = select(*OccurrenceRow.__table__.columns).where(OccurrenceRow.event.in_(chunk)).order_by(*order)
            for row in self._session.execute(rows):
                found[AnnouncementId(row.event)].append(_occurrence(row))
        return dict(found)

    def remove_occurrence(self, occurrence: OccurrenceId) -> None:
        """Erase it; the foreign keys take its sign-ups with it."""
        self._session.execute(delete(OccurrenceRow).where(OccurrenceRow.id == occurrence))

    def between(self, start: datetime, end: datetime) -> Sequence[Occurrence]:
        """Those of published events that start at or after `start` and before `end`, not cancelled, by start."""
        moment = OccurrenceRow.starts_at
        return self._held(moment, (moment >= start) & (moment < end))

    def ended(self, after: datetime, until: datetime) -> Sequence[Occurrence]:
        """Those of published events that ended after the one moment and by the other, not cancelled, by end."""
        moment = OccurrenceRow.ends_at
        return self._held(moment, (moment > after) & (moment <= until))

    def _held(self, order: InstrumentedAttribute[datetime], within: ColumnElement[bool]) -> Sequence[Occurrence]:
        found = (
            select(OccurrenceRow)
            .join(AnnouncementRow, AnnouncementRow.id == OccurrenceRow.event)
            .where(AnnouncementRow.state == AnnouncementState.PUBLISHED.value)
            .where(OccurrenceRow.is_cancelled.is_(False), within)
            .order_by(order, OccurrenceRow.id)
        )
        return [_occurrence(row) for row in self._session.scalars(found)]

    def _one(self, occurrence: OccurrenceId, *, locked: bool) -> Occurrence:
        found = select(OccurrenceRow).where(OccurrenceRow.id == occurrence)
        fresh = found.execution_options(populate_existing=True)
        row = self._session.scalars(fresh.with_for_update() if locked else fresh).one_or_none()
        if row is None:
            message = f"There is no occurrence {occurrence}."
            raise NotFoundError(message)
        return _occurrence(row)


def _occurrence(row: OccurrenceRow | Row[Any]) -> Occurrence:
    return Occurrence(
        OccurrenceId(row.id),
        AnnouncementId(row.event),
        datetime.fromisoformat(row.slot),
        row.starts_at,
        row.ends_at,
        row.place,
        row.meeting_link,
        row.is_cancelled,
        row.sequence,
        row.changed_at,
    )
