"""Reminders: written down when due, each once; whether one is still true is asked again when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from knowledge.events.reminder_times import Due, Reader, latest_due, not_before
from knowledge.model import (
    Announcement,
    AnnouncementState,
    Attendance,
    Event,
    Letter,
    LetterKind,
    MemberId,
    Occurrence,
    OccurrenceId,
    ReminderWishes,
    SignUp,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

HORIZON = timedelta(days=62)
"""How long before its start people are reminded of an event at most."""
LONGEST_QUIET = timedelta(hours=25)
"""A day on which clocks are set back."""
REMINDED = frozenset({Attendance.GOING, Attendance.MAYBE})
MINUTES, STARTS_AT = "minutes", "starts_at"
"""What a letter's details hold: how long before, and the start that it was about."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who comes, or may come, to an occurrence."""

    announcement: Announcement
    event: Event
    occurrence: Occurrence
    sign_up: SignUp
    wishes: ReminderWishes

    @property
    def since(self) -> datetime:
        """When they last heard of its time: they signed up, or were told of another."""
        return max(self.sign_up.since, self.occurrence.changed_at)

    def reader(self, zone: str) -> Reader:
        """How they want to be reminded; by the event's clock where theirs is not known."""
        minutes = self.wishes.minutes if self.wishes.is_own else self.event.reminders
        return Reader(minutes, self.wishes, zone or self.event.zone)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter that is still true: about what, by whose clock, and when it may be sent."""

    coming: Coming
    zone: str
    not_before: datetime


class Reminders:
    """Writes reminders, and says whether one still holds. `zone_of` is somebody's own zone, empty where not known."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, zone_of: Callable[[MemberId], str]) -> None:
        self._uow = uow
        self._clock = clock
        self._zone_of = zone_of
        self._written: frozenset[str] = frozenset()

    def write_reminders(self) -> None:
        """Write down what is due by now. What was written stays so, whatever was killed or asked for twice."""
        now = self._clock()
        with self._uow.reading() as work:
            coming = list(_coming(work, now))
        letters = [letter for each in coming for letter in self._due(each, now)]
        fresh = [letter for letter in letters if letter.id not in self._written]
        if fresh:
            with self._uow() as work:
                for letter in fresh:
                    work.letters.add(letter)
                work.commit()
        self._written = frozenset(letter.id for letter in letters)

    def standing(self, letter: Letter) -> Reminder | None:
        """What a reminder is about, as it is now; none where it is not true any more, or a later one says the same.

        Raises NotFoundError where the occurrence is gone.
        """
        now = self._clock()
        with self._uow.reading() as work:
            coming = _standing(work, OccurrenceId(letter.subject), letter.to)
        if coming is None or f"{coming.occurrence.starts_at:%Y%m%dT%H%M}" != letter.details[STARTS_AT]:
            return None
        zone = self._zone_of(letter.to)
        reader, minutes = coming.reader(zone), int(letter.details[MINUTES])
        # Whether it was due when it was written is settled; by now the next one may be.
        later = latest_due(coming.occurrence, reader, datetime.min.replace(tzinfo=UTC), now)
        is_over = coming.occurrence.starts_at <= now or (later is not None and later.minutes < minutes)
        if is_over or minutes not in reader.minutes:
            return None
        return Reminder(coming, reader.zone, not_before(coming.occurrence, reader, now))

    def wishes(self, person: MemberId) -> ReminderWishes:
        """When somebody wants to be reminded."""
        with self._uow.reading() as work:
            return work.letters.wishes(person)

    def wish(self, wishes: ReminderWishes) -> None:
        """Keep when somebody wants to be reminded."""
        with self._uow() as work:
            work.letters.put_wishes(wishes)
            work.commit()

    def _due(self, coming: Coming, now: datetime) -> Iterator[Letter]:
        if not _may_be_due(coming, now):
            return
        due = latest_due(coming.occurrence, coming.reader(self._zone_of(coming.sign_up.person)), coming.since, now)
        if due is not None:
            yield _letter(coming, due)


def _may_be_due(coming: Coming, now: datetime) -> bool:
    """Whether anything can be due, whatever the zone: it saves asking for that of everybody who ever signs up."""
    furthest = max(coming.reader("").minutes, default=None)
    return furthest is not None and coming.occurrence.starts_at - timedelta(minutes=furthest) <= now + LONGEST_QUIET


def _letter(coming: Coming, due: Due) -> Letter:
    occurrence, person = coming.occurrence, coming.sign_up.person
    starts_at = f"{occurrence.starts_at:%Y%m%dT%H%M}"
    return Letter(
        f"reminder:{occurrence.id}:{starts_at}:{due.minutes}:{person}",
        person,
        LetterKind.REMINDER,
        occurrence.id,
        {MINUTES: str(due.minutes), STARTS_AT: starts_at},
        due.send_at,
    )


def _coming(work: UnitOfWork, now: datetime) -> Iterator[Coming]:
    occurrences = work.events.between(now, now + HORIZON)
    events = work.events.have({each.event for each in occurrences})
    announcements = {name: work.announcements.get(name) for name in events}
    for occurrence in occurrences:
        coming = [each for each in work.sign_ups.of(occurrence.id) if each.attendance in REMINDED]
        wishes = work.letters.wishes_of([each.person for each in coming])
        for each in coming:
            event = occurrence.event
            yield Coming(announcements[event], events[event], occurrence, each, wishes[each.person])


def _standing(work: UnitOfWork, name: OccurrenceId, person: MemberId) -> Coming | None:
    occurrence, sign_up = work.events.occurrence(name), work.sign_ups.find(name, person)
    announcement = work.announcements.get(occurrence.event)
    is_held = announcement.state is AnnouncementState.PUBLISHED and not occurrence.is_cancelled
    if sign_up is None or sign_up.attendance not in REMINDED or not is_held:
        return None
    return Coming(announcement, work.events.get(occurrence.event), occurrence, sign_up, work.letters.wishes(person))
