"""An event, two people, and whoever sends letters: what a test lets happen to reminders."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

from knowledge.events.reminder_times import Reader, quiet_time
from knowledge.events.reminders import Reminders
from knowledge.model import (
    AnnouncementId,
    AnnouncementKind,
    Attendance,
    Letter,
    MemberId,
    OccurrenceId,
)
from knowledge.store import Store
from tests.builders import announcement, event, occurrence, sign_up
from tests.fakes import SetClock

A1, O1 = AnnouncementId("a1"), OccurrenceId("o1")
PEOPLE = ("U1", "U2")
ZONES = {MemberId("T1:U1"): "", MemberId("T1:U2"): "America/New_York"}
STARTS = datetime(2026, 12, 9, 6, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Life:
    """An event, two people, and whoever sends letters."""

    def __init__(self, store: Store, starts: datetime = STARTS) -> None:
        self.store = store
        self.clock = SetClock(starts - timedelta(days=9))
        self.sent: list[tuple[Letter, datetime]] = []
        with store() as work:
            work.announcements.remove(A1)
            for user in PEOPLE:
                work.sign_ups.forget(MemberId(f"T1:{user}"))
            work.announcements.put(announcement(kind=AnnouncementKind.EVENT))
            work.events.put(event())
            work.events.put_occurrence(
                occurrence(
                    starts_at=starts, ends_at=starts + timedelta(hours=1), changed_at=starts - timedelta(days=30)
                )
            )
            work.commit()
        self.restart()

    def restart(self) -> None:
        """A process begins anew; it knows only what is stored."""
        self.reminders = Reminders(self.store, self.clock, ZONES.__getitem__)

    def say(self, user: str, attendance: Attendance) -> None:
        """Somebody says that they come, or not."""
        with self.store() as work:
            work.sign_ups.put(sign_up(user, attendance=attendance, since=self.clock()))
            work.commit()

    def change(self, by: timedelta = timedelta(), *, cancelled: bool = False) -> None:
        """The occurrence is moved or cancelled."""
        with self.store() as work:
            was = work.events.occurrence(O1)
            moved = {"starts_at": was.starts_at + by, "ends_at": was.ends_at + by, "is_cancelled": cancelled}
            work.events.put_occurrence(dataclasses.replace(was, **moved, changed_at=self.clock()))  # type: ignore[arg-type]
            work.commit()

    def send(self) -> None:
        """What the clerk does with letters that are due."""
        now = self.clock()
        with self.store() as work:
            for letter in work.letters.due(now, 100):
                found = self.reminders.standing(letter)
                if found is not None and found.not_before > now:
                    work.letters.put(dataclasses.replace(letter, due_at=found.not_before))
                    continue
                if found is not None:
                    self.sent.append((letter, now))
                    self.check(letter, now)
                work.letters.put(dataclasses.replace(letter, sent_at=now))
            work.commit()

    def check(self, letter: Letter, now: datetime) -> None:
        """What must hold of whatever is sent."""
        with self.store.reading() as work:
            held, said = work.events.occurrence(O1), work.sign_ups.find(O1, letter.to)
            wishes = work.letters.wishes(letter.to)
        assert not held.is_cancelled
        assert now < held.starts_at
        assert letter.details["starts_at"] == f"{held.starts_at:%Y%m%dT%H%M}"
        assert said is not None
        assert said.attendance in {Attendance.GOING, Attendance.MAYBE}
        night = quiet_time(now, Reader((), wishes, ZONES[letter.to] or "Europe/Helsinki"))
        assert night is None or night[1] >= held.starts_at

    def live(self, until: datetime, step: timedelta = MINUTE) -> None:
        """Let time pass, with the chore done and letters sent at every step."""
        while self.clock.now < until:
            self.clock.now += step
            self.reminders.write_reminders()
            self.send()

    def told(self) -> list[tuple[str, str, str]]:
        """Whom of what, and when."""
        return [(letter.to, letter.details["minutes"], f"{at:%d.%m. %H:%M}") for letter, at in self.sent]
