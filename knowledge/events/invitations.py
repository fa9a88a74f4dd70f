"""Calendar files for one person: an occurrence of an event that they may see, and the whole series where it is one.

What is not held is taken out of calendars, also for whoever signed up and may no longer see the event.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from knowledge.events.admission import Visitor
from knowledge.events.calendar_series import Entry
from knowledge.events.calendars import invitation, invitation_to_one, withdrawal
from knowledge.events.schedule import wall_clock
from knowledge.model import Attendance, Language, Occurrence, OccurrenceId
from knowledge.ports import Clock, UnitOfWorkFactory

MOST_DATES = 9
"""How many dates come as files of their own: with the whole series, the ten that a message in Slack takes by hand."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A file to be opened. `day` is the local day of the occurrence that it is about, empty for a whole series."""

    content: bytes
    day: str


@dataclass(frozen=True, slots=True)
class CalendarFiles:
    """What somebody gets who asks for an occurrence.

    `is_held` tells whether it takes place, `is_all_off` that nothing of its event does. The whole of a series is last.
    """

    title: str
    files: tuple[CalendarFile, ...]
    is_held: bool
    is_all_off: bool = False


class Invitations:
    """Makes calendar files."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def files(self, occurrence: OccurrenceId, visitor: Visitor, language: Language) -> CalendarFiles | None:
        """The files for an occurrence, or nothing where its event is not out or not for them.

        Raises NotFoundError where there is no such occurrence.
        """
        with self._uow.reading() as work:
            found = work.events.occurrence(occurrence)
            announcement = work.announcements.get(found.event)
            entry = Entry(announcement, work.events.get(found.event), tuple(work.events.occurrences(found.event)))
            signed_up = work.sign_ups.by(visitor.person)
        own = {each.occurrence for each in signed_up if each.attendance is not Attendance.NOT_GOING}
        is_held = found in entry.held
        is_for_them = announcement.audience in visitor.audience.readable or (not is_held and found.id in own)
        if not announcement.is_out or not is_for_them:
            return None
        made = self._putting_in(entry, found, language) if is_held else self._taking_out(entry, found, own, language)
        return CalendarFiles(announcement.wording(language).title, made, is_held, entry.is_cancelled)

    def _putting_in(self, entry: Entry, found: Occurrence, language: Language) -> tuple[CalendarFile, ...]:
        now = self._clock()
        if not entry.is_series:
            return (CalendarFile(invitation(entry, language, now), _day(entry, found)),)
        one = CalendarFile(invitation_to_one(entry, found, language, now), _day(entry, found))
        return one, CalendarFile(invitation(entry, language, now), "")

    def _taking_out(
        self, entry: Entry, found: Occurrence, own: Collection[OccurrenceId], language: Language
    ) -> tuple[CalendarFile, ...]:
        now = self._clock()
        whole = withdrawal(entry, found, language, now)
        if not entry.is_series:
            return (CalendarFile(whole, _day(entry, found)),)
        # Nobody knows which of them is in somebody's calendar, and only the same name takes out what is. A file has one
        # name alone: of several, some programs open the first.
        further = [each for each in entry.occurrences if each.id in own and each.ends_at > now and each != found]
        dates = [found, *further[: MOST_DATES - 1]] if entry.is_cancelled else [found]
        ones = [CalendarFile(invitation_to_one(entry, each, language, now), _day(entry, each)) for each in dates]
        return *ones, CalendarFile(whole, "")


def _day(entry: Entry, occurrence: Occurrence) -> str:
    return f"{wall_clock(occurrence.starts_at, entry.event.zone):%Y-%m-%d}"
