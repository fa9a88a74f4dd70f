"""Questions that events and announcements answer, and the answer: what is next, what comes, what somebody goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.events.asking import Asked, Asks, take_apart
from knowledge.events.frames import ANY_EVENT, CALL
from knowledge.events.naming import NAMED, Naming, Titles, titles_of
from knowledge.events.programme import NO_PROGRAMME, Dated, Programme, Told
from knowledge.events.replies import MOST_LISTED, Telling, start_of
from knowledge.events.scenes import held_of
from knowledge.members.listing import Viewer
from knowledge.model import (
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Audience,
    OccurrenceId,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

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
        dates = sorted(_coming_for(work, viewer, self._clock()), key=start_of)
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


def _coming_for(work: UnitOfWork, viewer: Viewer, now: datetime) -> list[Dated]:
    dates = []
    for said in work.sign_ups.by(viewer.member):
        occurrence = work.events.occurrence(said.occurrence)
        announcement = work.announcements.get(occurrence.event)
        is_off = occurrence.is_cancelled or announcement.state is not AnnouncementState.PUBLISHED
        # Whoever signed up may be no coordinator any more.
        is_hidden = announcement.audience not in viewer.audience.readable
        if is_off or is_hidden or said.attendance not in _COMES or occurrence.ends_at <= now:
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
