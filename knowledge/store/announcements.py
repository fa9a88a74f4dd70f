"""Announcements in SQL: their texts, their copies in channels, and what channels ask."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import (
    Announcement,
    AnnouncementId,
    AnnouncementState,
    ChannelId,
    ChannelRule,
    Copy,
    Language,
)
from knowledge.store.event_tables import AnnouncementRow, ChannelRuleRow, CopyRow
from knowledge.store.upserting import upsert

_PLAIN = TypeAdapter(Announcement)
_OUT = (AnnouncementState.PUBLISHED.value, AnnouncementState.CANCELLED.value)


class SqlAnnouncements:
    """See `knowledge.ports.AnnouncementRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, announcement: Announcement) -> None:
        """Store, or replace what is stored under the same id; what is shown of it is left as it is."""
        values = {
            "id": announcement.id,
            "state": announcement.state.value,
            "made_at": announcement.made_at,
            "revision": announcement.revision,
            "data": _PLAIN.dump_python(announcement, mode="json"),
        }
        replaced = update(AnnouncementRow).where(AnnouncementRow.id == announcement.id).values(values)
        if self._session.execute(replaced.returning(AnnouncementRow.id)).first() is None:
            self._session.execute(AnnouncementRow.__table__.insert().values(values | {"shown_revision": 0}))  # type: ignore[attr-defined]

    def get(self, announcement: AnnouncementId) -> Announcement:
        """The announcement; raises NotFoundError."""
        return self._one(announcement, locked=False)

    def lock(self, announcement: AnnouncementId) -> Announcement:
        """As `get`, and nobody else changes it before this transaction ends."""
        return self._one(announcement, locked=True)

    def remove(self, announcement: AnnouncementId) -> None:
        """Erase it; the foreign keys take its event, sign-ups and copies with it."""
        self._session.execute(delete(AnnouncementRow).where(AnnouncementRow.id == announcement))

    def touch(self, announcement: AnnouncementId) -> None:
        """Raise its revision."""
        found = update(AnnouncementRow).where(AnnouncementRow.id == announcement)
        self._session.execute(found.values(revision=AnnouncementRow.revision + 1))

    def within(self, states: Collection[AnnouncementState]) -> Sequence[Announcement]:
        """Those in any of these states, the newest first."""
        found = select(AnnouncementRow).where(AnnouncementRow.state.in_([state.value for state in states]))
        ordered = found.order_by(AnnouncementRow.made_at.desc(), AnnouncementRow.id)
        return [_announcement(row) for row in self._session.scalars(ordered)]

    def unshown(self) -> Sequence[AnnouncementId]:
        """Those that are out and whose copies have not all been brought to their revision, the oldest first."""
        is_behind = AnnouncementRow.shown_revision < AnnouncementRow.revision
        found = select(AnnouncementRow.id).where(AnnouncementRow.state.in_(_OUT), is_behind)
        return [AnnouncementId(each) for each in self._session.scalars(found.order_by(AnnouncementRow.made_at))]

    def mark_shown(self, announcement: AnnouncementId, revision: int) -> None:
        """Keep in mind that every copy shows this revision."""
        found = update(AnnouncementRow).where(AnnouncementRow.id == announcement)
        self._session.execute(found.values(shown_revision=revision))

    def put_copy(self, copy: Copy) -> None:
        """Store, or replace the copy in the same channel."""
        upsert(self._session, CopyRow, asdict(copy))

    def copies(self, announcement: AnnouncementId) -> Sequence[Copy]:
        """By channel."""
        rows = select(CopyRow).where(CopyRow.announcement == announcement).order_by(CopyRow.channel)
        return [
            Copy(AnnouncementId(row.announcement), ChannelId(row.channel), row.ts, row.revision, row.begun_at)
            for row in self._session.scalars(rows.execution_options(populate_existing=True))
        ]

    def remove_copy(self, announcement: AnnouncementId, channel: ChannelId) -> None:
        """Forget that it stands there."""
        self._session.execute(delete(CopyRow).where(CopyRow.announcement == announcement, CopyRow.channel == channel))

    def put_rule(self, rule: ChannelRule) -> None:
        """Store, or replace the channel's rule."""
        upsert(self._session, ChannelRuleRow, asdict(rule) | {"language": rule.language.value})

    def rules(self) -> Sequence[ChannelRule]:
        """Every rule that has been set."""
        rows = self._session.scalars(select(ChannelRuleRow).order_by(ChannelRuleRow.channel))
        return [ChannelRule(ChannelId(row.channel), row.needs_approval, Language(row.language)) for row in rows]

    def _one(self, announcement: AnnouncementId, *, locked: bool) -> Announcement:
        found = select(AnnouncementRow).where(AnnouncementRow.id == announcement)
        fresh = found.execution_options(populate_existing=True)
        row = self._session.scalars(fresh.with_for_update() if locked else fresh).one_or_none()
        if row is None:
            message = f"There is no announcement {announcement}."
            raise NotFoundError(message)
        return _announcement(row)


def _announcement(row: AnnouncementRow) -> Announcement:
    return replace(_PLAIN.validate_python(row.data), revision=row.revision)
