"""Questions that events and announcements answer, and the answer: what is next, what comes, what somebody goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.events.asking import Asked, Asks, take_apart
from knowledge.events.frames import ANY_EVENT, CALL
from knowledge.events.naming import NAMED, Naming, Titles, titles_of
from knowledge.events.programme import NO_PROGRAMME, Dated, Programme, Told
from knowledge.events.scenes import Scene, held_of, scene_of
from knowledge.members.listing import Viewer
from knowledge.model import (
    NEVER,
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Audience,
    MemberId,
    OccurrenceId,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

MOST_LISTED = 5
MOST_NAMED = 3
"""Events that are shown where a question names several."""
ANY = Asked(Asks.COMING)
"""Whatever comes."""
_OUT = (AnnouncementState.PUBLISHED, AnnouncementState.CANCELLED)
_COMES = frozenset({Attendance.GOING, Attendance.MAYBE, Attendance.WAITING, Attendance.OFFERED})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An announcement with what its titles say, and what all of its texts say."""

    announcement: Announcement
    titles: Titles
    texts: Titles
    is_online: bool

    @property
    def is_event(self) -> bool:
        return self.announcement.kind is AnnouncementKind.EVENT


class Finder:
    """Finds what a question asks for among what is announced to its viewer."""

    def __init__(self, uow: UnitOfWorkFactory, naming: Naming, clock: Clock) -> None:
        self._uow = uow
        self._naming = naming
        self._clock = clock

    def find(self, text: str, viewer: Viewer) -> Programme:
        """The answer from events, or NO_PROGRAMME where the question is for the documents."""
        asked = take_apart(text, self._clock())
        if asked.asks is Asks.NOTHING:
            return NO_PROGRAMME
        with self._uow.reading() as work:
            if asked.asks is Asks.OWN:
                return self._own(work, viewer)
            found = self._answer(work, asked, _candidates(work, viewer.audience))
            if not (found.dates and viewer.is_private):
                return found
            own = {each.occurrence: each.attendance for each in work.sign_ups.by(viewer.member)}
        return _with_own(found, own)

    def _own(self, work: UnitOfWork, viewer: Viewer) -> Programme:
        if not viewer.is_private:
            return Programme(Told.OWN_ELSEWHERE)
        dates = sorted(_coming_for(work, viewer.member, self._clock()), key=_start)
        if not dates:
            return Programme(Told.OWN_NONE)
        return Programme(Told.OWN, tuple(dates[:MOST_LISTED]), more=max(0, len(dates) - MOST_LISTED))

    def _answer(self, work: UnitOfWork, asked: Asked, candidates: Sequence[_Candidate]) -> Programme:
        fitting = [each for each in candidates if _is_of_kind(asked, each)]
        telling = Telling(work, asked, self._clock())
        if asked.asks is Asks.COMING:
            about = self._about(asked, fitting)
            return telling.gather(about, [each.announcement for each in candidates if each.is_event])
        named = self._named(asked, fitting) if asked.is_sure else []
        if not named and asked.named:
            outright = [
                each for each in candidates if self._naming.is_named_outright(asked.text, asked.named, each.titles)
            ]
            return replace(telling.tell([each.announcement for each in outright], []), is_sure=False)
        return telling.tell(named, [each.announcement for each in candidates if each.is_event])

    def _about(self, asked: Asked, fitting: Sequence[_Candidate]) -> list[Announcement]:
        """Those whose titles or topics hold all the words; whose texts do as well, where it is plainly about events."""
        near = [each for each in fitting if self._naming.says_all(asked.named, each.titles)]
        if asked.is_about_coming or len(asked.named.split()) == 1:
            near += [each for each in fitting if each not in near and self._naming.says_all(asked.named, each.texts)]
        return [each.announcement for each in near]

    def _named(self, asked: Asked, fitting: Sequence[_Candidate]) -> list[Announcement]:
        """Those that the question names best, and no word of which is about something else."""
        shares = {}
        for place, each in enumerate(fitting):
            if not self._naming.says_all(asked.named, each.titles):
                continue
            share = self._naming.share_named(asked.named, each.titles)
            if share >= NAMED or asked.nouns:
                shares[place] = share
        best = max(shares.values(), default=0.0)
        return [fitting[place].announcement for place, share in shares.items() if share >= min(best, NAMED)]


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
        dates = sorted((dated for each in scenes for dated in self._coming(each)[:1]), key=_start)
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
            return Programme(Told.NEXT, tuple(sorted(coming, key=_start)[:most]))
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
        dates = sorted((dated for each in scenes for dated in self._coming(each, anytime=True)[:1]), key=_start)
        return Programme(Told.NONE_COMING, tuple(dates[:MOST_NAMED]))

    def _deadlines(self, scenes: Sequence[Scene], held: Sequence[Scene]) -> Programme:
        notices = [each for each in scenes if not each.gatherings and each.announcement.deadline != NEVER]
        opened = sorted((each.announcement for each in notices if self._is_open(each)), key=_deadline)
        dates = sorted((dated for each in held for dated in self._coming(each)[:1]), key=_start)
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
        return told.deadline == NEVER or self._asked.span.holds(told.deadline)


