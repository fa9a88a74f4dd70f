"""When an event is held: its rule unrolled into occurrences, by the clock on the wall of its own zone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import holidays
from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from knowledge.model import AT_START, Event, Frequency, Occurrence, OccurrenceId, Recurrence

HOME_ZONE = "Europe/Helsinki"
"""Where the ecosystem is: the zone of whatever names none."""
MOST_OCCURRENCES = 110
"""Two years of weeks: a series ends, and is copied where it goes on."""
_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
_LAST = 5
_DAYS = 7
_Pair = tuple[Occurrence, datetime]
"""An occurrence, and the slot that it has from now on."""


@dataclass(frozen=True, slots=True)
class Rearrangement:
    """What a changed rule does to a series: occurrences as they are now, those that are new, those that are gone.

    `moved` are those of `kept` whose time has changed.
    """

    kept: tuple[Occurrence, ...]
    moved: tuple[Occurrence, ...]
    new: tuple[Occurrence, ...]
    gone: tuple[Occurrence, ...]


def instant(local: datetime, zone: str) -> datetime:
    """The moment (UTC) at which a clock in the zone shows this. Of two such moments the first.

    A time that a clock jumps over is taken as if it had not jumped yet: 03:30 then is 04:30.
    """
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_clock(moment: datetime, zone: str) -> datetime:
    """What a clock in the zone shows at a moment, without the zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def is_jumped_over(local: datetime, zone: str) -> bool:
    """Whether no clock in the zone ever shows this: it is in the hour that spring takes."""
    return wall_clock(instant(local, zone), zone) != local


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    # Sundays are no holidays here: a series on Sundays is meant so.
    return frozenset(day for day in holidays.country_holidays("FI", years=year) if isinstance(day, date))


def is_holiday(day: date) -> bool:
    """Whether it is a public holiday in Finland."""
    return day in _holidays(day.year)


def slots(starts: datetime, recurrence: Recurrence) -> list[datetime]:
    """The wall-clock starts of a series, at most MOST_OCCURRENCES, its holidays left out."""
    found: list[datetime] = []
    for slot in _unrolled(starts, recurrence):
        if len(found) == MOST_OCCURRENCES or slot.date() > recurrence.until:
            break
        if not (recurrence.skips_holidays and is_holiday(slot.date())):
            found.append(slot)
    return found


def bare_slots(starts: datetime, recurrence: Recurrence, last: datetime) -> list[datetime]:
    """Every start that the rule alone has, holidays or not, up to a last one."""
    return list(takewhile(lambda slot: slot <= last, _unrolled(starts, recurrence)))


def _unrolled(starts: datetime, recurrence: Recurrence) -> Iterator[datetime]:
    if recurrence.frequency is Frequency.ONCE:
        return iter((starts,))
    if recurrence.frequency is Frequency.WEEKLY:
        return iter(rrule(WEEKLY, dtstart=starts, interval=recurrence.interval))
    weekday = _WEEKDAYS[starts.weekday()](ordinal(starts.date()))
    return iter(rrule(MONTHLY, dtstart=starts, interval=recurrence.interval, byweekday=weekday))


def ordinal(day: date) -> int:
    """Which of its weekday a day is in its month: 1 to 4, or -1 for the fifth, which is the last."""
    number = (day.day - 1) // _DAYS + 1
    return -1 if number == _LAST else number


def occurrences_of(event: Event, now: datetime) -> list[Occurrence]:
    """Every occurrence of a new event."""
    return [_occurrence(event, slot, now) for slot in slots(event.starts, event.recurrence)]


def rearranged(before: Event, after: Event, existing: Sequence[Occurrence], now: datetime) -> Rearrangement:
    """What becomes of a series' occurrences when its rule or its times change.

    What has begun stays as it was. Of the others, one keeps its sign-ups where the new rule has a slot on its day,
    else in its week; one that was moved or cancelled alone stays so unless its slot changes. What was moved alone out
    of a slot that has passed meanwhile is held in any case: a new rule is about what is still to come.
    """
    begun = [each for each in existing if each.starts_at <= now]
    coming = [each for each in existing if each.starts_at > now]
    pairs, new = _matched(before, after, begun, coming, now)
    kept = [_shifted(before, after, each, slot, now) for each, slot in pairs]
    moved = [new_one for (old, _), new_one in zip(pairs, kept, strict=True) if _times(old) != _times(new_one)]
    return Rearrangement(
        (*begun, *kept),
        tuple(moved),
        tuple(_occurrence(after, slot, now) for slot in new),
        tuple(_without(coming, pairs)),
    )


