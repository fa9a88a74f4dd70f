"""What coordinators do with what is out beside editing it: cancel all of it, move or cancel one occurrence."""

from __future__ import annotations

from knowledge.events.changing import call_off
from knowledge.events.changing_one import Move, cancel_one, move
from knowledge.events.keeping import BEFORE_OUT, lock_in
from knowledge.events.publishing import revision_of
from knowledge.members.profiles import NotAllowedError
from knowledge.model import Announcement, AnnouncementId, AnnouncementState, MemberId, Occurrence, OccurrenceId
from knowledge.ports import Clock, UnitOfWorkFactory


class Amending:
    """Goes out at once: whoever has signed up must hear of it. Only `staff` may; NotAllowedError for others."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, staff: frozenset[MemberId]) -> None:
        self._uow = uow
        self._clock = clock
        self._staff = staff

    def cancel(self, name: AnnouncementId, by: MemberId) -> Announcement:
        """Cancel the whole of it, and the change of it that waits; raises TooLateError where it is not out."""
        self._admit(by)
        with self._uow() as work:
            before = lock_in(work, name, {AnnouncementState.PUBLISHED})
            cancelled = call_off(work, before, by, self._clock())
            waiting = {each.id for each in work.announcements.within(BEFORE_OUT)} & {revision_of(name)}
            for revision in waiting:
                work.announcements.remove(revision)
            work.commit()
        return cancelled

    def move(self, name: OccurrenceId, to: Move, by: MemberId) -> Occurrence:
        """Hold one at another time or place; raises BadDraftError, TooLateError where it has begun."""
        self._admit(by)
        with self._uow() as work:
            moved = move(work, name, to, self._clock())
            work.commit()
        return moved

    def cancel_one(self, name: OccurrenceId, by: MemberId) -> None:
        """Not hold one; raises TooLateError where it has begun."""
        self._admit(by)
        with self._uow() as work:
            cancel_one(work, name, by, self._clock())
            work.commit()

    def _admit(self, person: MemberId) -> None:
        if person not in self._staff:
            message = "Only coordinators and admins change what is announced."
            raise NotAllowedError(message)
