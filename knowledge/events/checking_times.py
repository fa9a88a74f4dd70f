"""What must be right with the times of an event: none in the past, none that a clock jumps over, none at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from knowledge.events.drafts import NO_DAY, NO_MOMENT, NO_TIME, EventDraft, Field, Trouble
from knowledge.events.schedule import instant, is_jumped_over, occurrences_of, overlaps
from knowledge.events.values import event_of
from knowledge.model import NO_ANNOUNCEMENT, Frequency

LONGEST_SERIES = timedelta(days=731)
LONGEST_EVENT = timedelta(days=14)
FURTHEST = timedelta(days=5 * 366)
"""An event further away than this has a slip of the pen in its year."""
Troubles = Iterator[tuple[str, Trouble]]


def time_troubles(held: EventDraft, now: datetime, before: tuple[EventDraft, ...]) -> Troubles:
    """What is wrong with when it is held; nothing is wrong with times that stay as people know them."""
    missing = dict(_missing(held))
    if missing:
        yield from missing.items()
    elif not is_zone(held.zone):
        yield Field.ZONE, Trouble.UNKNOWN_ZONE
    elif not any(_is_same(held, each) for each in before):
        found = dict(span_troubles(held.starts, held.ends, held.zone)) | dict(_of_rule(held))
        yield from (found or dict(_of_series(held, now, is_known=bool(before)))).items()
    elif not any(_closing(held) == _closing(each) for each in before):
        yield from _of_closing(held, now, is_known=True)


def zone_named(written: str) -> str:
    """The time zone as it is spelt, whatever the case; what names none is left as it is."""
    return _zones().get(written.casefold(), written)


def is_zone(name: str) -> bool:
    """Whether it names a time zone."""
    return name in _zones().values()


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    # Names without a place are a computer's own, such as `localtime`: nobody could be told whose time that is.
    return {name.casefold(): name for name in available_timezones() if "/" in name or name == "UTC"}


def span_troubles(starts: datetime, ends: datetime, zone: str) -> Troubles:
    """What is wrong with one time on the wall clock of a zone."""
    for part, local in ((Field.STARTS, starts), (Field.ENDS, ends)):
        if is_jumped_over(local, zone):
            yield part, Trouble.JUMPED_OVER
    if ends <= starts:
        yield Field.ENDS, Trouble.BEFORE_START
    elif ends - starts > LONGEST_EVENT:
        yield Field.ENDS, Trouble.TOO_FAR


def _missing(held: EventDraft) -> Troubles:
    for part, moment in ((Field.STARTS, held.starts), (Field.ENDS, held.ends)):
        if moment == NO_MOMENT:
            yield part, Trouble.MISSING


def _is_same(one: EventDraft, other: EventDraft) -> bool:
    times = one.starts, one.ends, one.zone, one.recurrence
    return times == (other.starts, other.ends, other.zone, other.recurrence)


def _closing(held: EventDraft) -> tuple[date, time]:
    return held.closes_on, held.closes_at


def _of_rule(held: EventDraft) -> Troubles:
    if held.recurrence.frequency is Frequency.ONCE:
        return
    if held.recurrence.until == NO_DAY:
        yield Field.UNTIL, Trouble.MISSING
    elif held.recurrence.until < held.starts.date():
        yield Field.UNTIL, Trouble.BEFORE_START
    elif held.recurrence.until > held.starts.date() + LONGEST_SERIES:
        yield Field.UNTIL, Trouble.TOO_FAR


def _of_series(held: EventDraft, now: datetime, *, is_known: bool) -> Troubles:
    event = event_of(held, NO_ANNOUNCEMENT)
    found = occurrences_of(event, now)
    if not found:
        yield Field.UNTIL, Trouble.NO_DATES
        return
    # Of a series that people know, the first times may have been held.
    if (found[-1] if is_known else found[0]).starts_at <= now:
        yield Field.STARTS, Trouble.PAST
    elif found[0].starts_at > now + FURTHEST:
        yield Field.STARTS, Trouble.TOO_FAR
    elif any(is_jumped_over(each.slot, held.zone) for each in found):
        yield Field.STARTS, Trouble.JUMPED_OVER
    if overlaps(found):
        yield Field.RECURRENCE, Trouble.OVERLAPPING
    yield from _of_closing(held, now, is_known=is_known)


def _of_closing(held: EventDraft, now: datetime, *, is_known: bool) -> Troubles:
    if held.closes_on == NO_DAY:
        return
    closes = datetime.combine(held.closes_on, held.closes_at)
    if held.closes_on > held.starts.date() or (held.closes_at != NO_TIME and closes > held.starts):
        yield Field.CLOSING, Trouble.AFTER_START
    elif not is_known and instant(closes, held.zone) <= now:
        yield Field.CLOSING, Trouble.PAST
