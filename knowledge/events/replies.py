"""What is told of announcements that a question is about: the next, all that comes, a deadline, or what was last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from knowledge.events.asking import Asked, Asks
from knowledge.events.frames import CALL
from knowledge.events.programme import NO_PROGRAMME, Dated, Programme, Told
from knowledge.events.scenes import Scene, scene_of
from knowledge.model import NEVER, Announcement, AnnouncementState
from knowledge.ports import UnitOfWork

MOST_LISTED = 5
MOST_NAMED = 3
"""Events that are shown where a question names several."""


class Telling:
    """Turns announcements that a question is about into what it is answered with."""

    def __init__(self, work: UnitOfWork, asked: Asked, now: datetime) -> None:
        self._work = work
        self._asked = asked
        self._now = now

    def tell(self, named: Sequence[Announcement], events: Sequence[Announcement]) -> Programme:
        """What is asked of those that are named; where none is, but something is meant, that none comes."""
        asked = self._asked
        if not asked.named and not asked.nouns:
            return NO_PROGRAMME
        scenes = [scene_of(self._work, each, self._now) for each in named]
        held = [each for each in scenes if each.gatherings]
        if asked.asks is Asks.DEADLINE or (scenes and not held):
            return self._deadlines(scenes, held)
        if asked.asks is Asks.LAST:
            return _over([each for each in held if each.gatherings[0].last.occurrence.ends_at <= self._now])
        return self._next(held) or self._nothing(events)

    def gather(self, about: Sequence[Announcement], events: Sequence[Announcement]) -> Programme:
        """All that comes of these, or that nothing does."""
        asked = self._asked
        scenes = [scene_of(self._work, each, self._now) for each in about]
        dates = sorted((dated for each in scenes for dated in self._coming(each)[:1]), key=start_of)
        notices = [each.announcement for each in scenes if self._is_open(each)] if CALL in asked.nouns else []
        if not dates and not notices:
            return self._nothing(events) if asked.is_about_coming else NO_PROGRAMME
        more = max(0, len(dates) - MOST_LISTED)
        return Programme(Told.COMING, tuple(dates[:MOST_LISTED]), tuple(notices[:MOST_LISTED]), more)

    def _next(self, held: Sequence[Scene]) -> Programme | None:
        inside = [dated for each in held for dated in self._coming(each)[:1]]
        coming = inside or [dated for each in held for dated in self._coming(each, anytime=True)[:1]]
        if coming:
            most = 1 if self._asked.asks is Asks.NEXT else MOST_NAMED
            return Programme(Told.NEXT, tuple(sorted(coming, key=start_of)[:most]))
        if not (held and self._asked.named):
            return NO_PROGRAMME if self._asked.named else None
        return _over([each for each in held if self._asked.span.holds(each.gatherings[0].last.occurrence.starts_at)])

    def _nothing(self, events: Sequence[Announcement]) -> Programme:
        """That nothing fits, and what comes next anyway."""
        if not (self._asked.nouns and (self._asked.is_about_coming or self._asked.asks is Asks.COMING)):
            return NO_PROGRAMME
        if CALL in self._asked.nouns:
            return Programme(Told.NONE_COMING)
        scenes = [scene_of(self._work, each, self._now) for each in events]
        dates = sorted((dated for each in scenes for dated in self._coming(each, anytime=True)[:1]), key=start_of)
        return Programme(Told.NONE_COMING, tuple(dates[:MOST_NAMED]))

    def _deadlines(self, scenes: Sequence[Scene], held: Sequence[Scene]) -> Programme:
        notices = [each for each in scenes if not each.gatherings and each.announcement.deadline != NEVER]
        opened = sorted((each.announcement for each in notices if self._is_open(each)), key=_deadline)
        dates = sorted((dated for each in held for dated in self._coming(each)[:1]), key=start_of)
        if opened or dates:
            return Programme(Told.DEADLINE, tuple(dates[:1]), tuple(opened[:MOST_NAMED]))
        if not self._asked.named:
            return NO_PROGRAMME
        closed = sorted((each.announcement for each in notices), key=_deadline)
        return Programme(Told.LAST, notices=tuple(closed[-1:])) if closed else _over(held)

    def _coming(self, scene: Scene, *, anytime: bool = False) -> list[Dated]:
        """What comes of an event within the time that is asked about."""
        if scene.announcement.state is AnnouncementState.CANCELLED or not scene.gatherings:
            return []
        gathering = scene.gatherings[0]
        held = [each for each in gathering.coming if anytime or self._asked.span.holds(each.occurrence.starts_at)]
        return [Dated(scene.announcement, gathering.event, each) for each in held]

    def _is_open(self, scene: Scene) -> bool:
        """Whether what is announced can still be acted on, by a deadline within the time that is asked about."""
        told = scene.announcement
        if scene.gatherings or told.state is AnnouncementState.CANCELLED or told.deadline <= self._now:
            return False
        # A deadline at midnight is the last of the day before, and of its week.
        return told.deadline == NEVER or self._asked.span.holds(told.deadline - timedelta.resolution)


def _over(scenes: Sequence[Scene]) -> Programme:
    """What was last, or that it is off."""
    if not scenes:
        return NO_PROGRAMME
    cancelled = [each for each in scenes if each.announcement.state is AnnouncementState.CANCELLED]
    gathered = [(each.announcement, each.gatherings[0]) for each in cancelled or scenes]
    latest = max((Dated(announcement, each.event, each.last) for announcement, each in gathered), key=start_of)
    is_off = bool(cancelled) or latest.held.occurrence.is_cancelled
    return Programme(Told.CANCELLED if is_off else Told.LAST, (latest,))


def start_of(dated: Dated) -> tuple[datetime, str]:
    """What dates are sorted by."""
    return dated.held.occurrence.starts_at, dated.announcement.id


def _deadline(announcement: Announcement) -> datetime:
    return announcement.deadline
