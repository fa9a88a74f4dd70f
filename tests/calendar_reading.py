"""Calendars as somebody else's parser reads and unrolls them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import vobject

from knowledge.events.calendar_series import Entry

Times = dict[datetime, tuple[datetime, str]]
"""Start (UTC) to end (UTC) and place."""
_ZONES: dict[str, Any] = vars(vobject.icalendar)["__tzidMap"]
_KNOWN_ZONES = dict(_ZONES)


def read(content: bytes) -> Any:
    """The calendar; raises ValueError where the parser finds a fault, or a line is too long or ends badly."""
    lines = content.split(b"\r\n")
    if content.count(b"\n") != len(lines) - 1 or any(len(line) > 75 for line in lines):
        message = "a line does not end with CRLF, or is longer than 75 bytes"
        raise ValueError(message)
    # It would keep the zone of the first calendar that it ever read.
    _ZONES.clear()
    _ZONES.update(_KNOWN_ZONES)
    calendar = vobject.readOne(content.decode())
    calendar.validate(raiseException=True)
    return calendar


def events_in(content: bytes) -> list[Any]:
    """The events, as they stand there."""
    return list(read(content).contents.get("vevent", []))


def unrolled(content: bytes) -> Times:
    """Every time at which something is held."""
    events = events_in(content)
    replaced = {(each.uid.value, _utc(each.recurrence_id.value)) for each in events if _is_replacing(each)}
    found: Times = {}
    for each in events:
        length = _utc(each.dtend.value) - _utc(each.dtstart.value)
        for start in _starts(each):
            if _is_replacing(each) or (each.uid.value, start) not in replaced:
                found[start] = (start + length, _place(each))
    return found


def stored(told: Entry, since: datetime = datetime(1, 1, 1, tzinfo=UTC)) -> Times:
    """What is stored, not cancelled, and ends after a moment."""
    return {
        each.starts_at: (each.ends_at, each.place or told.event.place)
        for each in told.occurrences
        if not each.is_cancelled and each.ends_at > since
    }


def _starts(event: Any) -> Iterator[datetime]:
    if _is_replacing(event) or "rrule" not in event.contents:
        yield _utc(event.dtstart.value)
        return
    yield from (_utc(start) for start in event.getrruleset(addRDate=True))


def _is_replacing(event: Any) -> bool:
    return "recurrence-id" in event.contents


def _place(event: Any) -> str:
    return str(event.location.value) if "location" in event.contents else ""


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
