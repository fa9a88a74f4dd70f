"""The hours in which somebody does not want to hear from Solmu."""

from __future__ import annotations

from datetime import datetime, timedelta

from knowledge.events.schedule import instant, wall_clock
from knowledge.model import ReminderWishes

_BEFORE = timedelta(minutes=1)
"""How long before the quiet begins that is sent which cannot wait for its end."""


def sendable_at(moment: datetime, start_limit: datetime, wishes: ReminderWishes, zone: str) -> datetime:
    """When that may be sent which is due at a moment: then, or when the quiet of that moment ends in the zone.

    What would be too late then, at `start_limit` or after it, is sent just before the quiet begins instead: it may
    be earlier than the moment, and in the past. Give NEVER as the limit for what can always wait.
    """
    quiet = _quiet_around(moment, wishes, zone)
    if quiet is None:
        return moment
    begins, ends = quiet
    return ends if ends < start_limit else begins - _BEFORE


def _quiet_around(moment: datetime, wishes: ReminderWishes, zone: str) -> tuple[datetime, datetime] | None:
    """The quiet time that holds the moment, if any does: from the moment it begins to the moment it ends."""
    if wishes.quiet_from == wishes.quiet_until:
        return None
    today = wall_clock(moment, zone).date()
    # A quiet night may have begun yesterday.
    for day in (today - timedelta(days=1), today):
        last = day + timedelta(days=int(wishes.quiet_until < wishes.quiet_from))
        begins = instant(datetime.combine(day, wishes.quiet_from), zone)
        ends = instant(datetime.combine(last, wishes.quiet_until), zone)
        if begins <= moment < ends:
            return begins, ends
    return None
