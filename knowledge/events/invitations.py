"""Calendar files for one person: an occurrence of an event that they may see, and the whole series where it is one."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.events.calendar_series import Entry
from knowledge.events.calendars import invitation, invitation_to_one
from knowledge.events.schedule import wall_clock
from knowledge.model import Audience, Language, Occurrence, OccurrenceId
from knowledge.ports import Clock, UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A file to be opened. `day` is the local day of the occurrence that it is about, empty for a whole series."""

    content: bytes
    day: str


@dataclass(frozen=True, slots=True)
class CalendarFiles:
    """What somebody gets who wants an occurrence in their calendar; `is_held` tells whether it takes place."""

    title: str
    files: tuple[CalendarFile, ...]
    is_held: bool


class Invitations:
    """Makes calendar files."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def files(self, occurrence: OccurrenceId, audience: Audience, language: Language) -> CalendarFiles | None:
        """The files for an occurrence, or nothing where its event is not out or this audience may not see it.

        Raises NotFoundError where there is no such occurrence.
        """
        with self._uow.reading() as work:
            found = work.events.occurrence(occurrence)
            announcement = work.announcements.get(found.event)
            entry = Entry(announcement, work.events.get(found.event), tuple(work.events.occurrences(found.event)))
        if not announcement.is_out or announcement.audience not in audience.readable:
            return None
        is_held = found in entry.held
        return CalendarFiles(announcement.wording(language).title, self._made(entry, found, language), is_held)

    def _made(self, entry: Entry, found: Occurrence, language: Language) -> tuple[CalendarFile, ...]:
        now = self._clock()
        day = f"{wall_clock(found.starts_at, entry.event.zone):%Y-%m-%d}"
        whole = CalendarFile(invitation(entry, language, now), "" if entry.is_series else day)
        if not entry.is_series:
            return (whole,)
        # Nobody knows which of the two is in somebody's calendar, and only the same one changes or takes out what is.
        return CalendarFile(invitation_to_one(entry, found, language, now), day), whole
