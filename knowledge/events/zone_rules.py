"""Time zones as calendar programs read them: when clocks change in the years that a calendar is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_WEEK = timedelta(days=7)
_EARLIEST = 1971


@dataclass(frozen=True, slots=True)
class _Change:
    """A moment at which clocks are set: `onset` is what they show just before, as a calendar wants it."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def kind(self) -> tuple[timedelta, timedelta, str]:
        """What the changes of one rule have in common."""
        return self.before, self.after, self.name


@lru_cache(maxsize=256)
def zone_lines(zone: str, first: int, last: int) -> bytes:
    """The zone from the year before `first` to `last`, as lines of a calendar; changes of one rule go on after it."""
    start, end = datetime(max(first - 1, _EARLIEST), 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    made = Timezone()
    made.add("TZID", zone)
    rules: dict[tuple[timedelta, timedelta, str], list[_Change]] = defaultdict(list)
    for change in _changes(ZoneInfo(zone), start, end):
        rules[change.kind].append(change)
    for changes in rules.values():
        made.add_component(_rule(changes, last))
    if not rules:
        made.add_component(_steady(ZoneInfo(zone), start))
    return bytes(made.to_ical())


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[_Change]:
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    for day, next_day in pairwise(days):
        if _offset(day, zone) != _offset(next_day, zone):
            moment = _first_after(zone, day, next_day)
            before, local = _offset(day, zone), moment.astimezone(zone)
            onset = (moment + before).replace(tzinfo=None)
            yield _Change(onset, before, _offset(moment, zone), local.tzname() or zone.key, bool(local.dst()))


def _first_after(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The minute at which the offset becomes what it is at `high`."""
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (low, middle) if _offset(middle, zone) == _offset(high, zone) else (middle, high)
    return high


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rule(changes: Sequence[_Change], last: int) -> TimezoneStandard | TimezoneDaylight:
    first = changes[0]
    made = _part(first.onset, first.before, first.after, first.name, is_summer=first.is_summer)
    if byday := _yearly(changes, last):
        made.add("RRULE", vRecur(freq="YEARLY", bymonth=first.onset.month, byday=byday))
    elif changes[1:]:
        made.add("RDATE", [each.onset for each in changes[1:]])
    return made


def _yearly(changes: Sequence[_Change], last: int) -> str:
    """The weekday of the month on which all of them are, such as -1SU, where that holds for every year."""
    onsets = [each.onset for each in changes]
    same = {(onset.month, onset.weekday(), onset.time()) for onset in onsets}
    years = [onset.year for onset in onsets]
    if len(same) > 1 or years != list(range(years[0], last + 1)):
        return ""
    weekday = _WEEKDAYS[onsets[0].weekday()]
    if all((onset + _LAST_WEEK).month != onset.month for onset in onsets):
        return f"-1{weekday}"
    numbers = {(onset.day - 1) // 7 + 1 for onset in onsets}
    return f"{numbers.pop()}{weekday}" if len(numbers) == 1 else ""


def _steady(zone: ZoneInfo, start: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = start.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    return _part(start.replace(tzinfo=None), offset, offset, local.tzname() or "UTC", is_summer=False)


def _part(
    onset: datetime, before: timedelta, after: timedelta, name: str, *, is_summer: bool
) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if is_summer else TimezoneStandard()
    made.add("DTSTART", onset)
    made.add("TZOFFSETFROM", before)
    made.add("TZOFFSETTO", after)
    made.add("TZNAME", name)
    return made
