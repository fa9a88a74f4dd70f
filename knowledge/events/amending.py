"""What coordinators do with what is out beside editing it: cancel all of it, move or cancel one occurrence."""

from __future__ import annotations

from datetime import timedelta

from knowledge.events.changing import call_off
from knowledge.events.changing_one import Move, cancel_one, move
from knowledge.events.keeping import BEFORE_OUT, lock_in
from knowledge.events.publishing import revision_of
from knowledge.events.seats import OFFER
from knowledge.model import (
    Act,
    Announcement,
    AnnouncementId,
    AnnouncementState,
    AuditEntry,
    MemberId,
    Occurrence,
    OccurrenceId,
)
from knowledge.ports import Clock, Roles, UnitOfWork, UnitOfWorkFactory
from knowledge.roles import admit_staff


class Amending:
    """Goes out at once: whoever has signed up must hear of it. Only staff may; NotAllowedError for others.

    `offer` is how long a free seat is kept for whoever waits, at most.
    """

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, roles: Roles, offer: timedelta = OFFER) -> None:
        self._uow = uow
        self._clock = clock
        self._roles = roles
        self._offer = offer

    def cancel(self, name: AnnouncementId, by: MemberId) -> Announcement:
        """Cancel the whole of it, and the change of it that waits; raises TooLateError where it is not out."""
        admit_staff(self._roles, by)
        with self._uow() as work:
            before = lock_in(work, name, {AnnouncementState.PUBLISHED})
            cancelled = call_off(work, before, by, self._clock())
            waiting = {each.id for each in work.announcements.within(BEFORE_OUT)} & {revision_of(name)}
            for revision in waiting:
                work.announcements.remove(revision)
            self._note(work, Act.CANCEL, name, by)
            work.commit()
        return cancelled

    def move(self, name: OccurrenceId, to: Move, by: MemberId) -> Occurrence:
        """Hold one at another time or place; raises BadDraftError, TooLateError where it has begun."""
        admit_staff(self._roles, by)
        with self._uow() as work:
            moved = move(work, name, to, self._clock(), self._offer)
            self._note(work, Act.MOVE, name, by)
            work.commit()
        return moved

    def cancel_one(self, name: OccurrenceId, by: MemberId) -> None:
        """Not hold one; raises TooLateError where it has begun."""
        admit_staff(self._roles, by)
        with self._uow() as work:
            cancel_one(work, name, by, self._clock())
            self._note(work, Act.CANCEL, name, by)
            work.commit()

    def _note(self, work: UnitOfWork, act: Act, subject: str, by: MemberId) -> None:
        work.audit.add(AuditEntry(self._clock(), by, act, subject))
