"""What coordinators do with what is out beside editing it: cancel all of it, move or cancel one occurrence."""

from __future__ import annotations

from datetime import timedelta

from knowledge.events.changing import call_off, locked
from knowledge.events.changing_one import Move, cancel_one, move
from knowledge.events.keeping import lock_in
from knowledge.events.pending import ask_again, drop_change, keep_in_step
from knowledge.events.seats import OFFER
from knowledge.events.states import TooLateError
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
        """Cancel the whole of it, and the change of it that is not out yet.

        Raises TooLateError where it is not out, or an event of which nothing is still to come.
        """
        admit_staff(self._roles, by)
        with self._uow() as work:
            before = lock_in(work, name, {AnnouncementState.PUBLISHED})
            self._refuse_held(work, name)
            cancelled = call_off(work, before, by, self._clock())
            drop_change(work, name)
            self._note(work, Act.CANCEL, name, by)
            work.commit()
        return cancelled

    def move(self, name: OccurrenceId, to: Move, by: MemberId) -> Occurrence:
        """Hold one at another time or place; raises BadDraftError, and TooLateError where it has begun or was changed.

        A change of the event that waits holds it then and there too; one of a series' times is approved anew.
        """
        admit_staff(self._roles, by)
        now = self._clock()
        with self._uow() as work:
            before = work.events.get(locked(work, work.events.occurrence(name).event).id)
            was = work.events.occurrence(name)
            moved = move(work, name, to, now, self._offer)
            keep_in_step(work, before, self._roles, now)
            if (was.starts_at, was.ends_at) != (moved.starts_at, moved.ends_at):
                ask_again(work, before.id, self._roles, now)
            self._note(work, Act.MOVE, name, by)
            work.commit()
        return moved

    def cancel_one(self, name: OccurrenceId, by: MemberId) -> None:
        """Not hold one, and where that is all of it, not change it either; raises TooLateError where it has begun.

        A change of a series' times that waits is approved anew.
        """
        admit_staff(self._roles, by)
        now = self._clock()
        with self._uow() as work:
            cancel_one(work, name, by, now)
            whole = work.announcements.get(work.events.occurrence(name).event)
            if whole.state is AnnouncementState.CANCELLED:
                drop_change(work, whole.id)
            else:
                ask_again(work, whole.id, self._roles, now)
            self._note(work, Act.CANCEL, name, by)
            work.commit()

    def _refuse_held(self, work: UnitOfWork, name: AnnouncementId) -> None:
        now, occurrences = self._clock(), work.events.occurrences(name)
        if occurrences and all(each.ends_at <= now for each in occurrences):
            message = "It was held already; only what is still to come can be cancelled."
            raise TooLateError(message)

    def _note(self, work: UnitOfWork, act: Act, subject: str, by: MemberId) -> None:
        work.audit.add(AuditEntry(self._clock(), by, act, subject))
