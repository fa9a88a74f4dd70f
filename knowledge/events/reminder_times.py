"""When somebody is reminded of an occurrence: so long before it as they wish, and never in their quiet hours.

What would fall into those is put off to their end, or comes at their beginning where their end is too late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.events.schedule import instant, wall_clock
from knowledge.model import Occurrence, ReminderWishes

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder for so many minutes before the start, and when it is to be sent."""

    minutes: int
    send_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """How long before, when not, and by which clock somebody is reminded."""

    minutes: Collection[int]
    wishes: ReminderWishes
    zone: str


def latest_due(occurrence: Occurrence, reader: Reader, since: datetime, now: datetime) -> Due | None:
    """The reminder that is to be sent by now; of several the last, as after a while of standing still.

    What was to be sent by `since` is not: they had just said that they come, or been told of a new time.
    """
    if occurrence.starts_at <= now:
        return None
    times = (Due(minutes, send_time(occurrence, minutes, reader)) for minutes in reader.minutes)
    due = [each for each in times if since < each.send_at <= now]
    return max(due, key=lambda each: (each.send_at, -each.minutes), default=None)


def send_time(occurrence: Occurrence, minutes: int, reader: Reader) -> datetime:
    """The moment for a reminder, moved out of quiet hours."""
    wanted = occurrence.starts_at - timedelta(minutes=minutes)
    quiet = quiet_time(wanted, reader)
    if quiet is None:
        return wanted
    begins, ends = quiet
    return ends if ends < occurrence.starts_at else begins


def not_before(occurrence: Occurrence, reader: Reader, now: datetime) -> datetime:
    """When a reminder that is late may be sent: at once, or after the quiet hours if that is before the start."""
    quiet = quiet_time(now, reader)
    return quiet[1] if quiet and quiet[1] < occurrence.starts_at else now


def quiet_time(moment: datetime, reader: Reader) -> tuple[datetime, datetime] | None:
    """The quiet hours that a moment is in: their first moment, and the first after them."""
    return next((each for each in _quiet_times(moment, reader) if each[0] <= moment < each[1]), None)


def _quiet_times(moment: datetime, reader: Reader) -> Iterator[tuple[datetime, datetime]]:
    begins, ends = reader.wishes.quiet_from, reader.wishes.quiet_until
    if begins == ends:
        return
    today = wall_clock(moment, reader.zone).date()
    for day in (today - _DAY, today):
        last = day if begins < ends else day + _DAY
        yield (
            instant(datetime.combine(day, begins), reader.zone),
            instant(datetime.combine(last, ends), reader.zone),
        )
