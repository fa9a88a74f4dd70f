"""An event that people sign up for, in a database of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from knowledge.events.admission import Said, Visitor
from knowledge.events.sign_ups import SignUps
from knowledge.model import (
    AnnouncementId,
    AnnouncementKind,
    Attendance,
    Audience,
    Letter,
    LetterKind,
    MemberId,
    OccurrenceId,
    SignUp,
)
from knowledge.ports import UnitOfWorkFactory
from tests.builders import announcement, event, occurrence
from tests.fakes import NOON, SetClock

A1, O1 = AnnouncementId("a1"), OccurrenceId("o1")
STARTS = occurrence().starts_at
DAY = timedelta(days=1)


def visitor(user: str, audience: Audience = Audience.MEMBERS) -> Visitor:
    """A member, unless something else is said."""
    return Visitor(MemberId(f"T1:{user}"), audience)


class Evening:
    """One event with two seats, which can be had otherwise, nine months away."""

    def __init__(self, store: UnitOfWorkFactory, **changes: object) -> None:
        self.store = store
        self.clock = SetClock(NOON)
        self.sign_ups = SignUps(store, self.clock)
        with store() as work:
            work.announcements.put(announcement(kind=AnnouncementKind.EVENT))
            work.events.put(event(**changes))
            work.events.put_occurrence(occurrence())
            work.commit()

    def at(self, moment: datetime) -> None:
        """It is this moment now."""
        self.clock.now = moment

    def say(self, user: str, reply: Attendance = Attendance.GOING, answer: str | None = None) -> Said:
        """A member says it."""
        return self.sign_ups.say(O1, visitor(user), reply, answer)

    def all(self) -> Sequence[SignUp]:
        """What everybody said, by number."""
        with self.store.reading() as work:
            return work.sign_ups.of(O1)

    def who(self, attendance: Attendance) -> list[str]:
        """Whose word it is, by number."""
        return [each.person.removeprefix("T1:") for each in self.all() if each.attendance is attendance]

    def letters(self, user: str) -> Sequence[Letter]:
        """What somebody is told."""
        with self.store.reading() as work:
            return work.letters.of(MemberId(f"T1:{user}"))

    def told(self, user: str) -> list[LetterKind]:
        """Of which kinds that is."""
        return [each.kind for each in self.letters(user)]

    def revision(self) -> int:
        """How often what the card shows has changed."""
        with self.store.reading() as work:
            return work.announcements.get(A1).revision
