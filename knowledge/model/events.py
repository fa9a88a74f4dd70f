"""Events: when and where they are, each time they are held, and who comes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, time

from knowledge.model.identifiers import AnnouncementId, MemberId, OccurrenceId

REMINDERS = (7 * 24 * 60, 24 * 60, 15)
"""Minutes before the start at which people are reminded unless somebody says otherwise."""
AT_START = -1


class Frequency(enum.StrEnum):
    """How an event comes again. MONTHLY is on the same weekday of the month, such as the second Tuesday."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every `interval` weeks or months up to the day `until`; on Finland's public holidays not, if so wished."""

    frequency: Frequency
    interval: int = 1
    until: date = date.max
    skips_holidays: bool = False


ONCE = Recurrence(Frequency.ONCE)


@dataclass(frozen=True, slots=True)
class Closing:
    """When sign-up closes: at the end of the local day `days` before, unless a time is given; AT_START with the event.

    `at` is that local time; `time.max` for the end of the day.
    """

    days: int
    at: time = time.max


@dataclass(frozen=True, slots=True)
class Material:
    """Something to read before or after: a title and its web address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """An announced event; it has the announcement's id.

    `starts` and `ends` are wall-clock times of the first occurrence in `zone` (IANA name): an event at 8:30 is at
    8:30 on both sides of a clock change. `capacity` 0 is without limit. `reminders` are minutes before the start.
    `sequence` rises with every change that calendars must learn of.
    """

    id: AnnouncementId
    starts: datetime
    ends: datetime
    zone: str
    recurrence: Recurrence
    place: str
    meeting_link: str
    capacity: int
    closing: Closing
    organiser: str
    question: str
    reminders: tuple[int, ...]
    materials: tuple[Material, ...]
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an event is held.

    `slot` is when its rule says it starts, by the event's wall clock; `starts_at` and `ends_at` are instants, which
    differ from it where this one was moved. `place` and `meeting_link` are this one's own, empty where the event's
    hold. `changed_at` is when its time was last set, and people told.
    """

    id: OccurrenceId
    event: AnnouncementId
    slot: datetime
    starts_at: datetime
    ends_at: datetime
    place: str
    meeting_link: str
    is_cancelled: bool
    sequence: int
    changed_at: datetime


class Attendance(enum.StrEnum):
    """What somebody has said. WAITING is on the waitlist; an OFFERED seat is kept for them for a while."""

    GOING = "going"
    MAYBE = "maybe"
    NOT_GOING = "not_going"
    WAITING = "waiting"
    OFFERED = "offered"


HOLDS_A_SEAT = frozenset({Attendance.GOING, Attendance.OFFERED})


@dataclass(frozen=True, slots=True)
class SignUp:
    """Somebody's word about one occurrence. `number` orders those who wait; `since` is when they said it.

    `offered_until` is when an offer ends, NEVER where there is none. `answer` is to the organiser's question.
    `is_visible` lets others who come see them; `wants_to_meet` that they wish to meet somebody related there.
    """

    occurrence: OccurrenceId
    person: MemberId
    attendance: Attendance
    number: int
    since: datetime
    offered_until: datetime
    answer: str = ""
    is_visible: bool = False
    wants_to_meet: bool = False


class FeedScope(enum.StrEnum):
    """What a calendar feed holds: every event its owner may see, those of a topic, or those signed up for."""

    ALL = "all"
    TOPIC = "topic"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar that programs subscribe to by a secret address, of which only a hash is kept."""

    token_hash: str
    owner: MemberId
    scope: FeedScope
    topic: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of an occurrence: `rating` 1 (not useful) to 3 (useful), and words, possibly none."""

    occurrence: OccurrenceId
    person: MemberId
    rating: int
    words: str
    at: datetime
