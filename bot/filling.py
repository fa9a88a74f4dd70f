"""A submitted form as a draft: what it shows is taken from it, what it does not show stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from bot.blocks.draft_fields import (
    AUDIENCE,
    CHANNELS,
    CLOSES_AT,
    CLOSES_ON,
    DAY,
    DEADLINE,
    DEADLINE_AT,
    ENDS,
    HOLIDAYS,
    KIND,
    LAST_DAY,
    LINK,
    MATERIALS,
    MEETING,
    ORGANISER,
    OTHER_ZONE,
    PLACE,
    QUESTION,
    REMINDERS,
    REPEATS,
    SEATS,
    SPOKEN,
    STARTS,
    TOPICS,
    UNTIL,
    URGENT,
    ZONE,
    Origin,
)
from bot.filled_in import FilledIn
from knowledge.events.drafts import NO_DAY, NO_MOMENT, NO_TIME, ZONES, Draft, EventDraft, text_of, title_of
from knowledge.model import (
    ONCE,
    AnnouncementKind,
    Audience,
    ChannelId,
    Frequency,
    Language,
    Material,
    Recurrence,
    Wording,
)

_BETWEEN_TOPICS = re.compile("[,;\n]")


def empty_draft(origin: Origin, organiser: str) -> Draft:
    """What a new form begins with."""
    held = (EventDraft(NO_MOMENT, NO_MOMENT, organiser=organiser),) if origin.is_event else ()
    return Draft(origin.kind, (Wording(origin.lead, "", ""),), (), held=held)


def filled_draft(filled: FilledIn, origin: Origin, before: Draft) -> Draft:
    """The draft as it is after the form; `before` is what the form began with."""
    told = replace(
        before,
        kind=AnnouncementKind(filled.choice(KIND) or before.kind.value) if not origin.is_event else before.kind,
        wordings=_wordings(filled, origin.lead, before),
        channels=tuple(map(ChannelId, filled.conversations(CHANNELS))),
        link=filled.text(LINK) if filled.has(LINK) else before.link,
        deadline=filled.day(DEADLINE) if filled.has(DEADLINE) else before.deadline,
        held=tuple(_held(filled, each) for each in before.held),
    )
    if not filled.has(TOPICS):
        return told
    return replace(
        told,
        deadline_at=filled.time(DEADLINE_AT),
        topics=tuple(_BETWEEN_TOPICS.split(filled.text(TOPICS))),
        audience=Audience(filled.choice(AUDIENCE) or before.audience.value),
        is_urgent=bool(filled.choices(URGENT)),
    )


def _wordings(filled: FilledIn, lead: Language, before: Draft) -> tuple[Wording, ...]:
    """The main language's first; another one's where anything of it is filled in."""
    known = {each.language: each for each in before.wordings}
    ordered = (lead, *(each for each in SPOKEN if each is not lead))
    found = []
    for language in ordered:
        if filled.has(title_of(language)):
            written = Wording(language, filled.text(title_of(language)), filled.text(text_of(language)))
            if language is lead or written.title.strip() or written.text.strip():
                found.append(written)
        elif language in known:
            found.append(known[language])
    return tuple(found)


def _held(filled: FilledIn, before: EventDraft) -> EventDraft:
    day, starts, ends = filled.day(DAY), filled.time(STARTS), filled.time(ENDS)
    days_on = before.ends.date() - before.starts.date()
    last_day = day if day == NO_DAY else day + days_on
    if filled.has(LAST_DAY):
        last_day = day if filled.day(LAST_DAY) == NO_DAY else filled.day(LAST_DAY)
    told = replace(
        before,
        starts=_moment(day, starts),
        ends=_moment(last_day, ends),
        place=filled.text(PLACE),
        meeting_link=filled.text(MEETING),
    )
    return _more_held(filled, told) if filled.has(SEATS) else told


def _more_held(filled: FilledIn, told: EventDraft) -> EventDraft:
    return replace(
        told,
        zone=filled.text(OTHER_ZONE).strip() or filled.choice(ZONE) or ZONES[0],
        seats=filled.text(SEATS),
        closes_on=filled.day(CLOSES_ON),
        closes_at=filled.time(CLOSES_AT) if filled.day(CLOSES_ON) != NO_DAY else NO_TIME,
        organiser=filled.text(ORGANISER),
        question=filled.text(QUESTION),
        recurrence=_rule(filled),
        reminders=tuple(map(int, filled.choices(REMINDERS))),
        materials=tuple(_materials(filled.text(MATERIALS))),
    )


def _moment(day: date, at: time) -> datetime:
    return NO_MOMENT if day == NO_DAY or at == NO_TIME else datetime.combine(day, at)


def _rule(filled: FilledIn) -> Recurrence:
    frequency, _, interval = (filled.choice(REPEATS) or Frequency.ONCE.value).partition(":")
    if frequency == Frequency.ONCE.value:
        return ONCE
    return Recurrence(Frequency(frequency), int(interval), filled.day(UNTIL), bool(filled.choices(HOLIDAYS)))


def _materials(text: str) -> Iterator[Material]:
    """One a line: its title, and its address as the last word."""
    for line in filter(None, map(str.strip, text.splitlines())):
        title, _, url = line.rpartition(" ")
        yield Material(title.strip() or url, url)
