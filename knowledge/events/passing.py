"""What time alone changes on a card: a deadline passes, an event starts or ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from knowledge.events.schedule import closes_at
from knowledge.model import NEVER, Announcement, AnnouncementId, AnnouncementKind, AnnouncementState
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory


class Passing:
    """Has cards drawn anew whose moment has come since they were drawn."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock
        self._settled: dict[AnnouncementId, int] = {}
        """Those for which no moment is left, as of which revision: most of all there are."""

    def have_drawn(self) -> Sequence[AnnouncementId]:
        """Touch every published announcement whose card is outdated by now; returns which they are."""
        now = self._clock()
        with self._uow.reading() as work:
            published = work.announcements.within({AnnouncementState.PUBLISHED})
            left = [each for each in published if self._settled.get(each.id) != each.revision]
            outdated = [each.id for each in left if self._is_outdated(work, each, now)]
        if outdated:
            with self._uow() as work:
                for each in outdated:
                    work.announcements.touch(each)
                work.commit()
        return outdated

    def _is_outdated(self, work: UnitOfWork, announcement: Announcement, now: datetime) -> bool:
        copies = work.announcements.copies(announcement.id)
        # What lags behind is drawn anyway.
        drawn = [copy.begun_at for copy in copies if copy.ts and copy.revision == announcement.revision]
        moments = list(_moments(work, announcement))
        if drawn and all(moment <= min(drawn) for moment in moments):
            self._settled[announcement.id] = announcement.revision
        return bool(drawn) and any(min(drawn) < moment <= now for moment in moments)


def _moments(work: UnitOfWork, announcement: Announcement) -> Iterator[datetime]:
    if announcement.kind is not AnnouncementKind.EVENT:
        yield from (moment for moment in (announcement.deadline,) if moment != NEVER)
        return
    event = work.events.get(announcement.id)
    for each in work.events.occurrences(event.id):
        yield from (closes_at(event, each), each.starts_at, each.ends_at)
