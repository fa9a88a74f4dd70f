"""The names of the fields in which an announcement is filled in, and what travels with its form."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.events.drafts import Field, text_of, title_of
from knowledge.model import AnnouncementKind, Frequency, Language, Recurrence

SAVE, MORE = "draft_save", "draft_more"
KIND, DAY, STARTS, ENDS, LAST_DAY = "kind", "day", "starts", "ends", "last_day"
ZONE, OTHER_ZONE, PLACE, MEETING, LINK = "zone", "other_zone", "place", "meeting", "link"
CHANNELS, TOPICS, AUDIENCE, URGENT = "channels", "topics", "audience", "urgent"
SEATS, CLOSES_ON, CLOSES_AT, ORGANISER = "seats", "closes_on", "closes_at", "organiser"
REPEATS, UNTIL, HOLIDAYS = "repeats", "until", "holidays"
QUESTION, REMINDERS, MATERIALS = "question", "reminders", "materials"
DEADLINE, DEADLINE_AT = "deadline", "deadline_at"
EVENT_PLACES = {
    Field.STARTS: DAY,
    Field.ENDS: ENDS,
    Field.ZONE: OTHER_ZONE,
    Field.LINK: MEETING,
    Field.CAPACITY: SEATS,
    Field.CLOSING: CLOSES_ON,
    Field.RECURRENCE: REPEATS,
}
"""Where what is wrong with a part is told, where the field has another name."""
TOLD_KINDS = (
    AnnouncementKind.NEWS,
    AnnouncementKind.FUNDING,
    AnnouncementKind.REPORT,
    AnnouncementKind.NEWSLETTER,
)
"""What can be told beside events."""
RULES = ("once", "weekly:1", "weekly:2", "weekly:3", "weekly:4", "monthly:1", "monthly:2", "monthly:3")
REMINDER_MINUTES = (7 * 24 * 60, 2 * 24 * 60, 24 * 60, 60, 15)
NEW, EDIT, COPY = "new", "edit", "copy"
SPOKEN = (Language.FI, Language.SV, Language.EN)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a form began with: nothing, what is to be changed, or what it is a copy of, by its id in `name`.

    `lead` is the language of its first texts, `language` that of its labels. It `is_whole` where nothing is hidden.
    `began` is the mark of what is to be changed, as it was when the form was opened.
    """

    mode: str
    name: str
    kind: AnnouncementKind
    lead: Language
    language: Language
    is_whole: bool = False
    began: str = ""

    @property
    def is_event(self) -> bool:
        """Whether the form is that of an event."""
        return self.kind is AnnouncementKind.EVENT

    def packed(self) -> str:
        """As it travels with the form."""
        return json.dumps(asdict(self))


def unpacked(metadata: object) -> Origin:
    """The origin that came back with a form; raises ValueError where it is none."""
    told: Any = json.loads(str(metadata))
    if not isinstance(told, dict) or told.get("mode") not in {NEW, EDIT, COPY}:
        message = "expected where a form began, got something else"
        raise ValueError(message)
    return Origin(
        told["mode"],
        str(told["name"]),
        AnnouncementKind(told["kind"]),
        Language(told["lead"]),
        Language(told["language"]),
        bool(told["is_whole"]),
        # A form of an earlier version bears none: what was changed since it was opened cannot be told.
        str(told.get("began", "")),
    )


def place_of(part: str, *, is_event: bool) -> str:
    """The field of a part of the draft."""
    named = EVENT_PLACES if is_event else {}
    return {str(key): value for key, value in named.items()}.get(str(part), str(part))


def first_fields(origin: Origin) -> frozenset[str]:
    """The fields that are shown before more is asked for."""
    texts = {title_of(origin.lead), text_of(origin.lead), CHANNELS}
    if origin.is_event:
        return frozenset(texts | {DAY, STARTS, ENDS, PLACE, MEETING})
    return frozenset(texts | {KIND, LINK, DEADLINE})


def rule_name(recurrence: Recurrence) -> str:
    """A rule as it is chosen in the form."""
    if recurrence.frequency is Frequency.ONCE:
        return Frequency.ONCE.value
    return f"{recurrence.frequency.value}:{recurrence.interval}"
