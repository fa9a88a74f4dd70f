"""An announcement as a coordinator fills it in, and what can be wrong with it."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from knowledge.errors import SolmuError
from knowledge.model import (
    ONCE,
    REMINDERS,
    AnnouncementKind,
    Audience,
    ChannelId,
    Language,
    Material,
    Recurrence,
    Wording,
)

LONGEST_TITLE = 120
LONGEST_TEXT = 2000
"""Three of them fit into one message."""
LONGEST_PLACE = 200
LONGEST_LINK = 500
LONGEST_ORGANISER = 120
LONGEST_QUESTION = 200
MOST_CHANNELS = 10
MOST_MATERIALS = 10
MOST_SEATS = 10_000
ZONES = (
    "Europe/Helsinki",
    "Europe/Stockholm",
    "Europe/London",
    "Europe/Brussels",
    "Europe/Tallinn",
    "UTC",
    "America/New_York",
)
"""Those that are offered; any other can be written."""
NO_DAY, NO_TIME = date.max, time.max
NO_MOMENT = datetime.max  # noqa: DTZ901 - a time on the wall
"""What was not filled in."""


class Field(enum.StrEnum):
    """The parts that a person fills in; the titles and texts are `title_of` and `text_of` their language."""

    STARTS = "starts"
    ENDS = "ends"
    ZONE = "zone"
    PLACE = "place"
    LINK = "link"
    CHANNELS = "channels"
    CAPACITY = "capacity"
    CLOSING = "closing"
    ORGANISER = "organiser"
    TOPICS = "topics"
    RECURRENCE = "recurrence"
    UNTIL = "until"
    QUESTION = "question"
    MATERIALS = "materials"
    DEADLINE = "deadline"
    COMMENT = "comment"


class Trouble(enum.StrEnum):
    """What can be wrong with a part."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    IDENTITY_CODE = "identity_code"
    PATIENT = "patient"
    PAST = "past"
    BEFORE_START = "before_start"
    AFTER_START = "after_start"
    JUMPED_OVER = "jumped_over"
    UNKNOWN_ZONE = "unknown_zone"
    NO_PLACE = "no_place"
    NO_LINK = "no_link"
    NO_NUMBER = "no_number"
    BELOW_TAKEN = "below_taken"
    OVERLAPPING = "overlapping"
    TOO_FAR = "too_far"
    NO_DATES = "no_dates"


class BadDraftError(SolmuError):
    """Parts cannot be kept; the message names them and holds nothing of what was written."""

    def __init__(self, troubles: Mapping[str, Trouble]) -> None:
        named = ", ".join(f"{part} ({trouble.replace('_', ' ')})" for part, trouble in troubles.items())
        super().__init__(f"The announcement cannot be kept as it is: {named}.")
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class EventDraft:
    """When and where it is held. `starts` and `ends` are on the wall clock of `zone`, NO_MOMENT where not filled in.

    `seats` is as written, empty for no limit. Sign-up closes at the end of the day `closes_on`, unless `closes_at`
    gives a time; NO_DAY is when it starts.
    """

    starts: datetime
    ends: datetime
    zone: str = ZONES[0]
    place: str = ""
    meeting_link: str = ""
    seats: str = ""
    closes_on: date = NO_DAY
    closes_at: time = NO_TIME
    organiser: str = ""
    question: str = ""
    recurrence: Recurrence = ONCE
    reminders: tuple[int, ...] = REMINDERS
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What is told, its main wording first, and the event where it is one.

    `deadline` is the last day, NO_DAY where there is none; it ends at `deadline_at`, or with the day.
    """

    kind: AnnouncementKind
    wordings: tuple[Wording, ...]
    channels: tuple[ChannelId, ...]
    topics: tuple[str, ...] = ()
    audience: Audience = Audience.MEMBERS
    link: str = ""
    deadline: date = NO_DAY
    deadline_at: time = NO_TIME
    is_urgent: bool = False
    held: tuple[EventDraft, ...] = ()


def mark_of(*shown: object) -> str:
    """A short mark of all that a form shows, by which it is seen whether it is still the same."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def title_of(language: Language) -> str:
    """The name of the part in which the title in this language is written."""
    return f"title_{language.value}"


def text_of(language: Language) -> str:
    """The name of the part in which the text in this language is written."""
    return f"text_{language.value}"
