"""When the weekly round is held: a weekday and a time of day in Finland."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFF = "off"
GRACE = timedelta(days=1)
"""How much later a round is still held where nothing ran at its time."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Once a week. `weekday` is 0 for Monday."""

    weekday: int
    at: time

    def due_since(self, local: datetime) -> datetime | None:
        """Since when it is due at this moment, given in Finnish time; None where its time was too long ago."""
        day = local.date() - timedelta(days=(local.weekday() - self.weekday) % 7)
        latest = datetime.combine(day, self.at, local.tzinfo)
        if latest > local:
            latest = datetime.combine(day - timedelta(days=7), self.at, local.tzinfo)
        return latest if local < latest + GRACE else None


def read_schedule(text: str) -> Schedule | None:
    """`tue 09:00`; None for `off`. Raises ValueError for anything else."""
    words = text.casefold().split()
    if words == [OFF]:
        return None
    try:
        weekday, at = words
        return Schedule(WEEKDAYS.index(weekday), time.fromisoformat(at))
    except ValueError as error:
        message = f"expected off, or a day of {', '.join(WEEKDAYS)} and a time, such as tue 09:00"
        raise ValueError(message) from error
