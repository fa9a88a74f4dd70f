"""What a question about events is answered with."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from knowledge.events.scenes import Held
from knowledge.model import Announcement, Attendance, Event


class Told(enum.StrEnum):
    """What the dates and notices of a programme are.

    NOT_ASKED where the question is for the documents. NONE_COMING is the honest answer where nothing fits: what it
    holds then comes anyway. LAST is over, and what comes next is not known. OWN_ELSEWHERE is told in private only.
    """

    NOT_ASKED = "not_asked"
    NEXT = "next"
    COMING = "coming"
    DEADLINE = "deadline"
    LAST = "last"
    CANCELLED = "cancelled"
    NONE_COMING = "none_coming"
    OWN = "own"
    OWN_NONE = "own_none"
    OWN_ELSEWHERE = "own_elsewhere"


@dataclass(frozen=True, slots=True)
class Dated:
    """One time that an event is held, of a published announcement; `own` is what the viewer said, if anything."""

    announcement: Announcement
    event: Event
    held: Held
    own: frozenset[Attendance] = frozenset()


@dataclass(frozen=True, slots=True)
class Programme:
    """Dates, soonest first, and announcements that are no events; `more` counts what was left out.

    Without `is_sure` it goes below what the documents answer, if they do.
    """

    told: Told
    dates: tuple[Dated, ...] = ()
    notices: tuple[Announcement, ...] = ()
    more: int = 0
    is_sure: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether it is nothing to answer with."""
        return self.told is Told.NOT_ASKED


NO_PROGRAMME = Programme(Told.NOT_ASKED)
