"""From what was filled in to what is kept, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.events.drafts import NO_DAY, NO_TIME, ZONES, Draft, EventDraft
from knowledge.events.schedule import instant, wall_clock
from knowledge.model import (
    AT_START,
    NEVER,
    NO_ANNOUNCEMENT,
    NOBODY,
    Announcement,
    AnnouncementId,
    AnnouncementState,
    Closing,
    Event,
    Frequency,
    MemberId,
)

_WEEK = timedelta(days=7)


def deadline_of(draft: Draft) -> datetime:
    """The moment of the deadline, which is Finland's; NEVER where there is none."""
    if draft.deadline == NO_DAY:
        return NEVER
    if draft.deadline_at == NO_TIME:
        return instant(datetime.combine(draft.deadline + timedelta(days=1), time.min), ZONES[0])
    return instant(datetime.combine(draft.deadline, draft.deadline_at), ZONES[0])


def last_day_of(until: datetime, zone: str) -> date:
    """The last day on which something can be done until this moment: one that ends at midnight is the day before's."""
    return wall_clock(until - timedelta.resolution, zone).date()


def announcement_of(draft: Draft, name: AnnouncementId, by: MemberId, now: datetime) -> Announcement:
    """A new one, of a draft that was checked."""
    return Announcement(
        name,
        draft.kind,
        AnnouncementState.DRAFT,
        by,
        NOBODY,
        draft.wordings,
        draft.channels,
        draft.topics,
        draft.audience,
        draft.link,
        deadline_of(draft),
        publish_at=NEVER,
        is_urgent=draft.is_urgent,
        revision=1,
        made_at=now,
        editor=by,
    )


def event_of(held: EventDraft, name: AnnouncementId, sequence: int = 0) -> Event:
    """The event, of a draft that was checked; whether it has a number of seats is seen where it is read."""
    return Event(
        name,
        held.starts,
        held.ends,
        held.zone,
        held.recurrence,
        held.place,
        held.meeting_link,
        int(held.seats) if held.seats.isascii() and held.seats.isdigit() else 0,
        _closing(held),
        held.organiser,
        held.question,
        held.reminders,
        held.materials,
        sequence,
    )


def draft_of(announcement: Announcement, events: tuple[Event, ...]) -> Draft:
    """What was filled in, of an announcement and its event where it has one."""
    day, at = NO_DAY, NO_TIME
    if announcement.deadline != NEVER:
        local = wall_clock(announcement.deadline, ZONES[0])
        day = last_day_of(announcement.deadline, ZONES[0])
        at = NO_TIME if local.time() == time.min else local.time()
    return Draft(
        announcement.kind,
        announcement.wordings,
        announcement.channels,
        announcement.topics,
        announcement.audience,
        announcement.link,
        day,
        at,
        announcement.is_urgent,
        tuple(event_draft_of(each) for each in events),
    )


def as_kept(draft: Draft) -> Draft:
    """A draft as it is read back once it is kept: what can be filled in in two ways is written in one."""
    nobody = announcement_of(draft, NO_ANNOUNCEMENT, NOBODY, NEVER)
    return draft_of(nobody, tuple(event_of(each, NO_ANNOUNCEMENT) for each in draft.held))


def event_draft_of(event: Event) -> EventDraft:
    """What was filled in of an event."""
    closing = event.closing
    closes_on = NO_DAY if closing.days == AT_START else event.starts.date() - timedelta(days=closing.days)
    return EventDraft(
        event.starts,
        event.ends,
        event.zone,
        event.place,
        event.meeting_link,
        str(event.capacity) if event.capacity else "",
        closes_on,
        NO_TIME if closes_on == NO_DAY else closing.at,
        event.organiser,
        event.question,
        event.recurrence,
        event.reminders,
        event.materials,
    )


def later(held: EventDraft, now: datetime) -> EventDraft:
    """The same at the same time of the first such weekday that is at least a week away; everything moves along."""
    weeks = max(0, -((held.starts - now.astimezone(ZoneInfo(held.zone)).replace(tzinfo=None) - _WEEK) // _WEEK))
    by = weeks * _WEEK
    rule = held.recurrence
    return replace(
        held,
        starts=held.starts + by,
        ends=held.ends + by,
        closes_on=held.closes_on if held.closes_on == NO_DAY else held.closes_on + by,
        recurrence=rule if rule.frequency is Frequency.ONCE else replace(rule, until=rule.until + by),
        # What was read at one time is not what is read at the next.
        materials=(),
    )


def _closing(held: EventDraft) -> Closing:
    is_same_day = held.closes_on == held.starts.date() and held.closes_at == NO_TIME
    if held.closes_on == NO_DAY or is_same_day:
        return Closing(AT_START)
    return Closing((held.starts.date() - held.closes_on).days, held.closes_at)
