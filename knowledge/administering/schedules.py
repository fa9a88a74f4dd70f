"""When a source is read by itself: every day, or on one day of the week, at a time in Finland."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from knowledge.errors import SolmuError
from knowledge.events.schedule import HOME_ZONE, instant, wall_clock
from knowledge.introductions.schedule import WEEKDAYS
from knowledge.model import NEVER, OFF

DAILY = "daily"
DAYS = (DAILY, *WEEKDAYS)
_A_WEEK = 8
"""Days among which a weekly time surely comes again, today's may be over."""


class ScheduleRefusedError(SolmuError):
    """What was written is no schedule."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """`day` is `daily` or a weekday such as `mon`."""

    day: str
    at: time

    def __str__(self) -> str:
        return f"{self.day} {self.at:%H:%M}"

    def after(self, now: datetime) -> datetime:
        """The first time later than this moment, in UTC."""
        today = wall_clock(now, HOME_ZONE).date()
        for days in range(_A_WEEK + 1):
            day = today + timedelta(days=days)
            begins = instant(datetime.combine(day, self.at), HOME_ZONE)
            if begins > now and self.day in {DAILY, WEEKDAYS[day.weekday()]}:
                return begins
        raise AssertionError


def read_timetable(text: str) -> Timetable | None:
    """`daily 03:00` or `mon 03:00`; None for `off`. Raises ScheduleRefusedError for anything else."""
    words = text.casefold().split()
    if words == [OFF]:
        return None
    try:
        day, at = words
        return Timetable(DAYS[DAYS.index(day)], time.fromisoformat(at).replace(second=0, microsecond=0, tzinfo=None))
    except ValueError as error:
        message = f"Write {OFF}, or {DAILY} or a day ({', '.join(WEEKDAYS)}) and a time, such as daily 03:00."
        raise ScheduleRefusedError(message) from error


def next_time(schedule: str, now: datetime) -> datetime:
    """When a schedule comes next after this moment, NEVER where it is off; raises ScheduleRefusedError."""
    timetable = read_timetable(schedule)
    return NEVER if timetable is None else timetable.after(now)