def _matched(
    before: Event, after: Event, begun: Sequence[Occurrence], coming: Sequence[Occurrence], now: datetime
) -> tuple[list[_Pair], list[datetime]]:
    """Each occurrence that goes on with its slot, by slot, and the slots that are left for new ones."""
    offered = slots(after.starts, after.recurrence)
    free = [slot for slot in offered if instant(slot, after.zone) > now]
    # Before anything goes by the clock: the slot of what was moved alone may have passed.
    pairs = [(each, each.slot) for each in coming if each.slot in (offered if _is_moved(before, each) else free)]
    taken, days = {slot for _, slot in pairs}, {each.slot.date() for each in begun}
    rest = [slot for slot in free if slot not in taken and slot.date() not in days]
    pairs += _nearest(_without(coming, pairs), rest)
    left = [each for each in _without(coming, pairs) if not each.is_cancelled]
    pairs += [(each, each.slot) for each in left if instant(each.slot, before.zone) <= now]
    rest = [slot for slot in rest if slot not in {slot for _, slot in pairs}]
    if not pairs and len(coming) == len(left) == len(rest) == 1:
        # A single one goes to whatever slot there is.
        return [(left[0], rest[0])], []
    return sorted(pairs, key=lambda pair: pair[1]), rest


def _without(occurrences: Sequence[Occurrence], pairs: Sequence[_Pair]) -> list[Occurrence]:
    paired = {each.id for each, _ in pairs}
    return [each for each in occurrences if each.id not in paired]


def _nearest(occurrences: Sequence[Occurrence], free: Sequence[datetime]) -> list[_Pair]:
    """Each with a slot of its day, else of its week, as far as there are any."""
    pairs: list[_Pair] = []
    rest = list(free)
    for key in (datetime.date, _week):
        for each in _without(occurrences, pairs):
            slot = next((slot for slot in rest if key(slot) == key(each.slot)), None)
            if slot is not None:
                pairs.append((each, slot))
                rest.remove(slot)
    return pairs


def _week(slot: datetime) -> tuple[int, int]:
    return slot.isocalendar()[:2]


def _is_moved(event: Event, occurrence: Occurrence) -> bool:
    """Whether it was moved, lengthened or shortened alone: it is at other times than its event's rule has."""
    starts, ends = instant(occurrence.slot, event.zone), instant(occurrence.slot + _length(event), event.zone)
    # What had fallen out of the rule is cancelled, and may be as long as the event was then.
    return occurrence.starts_at != starts or (occurrence.ends_at != ends and not occurrence.is_cancelled)


def _shifted(before: Event, after: Event, occurrence: Occurrence, slot: datetime, now: datetime) -> Occurrence:
    if slot == occurrence.slot and _is_moved(before, occurrence):
        return occurrence
    fresh = _occurrence(after, slot, now)
    if (slot, _times(fresh)) == (occurrence.slot, _times(occurrence)):
        return occurrence
    return replace(
        occurrence,
        slot=slot,
        starts_at=fresh.starts_at,
        ends_at=fresh.ends_at,
        sequence=occurrence.sequence + 1,
        changed_at=now,
    )


def _times(occurrence: Occurrence) -> tuple[datetime, datetime]:
    return occurrence.starts_at, occurrence.ends_at


def _length(event: Event) -> timedelta:
    return event.ends - event.starts


def _occurrence(event: Event, slot: datetime, now: datetime) -> Occurrence:
    return Occurrence(
        OccurrenceId(secrets.token_urlsafe(9)),
        event.id,
        slot,
        instant(slot, event.zone),
        instant(slot + _length(event), event.zone),
        place="",
        meeting_link="",
        is_cancelled=False,
        sequence=0,
        changed_at=now,
    )


def closes_at(event: Event, occurrence: Occurrence) -> datetime:
    """The moment at which sign-up for an occurrence ends: that of its start, or the deadline of its day."""
    if event.closing.days == AT_START:
        return occurrence.starts_at
    day = wall_clock(occurrence.starts_at, event.zone).date() - timedelta(days=event.closing.days)
    if event.closing.at == time.max:
        return instant(datetime.combine(day + timedelta(days=1), time.min), event.zone)
    return min(instant(datetime.combine(day, event.closing.at), event.zone), occurrence.starts_at)


def overlaps(occurrences: Sequence[Occurrence]) -> bool:
    """Whether one begins before another has ended."""
    ordered = sorted(occurrences, key=_times)
    return any(later.starts_at < earlier.ends_at for earlier, later in pairwise(ordered))