def _candidates(work: UnitOfWork, audience: Audience) -> list[_Candidate]:
    out = [each for each in work.announcements.within(_OUT) if each.audience in audience.readable]
    told = [each for each in out if each.kind is not AnnouncementKind.DIGEST]
    events = work.events.have([each.id for each in told])
    found = []
    for each in told:
        texts = (*each.topics, *(wording.text for wording in each.wordings))
        where = (events[each.id].place,) if each.id in events else ()
        is_online = each.id in events and bool(events[each.id].meeting_link)
        found.append(_Candidate(each, titles_of(each), titles_of(each, (*where, *texts)), is_online))
    return found


def _is_of_kind(asked: Asked, candidate: _Candidate) -> bool:
    """Whether it is every kind of event that the question names."""

    def fits(noun: str) -> bool:
        if noun == CALL:
            return candidate.announcement.kind is AnnouncementKind.FUNDING
        if noun == ANY_EVENT:
            return candidate.is_event
        return noun in candidate.titles.nouns or (noun == "webinar" and candidate.is_online)

    return all(fits(noun) for noun in asked.nouns)


def _over(scenes: Sequence[Scene]) -> Programme:
    """What was last, or that it is off."""
    if not scenes:
        return NO_PROGRAMME
    cancelled = [each for each in scenes if each.announcement.state is AnnouncementState.CANCELLED]
    gathered = [(each.announcement, each.gatherings[0]) for each in cancelled or scenes]
    latest = max((Dated(announcement, each.event, each.last) for announcement, each in gathered), key=_start)
    is_off = bool(cancelled) or latest.held.occurrence.is_cancelled
    return Programme(Told.CANCELLED if is_off else Told.LAST, (latest,))


def _coming_for(work: UnitOfWork, person: MemberId, now: datetime) -> list[Dated]:
    dates = []
    for said in work.sign_ups.by(person):
        occurrence = work.events.occurrence(said.occurrence)
        announcement = work.announcements.get(occurrence.event)
        is_off = occurrence.is_cancelled or announcement.state is not AnnouncementState.PUBLISHED
        if is_off or said.attendance not in _COMES or occurrence.ends_at <= now:
            continue
        event = work.events.get(occurrence.event)
        counts = work.sign_ups.counts([occurrence.id]).get(occurrence.id, {})
        dates.append(Dated(announcement, event, held_of(event, occurrence, counts), frozenset({said.attendance})))
    return dates


def _with_own(found: Programme, own: dict[OccurrenceId, Attendance]) -> Programme:
    def said(dated: Dated) -> Dated:
        occurrence = dated.held.occurrence.id
        return replace(dated, own=frozenset({own[occurrence]})) if occurrence in own else dated

    return replace(found, dates=tuple(said(each) for each in found.dates))


def _start(dated: Dated) -> tuple[datetime, str]:
    return dated.held.occurrence.starts_at, dated.announcement.id


def _deadline(announcement: Announcement) -> datetime:
    return announcement.deadline
