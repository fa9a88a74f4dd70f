"""What those who were there thought of an event: asked once, kept as often as they change it, told without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from knowledge.errors import SolmuError
from knowledge.events.reminder_times import Reader, quiet_time
from knowledge.events.schedule import instant, wall_clock
from knowledge.model import (
    Announcement,
    AnnouncementState,
    Attendance,
    Event,
    Feedback,
    Letter,
    LetterKind,
    MemberId,
    Occurrence,
    OccurrenceId,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory
from knowledge.privacy import Personal, personal_data_in

AFTER = timedelta(hours=2)
"""How long after the end people are asked."""
MORNING = time(9)
"""When they are asked where that would be in their quiet hours."""
STILL_ASKED = timedelta(days=2)
"""How long after the end a request is still written, where nothing ran at its time."""
RATINGS = (1, 2, 3)
LONGEST_WORDS = 2000


class NotThereError(SolmuError):
    """Somebody rates what they did not attend, or what is not over."""


class BadWordsError(SolmuError):
    """The words cannot be kept: they hold a personal identity code, or tell of a certain patient."""

    def __init__(self, found: Personal) -> None:
        super().__init__(f"The words of feedback cannot be kept: {found.value.replace('_', ' ')}.")
        self.found = found


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked about, and their earlier word: a rating of 0 and no words where there is none."""

    announcement: Announcement
    event: Event
    occurrence: Occurrence
    rating: int
    words: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What people thought, without who thought it. `going` is how many were asked."""

    asked: Asked
    going: int
    counts: Mapping[int, int]
    rows: Sequence[tuple[int, str]]


class Feedbacks:
    """Asks for feedback, keeps it, and sums it up. `zone_of` is somebody's own zone, empty where not known."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, zone_of: Callable[[MemberId], str]) -> None:
        self._uow = uow
        self._clock = clock
        self._zone_of = zone_of
        self._written: frozenset[str] = frozenset()

    def write_requests(self) -> None:
        """Write down whom to ask about what ended lately. What was written stays so."""
        now = self._clock()
        with self._uow.reading() as work:
            ended = work.events.ended(now - STILL_ASKED, now - AFTER)
            due = [(each, work.events.get(each.event), person) for each in ended for person in _there(work, each)]
            wishes = {person: work.letters.wishes(person) for _, _, person in due}
        names = {_name(occurrence, person) for occurrence, _, person in due}
        with self._uow() as work:
            for occurrence, event, person in due:
                if (name := _name(occurrence, person)) not in self._written:
                    reader = Reader((), wishes[person], self._zone_of(person) or event.zone)
                    work.letters.add(_letter(name, person, occurrence, _asked_at(occurrence, reader, now)))
            work.commit()
        self._written = frozenset(names)

    def asked(self, occurrence: OccurrenceId, person: MemberId) -> Asked:
        """What they may say something about; raises NotThereError and NotFoundError."""
        with self._uow.reading() as work:
            return self._asked(work, occurrence, person)

    def rate(self, occurrence: OccurrenceId, person: MemberId, rating: int) -> Asked:
        """Keep a rating beside the words of earlier; raises NotThereError and NotFoundError."""
        with self._uow() as work:
            asked = self._asked(work, occurrence, person)
            work.sign_ups.rate(Feedback(occurrence, person, rating, asked.words, self._clock()))
            work.commit()
        return asked

    def comment(self, occurrence: OccurrenceId, person: MemberId, rating: int, words: str) -> None:
        """Keep rating and words; raises BadWordsError, NotThereError and NotFoundError, and keeps nothing then."""
        if found := personal_data_in(words):
            raise BadWordsError(found)
        with self._uow() as work:
            self._asked(work, occurrence, person)
            tidy = words.strip()[:LONGEST_WORDS]
            work.sign_ups.rate(Feedback(occurrence, person, rating, tidy, self._clock()))
            work.commit()

    def summary(self, occurrence: OccurrenceId) -> Summary:
        """For coordinators, in an order that tells nobody's place; raises NotFoundError."""
        with self._uow.reading() as work:
            found = work.events.occurrence(occurrence)
            announcement, event = work.announcements.get(found.event), work.events.get(found.event)
            ratings, going = work.sign_ups.ratings(occurrence), len(_there(work, found))
        rows = sorted((each.rating, each.words) for each in ratings)
        counts = Counter(rating for rating, _ in rows)
        return Summary(Asked(announcement, event, found, 0, ""), going, counts, rows)

    def _asked(self, work: UnitOfWork, occurrence: OccurrenceId, person: MemberId) -> Asked:
        found = work.events.occurrence(occurrence)
        announcement, event = work.announcements.get(found.event), work.events.get(found.event)
        is_held = announcement.state is AnnouncementState.PUBLISHED and not found.is_cancelled
        if not is_held or found.ends_at > self._clock() or person not in _there(work, found):
            message = f"expected somebody who was at {occurrence}, which is over"
            raise NotThereError(message)
        earlier = [each for each in work.sign_ups.ratings(occurrence) if each.person == person]
        rating, words = (earlier[0].rating, earlier[0].words) if earlier else (0, "")
        return Asked(announcement, event, found, rating, words)


def _there(work: UnitOfWork, occurrence: Occurrence) -> list[MemberId]:
    return [each.person for each in work.sign_ups.of(occurrence.id) if each.attendance is Attendance.GOING]


def _name(occurrence: Occurrence, person: MemberId) -> str:
    return f"feedback:{occurrence.id}:{person}"


def _letter(name: str, person: MemberId, occurrence: Occurrence, due_at: datetime) -> Letter:
    return Letter(name, person, LetterKind.FEEDBACK, occurrence.id, {}, due_at)


def _asked_at(occurrence: Occurrence, reader: Reader, now: datetime) -> datetime:
    """Two hours after the end, or in the morning after the quiet hours that this falls into."""
    wanted = max(occurrence.ends_at + AFTER, now)
    quiet = quiet_time(wanted, reader)
    if quiet is None:
        return wanted
    day = wall_clock(quiet[1], reader.zone).date()
    return max(quiet[1], instant(datetime.combine(day, MORNING), reader.zone))
