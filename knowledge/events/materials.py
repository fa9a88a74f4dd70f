"""What there is to read about published events, as sources of documents: one for each audience."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date

from knowledge.model import AnnouncementState, Audience, Source, SourceId, SourceKind
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

PLACE = "events:"
"""Begins such a source's location; the audience follows."""
BY_EVENTS = "events"
"""Who asks for the indexing."""


@dataclass(frozen=True, slots=True)
class EventMaterial:
    """A web address, and what it is called in sources: its own title, the event's, and the day of that."""

    url: str
    title: str


def materials_for(work: UnitOfWork, audience: Audience) -> Sequence[EventMaterial]:
    """The materials of published events for this audience, each address once, in order of address."""
    published = work.announcements.within({AnnouncementState.PUBLISHED})
    named = {each.id: each for each in published if each.audience is audience}
    found: dict[str, EventMaterial] = {}
    for event in work.events.have(list(named)).values():
        announcement = named[event.id]
        # A series' materials are no single day's.
        day = (
            "" if len(work.events.occurrences(event.id)) > 1 else _day(event.starts, announcement.wordings[0].language)
        )
        whose = ", ".join(part for part in (announcement.title, day) if part)
        for each in event.materials:
            found.setdefault(each.url, EventMaterial(each.url, f"{each.title.strip() or each.url} ({whose})"))
    return [found[url] for url in sorted(found)]


def sources_with_events(work: UnitOfWork, clock: Clock) -> Sequence[Source]:
    """All sources, after adding one for each audience that there are materials for."""
    known = {each.location for each in work.sources.all()}
    for audience in Audience:
        place = f"{PLACE}{audience.value}"
        if place not in known and materials_for(work, audience):
            work.sources.add(Source(source_of(audience), SourceKind.EVENTS, place, audience, clock()))
    return work.sources.all()


def source_of(audience: Audience) -> SourceId:
    """The id of the audience's source."""
    return SourceId(f"events-{audience.value}")


class Materials:
    """Has materials indexed when they come and go."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def ask_for_indexing(self) -> bool:
        """Ask for an indexing run where the sources of events are not as the events are; tells whether it did."""
        with self._uow.reading() as work:
            wanted = {(audience, each.url) for audience in Audience for each in materials_for(work, audience)}
            of_events = {each.id: each.audience for each in work.sources.all() if each.kind is SourceKind.EVENTS}
            read = {(each.audience, each.key) for each in work.documents.live() if each.source in of_events}
            tried = {(of_events[each.source], each.key) for each in work.failures.all() if each.source in of_events}
        if not (wanted - read - tried or read - wanted):
            return False
        with self._uow() as work:
            work.runs.request(secrets.token_hex(8), BY_EVENTS, self._clock())
            work.commit()
        return True


def _day(starts: datetime, language: str) -> str:
    locale = language if language in {"fi", "sv", "en"} else "fi"
    return format_date(starts.date(), format="medium", locale=locale)
