"""What letters about an occurrence are written from: it, its event and its announcement, as they are now."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.events.scenes import Held, held_of
from knowledge.model import Announcement, AnnouncementState, Event, Occurrence, OccurrenceId
from knowledge.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Happening:
    """An occurrence with all that belongs to it."""

    announcement: Announcement
    event: Event
    held: Held

    @property
    def occurrence(self) -> Occurrence:
        """The occurrence alone."""
        return self.held.occurrence

    @property
    def is_called_off(self) -> bool:
        """Whether it is not held."""
        return self.announcement.state is AnnouncementState.CANCELLED or self.occurrence.is_cancelled


def happening_of(work: UnitOfWork, name: OccurrenceId) -> Happening:
    """What is true of an occurrence now; raises NotFoundError where it is gone."""
    occurrence = work.events.occurrence(name)
    event = work.events.get(occurrence.event)
    counts = work.sign_ups.counts([name]).get(name, {})
    return Happening(work.announcements.get(event.id), event, held_of(event, occurrence, counts))
