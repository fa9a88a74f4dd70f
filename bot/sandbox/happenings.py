"""The events and news of the invented network, always around the day on which the sandbox is started."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.sandbox.folder import SAMPLE
from bot.sandbox.seed import COORDINATOR
from bot.sandbox.slack import utc_now
from bot.sandbox.values import TEAM
from knowledge.events.schedule import HOME_ZONE, instant, occurrences_of
from knowledge.introductions.schedule import WEEKDAYS
from knowledge.model import (
    AT_START,
    NEVER,
    NOBODY,
    ONCE,
    REMINDERS,
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Audience,
    ChannelId,
    Closing,
    Event,
    Frequency,
    Language,
    Material,
    Recurrence,
    SignUp,
    Wording,
    member_id,
)
from knowledge.ports import UnitOfWork
from knowledge.store import open_store

HAPPENINGS = SAMPLE / "events.jsonl"
LONG_AGO = timedelta(days=3)
"""The sample's news are not of this minute."""
Told = dict[str, Any]


def announce_events(database: str) -> None:
    """Publish the sample's events and news where the database knows none of them yet, and have all shown anew.

    The workspace forgets its messages when the sandbox stops; the database does not.
    """
    store = open_store(database)
    now = utc_now()
    try:
        with store() as work:
            known = {each.id for each in work.announcements.within(list(AnnouncementState))}
            for each in known:
                _forget_copies(work, each)
            for place, line in enumerate(HAPPENINGS.read_text(encoding="utf-8").splitlines()):
                told = json.loads(line)
                if told["id"] not in known:
                    # One after the other, as they are posted.
                    _announce(work, told, now + timedelta(seconds=place))
            work.commit()
    finally:
        store.dispose()


def _forget_copies(work: UnitOfWork, announcement: AnnouncementId) -> None:
    for copy in work.announcements.copies(announcement):
        work.announcements.remove_copy(announcement, copy.channel)
        work.announcements.touch(announcement)


def _announce(work: UnitOfWork, told: Told, now: datetime) -> None:
    work.announcements.put(_announcement(told, now))
    if told["kind"] != AnnouncementKind.EVENT:
        return
    event = _event(told, now.date())
    work.events.put(event)
    occurrences = occurrences_of(event, now - LONG_AGO)
    for each in occurrences:
        work.events.put_occurrence(each)
    said = [(user, Attendance.GOING) for user in told["going"]]
    said += [(user, Attendance.MAYBE) for user in told.get("maybe", ())]
    for number, (user, attendance) in enumerate(said, 1):
        person = member_id(TEAM, user)
        since = now - LONG_AGO
        # Shown to others: they are invented.
        work.sign_ups.put(SignUp(occurrences[0].id, person, attendance, number, since, NEVER, is_visible=True))


def _announcement(told: Told, now: datetime) -> Announcement:
    deadline = NEVER
    if "deadline_week" in told:
        day = _day(now.date(), told["deadline_week"], told["deadline_weekday"])
        deadline = instant(datetime.combine(day + timedelta(days=1), time.min), HOME_ZONE)
    return Announcement(
        AnnouncementId(told["id"]),
        AnnouncementKind(told["kind"]),
        AnnouncementState.PUBLISHED,
        member_id(TEAM, COORDINATOR),
        NOBODY,
        tuple(Wording(Language(code), title, text) for code, title, text in told["wordings"]),
        tuple(ChannelId(each) for each in told["channels"]),
        tuple(told["topics"]),
        Audience(told["audience"]),
        told.get("link", ""),
        deadline,
        publish_at=now - LONG_AGO,
        is_urgent=False,
        revision=1,
        made_at=now - LONG_AGO,
    )


def _event(told: Told, today: date) -> Event:
    day = _day(today, told["week"], told["weekday"])
    starts, ends = (datetime.combine(day, time.fromisoformat(told[name])) for name in ("start", "end"))
    return Event(
        AnnouncementId(told["id"]),
        starts,
        ends,
        HOME_ZONE,
        _recurrence(told, day),
        told.get("place", ""),
        told.get("meeting_link", ""),
        told.get("capacity", 0),
        Closing(told.get("closing_days", AT_START)),
        told["organiser"],
        told.get("question", ""),
        REMINDERS,
        tuple(Material(title, url) for title, url in told.get("materials", ())),
    )


def _recurrence(told: Told, first: date) -> Recurrence:
    if "every_weeks" not in told:
        return ONCE
    until = first + timedelta(weeks=told["weeks_long"])
    return Recurrence(Frequency.WEEKLY, told["every_weeks"], until, skips_holidays=told["skips_holidays"])


def _day(today: date, week: int, weekday: str) -> date:
    """A weekday of the week that is `week` weeks from this one."""
    return today - timedelta(days=today.weekday()) + timedelta(weeks=week, days=WEEKDAYS.index(weekday))
