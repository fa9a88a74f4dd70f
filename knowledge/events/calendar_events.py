"""One event in a calendar: everything about it but when it is.

No address of anybody is in it. Programs want an organiser and somebody invited: both get one that can never be
reached (`.invalid`), and nobody learns who else is invited.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Event, vCalAddress

from knowledge.events.calendar_series import Entry, is_alone
from knowledge.events.texts import TEXTS
from knowledge.model import Language, Occurrence

DOMAIN = "solmu"
ORGANISER, INVITED = "mailto:organiser@solmu.invalid", "mailto:invited@solmu.invalid"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ADDRESS = re.compile(r"https?://[!#-~]+")


class Method(enum.StrEnum):
    """What a calendar program is asked to do."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Manner:
    """How events are told: in which language, what for, and as of when.

    Its reader may or may not come to what `is_tentative`; what does not take their time stands in the calendar as free.
    """

    language: Language
    method: Method
    stamp: datetime
    is_tentative: bool = False
    has_alarm: bool = True
    takes_time: bool = True


def own_uid(entry: Entry, occurrence: Occurrence) -> str:
    """The name by which programs know an occurrence by itself, wherever its series goes; held once, it is the event.

    Not by its time in the series, as programs know exceptions of one that they have: that changes with the rule, and
    the entry from before would stay beside the new one.
    """
    if entry.is_series or is_alone(entry, occurrence):
        return f"{entry.event.id}-{occurrence.id}@{DOMAIN}"
    return whole_uid(entry)


def whole_uid(entry: Entry) -> str:
    """The name by which programs know an event, and all of a series."""
    return f"{entry.event.id}@{DOMAIN}"


def event_of(entry: Entry, occurrence: Occurrence, uid: str, manner: Manner) -> Event:
    """The event of an occurrence, without its times, by the name that is given.

    Of what is taken out only the title is told: whoever had it may no longer be among those who may see the event.
    """
    made = Event()
    made.add("UID", uid)
    made.add("SEQUENCE", entry.sequence)
    made.add("DTSTAMP", manner.stamp.astimezone(UTC))
    made.add("CREATED", entry.announcement.made_at.astimezone(UTC))
    made.add("LAST-MODIFIED", changed_at(entry))
    made.add("SUMMARY", tidy(entry.announcement.wording(manner.language).title))
    made.add("STATUS", _status(manner))
    made.add("TRANSP", "OPAQUE" if manner.takes_time else "TRANSPARENT")
    is_told = manner.method is not Method.CANCEL
    _add_people(made, entry.event.organiser if is_told else "", manner)
    if is_told:
        _add_what_it_is(made, entry, occurrence, manner)
    return made


def _add_what_it_is(made: Event, entry: Entry, occurrence: Occurrence, manner: Manner) -> None:
    announcement, event = entry.announcement, entry.event
    wording = announcement.wording(manner.language)
    place, link = occurrence.place or event.place, occurrence.meeting_link or event.meeting_link
    made.add("DESCRIPTION", _description(entry, wording.text, link, manner.language))
    if told := place or link:
        made.add("LOCATION", tidy(told))
    if address := next(filter(_ADDRESS.fullmatch, (announcement.link, link)), ""):
        made.add("URL", address)
    if announcement.topics:
        made.add("CATEGORIES", [tidy(topic) for topic in announcement.topics])
    if manner.has_alarm and event.reminders:
        made.add_component(_alarm(tidy(wording.title), min(event.reminders)))


def _add_people(made: Event, organiser: str, manner: Manner) -> None:
    by = vCalAddress(ORGANISER)
    by.params["CN"] = " ".join(tidy(organiser).replace('"', "'").split()) or "Solmu"
    made.add("ORGANIZER", by)
    if manner.method is not Method.PUBLISH:
        invited = vCalAddress(INVITED)
        invited.params.update({"CUTYPE": "INDIVIDUAL", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"})
        made.add("ATTENDEE", invited)


def _status(manner: Manner) -> str:
    if manner.method is Method.CANCEL:
        return "CANCELLED"
    return "TENTATIVE" if manner.is_tentative else "CONFIRMED"


def _description(entry: Entry, text: str, link: str, language: Language) -> str:
    event = entry.event
    materials = "\n".join(f"{each.title}: {each.url}" for each in event.materials)
    parts = [
        text,
        TEXTS.get("calendar.online", language, link=link) if link else "",
        TEXTS.get("calendar.organiser", language, organiser=event.organiser) if event.organiser else "",
        TEXTS.get("calendar.more", language, link=entry.announcement.link) if entry.announcement.link else "",
        TEXTS.get("calendar.materials", language, materials=materials) if materials else "",
    ]
    return "\n\n".join(tidy(part) for part in parts if part)


def _alarm(title: str, minutes: int) -> Alarm:
    made = Alarm()
    made.add("ACTION", "DISPLAY")
    made.add("DESCRIPTION", title)
    made.add("TRIGGER", -timedelta(minutes=minutes))
    return made


def changed_at(entry: Entry) -> datetime:
    """The last change that is known of."""
    return max(entry.announcement.made_at, *(each.changed_at for each in entry.occurrences)).astimezone(UTC)


def tidy(text: str) -> str:
    """A text without what no calendar may hold."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
