"""What coordinators look at: everything that is under way, and one of it as people will see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge.events.drafts import Draft
from knowledge.events.keeping import draft_in
from knowledge.events.pending import change_of, form_mark, form_of
from knowledge.events.publishing import asks_for_approval
from knowledge.events.scenes import Gathering, Scene, held_of, scene_of
from knowledge.events.schedule import instant, occurrences_of
from knowledge.events.values import later
from knowledge.model import (
    NEVER,
    NOBODY,
    ONCE,
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    ChannelRule,
    Event,
    Occurrence,
    OccurrenceId,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

FRESH = timedelta(days=30)
"""How long something without an event or a deadline is listed after it went out."""
HELD_LATELY = timedelta(days=30)
"""How long an event is listed after it was last held: its materials and its feedback come then."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An announcement, and when it comes next: its event, its deadline, or the time at which it goes out.

    Of an event that runs at the moment it is when that began; of one that is over, when it was held last.
    """

    announcement: Announcement
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that is under way, what comes soonest first; and what was `held` lately, the last first."""

    drafts: tuple[Listed, ...]
    waiting: tuple[Listed, ...]
    scheduled: tuple[Listed, ...]
    out: tuple[Listed, ...]
    held: tuple[Listed, ...]
    templates: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """One announcement as people see or will see it. `has_change` says that a change of it is not out yet.

    `is_approved_first` says that it waits for a second coordinator before it goes out.
    """

    scene: Scene
    has_change: bool
    is_approved_first: bool

    @property
    def announcement(self) -> Announcement:
        """What is looked at."""
        return self.scene.announcement


class Boards:
    """Reads the state of things anew at every call."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def board(self) -> Board:
        """Everything that is under way, and what was held lately."""
        now = self._clock()
        with self._uow.reading() as work:
            found = work.announcements.within(
                [each for each in AnnouncementState if each != AnnouncementState.CANCELLED]
            )
            events = work.events.have([each.id for each in found])
            # By their ends: one that has begun is still to be looked after.
            soonest = {each.event: each for each in reversed(work.events.ended(now, NEVER))}
            lately = {each.event: each for each in work.events.ended(now - HELD_LATELY, now)}
        last = {name: each for name, each in lately.items() if name not in soonest}
        listed = [Listed(each, _next(each, events, soonest | last)) for each in found]

        def of(state: AnnouncementState) -> tuple[Listed, ...]:
            mine = (each for each in listed if each.announcement.state is state)
            return tuple(sorted(mine, key=lambda each: each.next_at))

        published = of(AnnouncementState.PUBLISHED)
        return Board(
            of(AnnouncementState.DRAFT),
            of(AnnouncementState.WAITING),
            of(AnnouncementState.APPROVED),
            tuple(each for each in published if each.announcement.id in soonest or _is_to_come(each, now)),
            tuple(each for each in reversed(published) if each.announcement.id in last),
            of(AnnouncementState.TEMPLATE),
        )

    def look(self, name: AnnouncementId) -> Sight:
        """One as people will see it; raises NotFoundError."""
        with self._uow.reading() as work:
            announcement = work.announcements.get(name)
            return Sight(
                scene_before(work, announcement, self._clock()),
                bool(change_of(work, name)),
                announcement.approver == NOBODY and asks_for_approval(work, announcement),
            )

    def draft(self, name: AnnouncementId) -> Draft:
        """What was filled in of it, with the change that is not out yet where there is one; raises NotFoundError."""
        with self._uow.reading() as work:
            return form_of(work, work.announcements.get(name))

    def form(self, name: AnnouncementId) -> tuple[Draft, str]:
        """The same with its mark, by which saving finds out what has come after; raises NotFoundError."""
        with self._uow.reading() as work:
            announcement = work.announcements.get(name)
            return form_of(work, announcement), form_mark(work, announcement)

    def again(self, name: AnnouncementId) -> Draft:
        """The same once more, at times that are still to come; raises NotFoundError."""
        with self._uow.reading() as work:
            draft = draft_in(work, work.announcements.get(name))
        now = self._clock()
        return replace(draft, held=tuple(later(each, now) for each in draft.held))

    def coming(self, name: AnnouncementId) -> tuple[Event, Sequence[Occurrence]]:
        """An event with the occurrences that can still be moved or cancelled; raises NotFoundError."""
        now = self._clock()
        with self._uow.reading() as work:
            found = work.events.occurrences(name)
            return work.events.get(name), [each for each in found if each.starts_at > now and not each.is_cancelled]

    def occurrence(self, name: OccurrenceId) -> tuple[Event, Occurrence]:
        """One date of an event, with the event; raises NotFoundError."""
        with self._uow.reading() as work:
            found = work.events.occurrence(name)
            return work.events.get(found.event), found

    def rules(self) -> Sequence[ChannelRule]:
        """What channels ask."""
        with self._uow.reading() as work:
            return work.announcements.rules()


def scene_before(work: UnitOfWork, announcement: Announcement, now: datetime) -> Scene:
    """The scene of what is out, or of a draft as if it were."""
    if announcement.is_out or announcement.kind is not AnnouncementKind.EVENT:
        return scene_of(work, announcement, now)
    event = work.events.get(announcement.id)
    # A rule may have come to have no dates: what there is to see then is the time that was filled in.
    dates = occurrences_of(event, now) or occurrences_of(replace(event, recurrence=ONCE), now)
    held = [held_of(event, each, {}) for each in dates]
    coming = tuple(each for each in held if each.occurrence.ends_at > now)
    return Scene(announcement, now, (Gathering(event, coming, held[-1]),))


def _next(
    announcement: Announcement,
    events: Mapping[AnnouncementId, Event],
    held: Mapping[AnnouncementId, Occurrence],
) -> datetime:
    if announcement.state is AnnouncementState.APPROVED:
        return announcement.publish_at
    if announcement.id in held:
        return held[announcement.id].starts_at
    if announcement.id in events:
        event = events[announcement.id]
        return instant(event.starts, event.zone)
    return announcement.deadline


def _is_to_come(each: Listed, now: datetime) -> bool:
    if each.next_at == NEVER:
        return each.announcement.publish_at > now - FRESH
    return each.next_at > now
