"""An announcement as people see it: its texts, what comes next of it, and how many come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.events.schedule import closes_at
from knowledge.model import (
    HOLDS_A_SEAT,
    NEVER,
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Event,
    Occurrence,
)
from knowledge.ports import UnitOfWork

MOST_DATES = 6
"""How many coming dates of a series are told."""


@dataclass(frozen=True, slots=True)
class Held:
    """One occurrence, when sign-up for it closes, and how many said what."""

    occurrence: Occurrence
    closes_at: datetime
    counts: Mapping[Attendance, int]
    capacity: int

    @property
    def taken(self) -> int:
        """Seats that somebody has, or is being offered."""
        return sum(self.counts.get(each, 0) for each in HOLDS_A_SEAT)

    @property
    def is_full(self) -> bool:
        """Whether whoever comes now waits."""
        return 0 < self.capacity <= self.taken

    def is_open(self, now: datetime) -> bool:
        """Whether one can still sign up."""
        return not self.occurrence.is_cancelled and now < min(self.closes_at, self.occurrence.starts_at)


@dataclass(frozen=True, slots=True)
class Gathering:
    """The event of a scene: what comes next, soonest first, and what was last, which is all where nothing comes.

    `called_off` are those that would have come, had they not been cancelled alone.
    """

    event: Event
    coming: tuple[Held, ...]
    last: Held
    called_off: tuple[Held, ...] = ()

    @property
    def shown(self) -> Held:
        """The one that people sign up for now: the next, or the last where there is none."""
        return self.coming[0] if self.coming else self.last


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a card shows. `gatherings` holds the event of an announcement that has one, else nothing."""

    announcement: Announcement
    now: datetime
    gatherings: tuple[Gathering, ...] = field(default=())

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to come for, or the deadline has passed."""
        if self.gatherings:
            return not self.gatherings[0].coming
        return self.announcement.deadline != NEVER and self.announcement.deadline <= self.now


def scene_of(work: UnitOfWork, announcement: Announcement, now: datetime) -> Scene:
    """The scene as it is now; raises NotFoundError for an announced event that is not there."""
    if announcement.kind is not AnnouncementKind.EVENT:
        return Scene(announcement, now)
    event = work.events.get(announcement.id)
    occurrences = work.events.occurrences(event.id)
    counts = work.sign_ups.counts([each.id for each in occurrences])
    held = [held_of(event, each, counts.get(each.id, {})) for each in occurrences]
    coming = [each for each in held if each.occurrence.ends_at > now]
    is_held = tuple(each for each in coming if not each.occurrence.is_cancelled)
    called_off = tuple(each for each in coming if each.occurrence.is_cancelled)
    past = [each for each in held if each.occurrence.ends_at <= now and not each.occurrence.is_cancelled]
    is_off = announcement.state is AnnouncementState.CANCELLED or not past
    # Of what does not take place the soonest is told: nobody looks for the end of a series.
    last = called_off[0] if called_off and is_off else (past or held)[-1]
    return Scene(announcement, now, (Gathering(event, is_held, last, called_off),))


def held_of(event: Event, occurrence: Occurrence, counts: Mapping[Attendance, int]) -> Held:
    """An occurrence with how many said what."""
    return Held(occurrence, closes_at(event, occurrence), counts, event.capacity)
