"""Events as calendar programs read them (iCalendar): invitations as files, and feeds that programs subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur

from knowledge.events.calendar_events import Manner, Method, changed_at, event_of, own_uid, tidy, whole_uid
from knowledge.events.calendar_series import Entry, Series, is_alone, length_of, series_of
from knowledge.events.schedule import instant, ordinal
from knowledge.events.zone_rules import zone_lines
from knowledge.model import Frequency, Language, Occurrence

PRODUCT = "-//Solmu//Solmu//FI"
REFRESH = timedelta(hours=1)
"""How often programs are asked to look at a feed again; most look less often."""
KEPT = 4096
"""How many events stay ready as lines: what did not change is not written anew for every reader of a feed."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_END = b"END:VCALENDAR"


@dataclass(frozen=True, slots=True)
class Part:
    """What a feed holds of an event: all of it, or only some of its occurrences.

    `maybe` are those of them that its reader may or may not come to; `is_own` that the reader signed up.
    """

    entry: Entry
    only: tuple[Occurrence, ...] = ()
    maybe: tuple[Occurrence, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether its reader comes."""
        return bool(self.only)


def invitation(entry: Entry, language: Language, now: datetime) -> bytes:
    """The whole event, as a file to be opened; where nothing of it is held, the file takes it out of the calendar."""
    manner = Manner(language, Method.CANCEL if entry.is_cancelled else Method.REQUEST, now)
    return _calendar(manner, entry, _whole(entry, manner))


def invitation_to_one(entry: Entry, occurrence: Occurrence, language: Language, now: datetime) -> bytes:
    """One occurrence by itself, as a file to be opened; where it is not held, the file takes it out of the calendar.

    Of a series it has a name of its own: the file neither needs nor changes the whole of it in somebody's calendar.
    """
    is_off = occurrence.is_cancelled or entry.is_cancelled
    manner = Manner(language, Method.CANCEL if is_off else Method.REQUEST, now)
    return _calendar(manner, entry, [_one(entry, occurrence, manner)])


def withdrawal(entry: Entry, occurrence: Occurrence, language: Language, now: datetime) -> bytes:
    """What takes an occurrence that is not held out of a calendar that has the whole event; with it all that is off.

    Programs know a date of a series that goes on by its time there, and so they do one that came by itself before such
    dates had names of their own.
    """
    if entry.is_cancelled:
        return invitation(entry, language, now)
    if not entry.is_series:
        return invitation_to_one(entry, occurrence, language, now)
    manner = Manner(language, Method.CANCEL, now)
    return _calendar(manner, entry, [_instead(entry, occurrence, manner)])


def feed(name: str, parts: Iterable[Part], language: Language) -> bytes:
    """A calendar that programs fetch again and again; the same as long as nothing in it changes."""
    calendar = _head(Method.PUBLISH)
    for field in ("NAME", "X-WR-CALNAME"):
        calendar.add(field, tidy(name))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", REFRESH)
    shown = [part for part in parts if part.entry.held]
    lines = [*_zones(part.entry for part in shown), *(_lines(part, language) for part in shown)]
    return _closed(calendar, lines)


@lru_cache(KEPT)
def _lines(part: Part, language: Language) -> bytes:
    manner = Manner(language, Method.PUBLISH, changed_at(part.entry), has_alarm=part.is_own, takes_time=part.is_own)
    if not part.is_own:
        return b"".join(each.to_ical() for each in _whole(part.entry, manner))
    held = [each for each in part.only if each in part.entry.held]
    made = (_one(part.entry, each, replace(manner, is_tentative=each in part.maybe)) for each in held)
    return b"".join(each.to_ical() for each in made)


def forget_lines() -> None:
    """Write every event anew the next time, as after a start."""
    _lines.cache_clear()


def _calendar(manner: Manner, entry: Entry, events: Iterable[Event]) -> bytes:
    return _closed(_head(manner.method), [*_zones([entry]), *(each.to_ical() for each in events)])


def _head(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method.value)
    return calendar


def _closed(calendar: Calendar, lines: Iterable[bytes]) -> bytes:
    head, _, _ = bytes(calendar.to_ical()).rpartition(_END)
    return head + b"".join(lines) + _END + b"\r\n"


def _zones(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Each zone of these events once, for all their years."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        found = years.setdefault(entry.event.zone, set())
        found |= {each.starts_at.year for each in entry.occurrences} | {each.ends_at.year for each in entry.occurrences}
    for zone, named in sorted(years.items()):
        yield zone_lines(zone, min(named), max(named))


def _whole(entry: Entry, manner: Manner) -> list[Event]:
    if entry.is_cancelled:
        return [_gone(entry, manner)]
    series = series_of(entry)
    if series is None:
        return [_one(entry, each, manner) for each in _still_told(entry, entry.held, manner) or entry.held]
    different = (_instead(entry, each, manner) for each in series.different)
    apart = (_one(entry, each, manner) for each in _still_told(entry, series.apart, manner))
    return [_series(entry, series, manner), *different, *apart]


def _still_told(entry: Entry, occurrences: Iterable[Occurrence], manner: Manner) -> list[Occurrence]:
    """Without what is over and left over from an earlier rule: only feeds look back."""
    looks_back = manner.method is Method.PUBLISH
    return [each for each in occurrences if looks_back or each.ends_at > manner.stamp or not is_alone(entry, each)]


def _gone(entry: Entry, manner: Manner) -> Event:
    """An event of which nothing is held: a series is named without a slot, and goes with everything that differs."""
    made = event_of(entry, entry.occurrences[-1], whole_uid(entry), manner)
    _set_times(made, _local(entry.event.starts, entry), _local(entry.event.ends, entry))
    return made


def _series(entry: Entry, series: Series, manner: Manner) -> Event:
    made = event_of(entry, replace(entry.held[0], place="", meeting_link=""), whole_uid(entry), manner)
    starts = _local(series.anchor, entry)
    _set_times(made, starts, (starts.astimezone(UTC) + length_of(entry, series)).astimezone(starts.tzinfo))
    made.add("RRULE", vRecur(_rule(entry, series)))
    if series.left_out:
        made.add("EXDATE", [_local(slot, entry) for slot in series.left_out])
    if series.added:
        made.add("RDATE", [_local(slot, entry) for slot in series.added])
    return made


def _rule(entry: Entry, series: Series) -> dict[str, object]:
    rule, until = entry.event.recurrence, instant(series.last, entry.event.zone)
    parts: dict[str, object] = {"freq": rule.frequency.value.upper(), "interval": rule.interval, "until": until}
    if rule.frequency is Frequency.MONTHLY:
        # As the rule has it: what was left out at the beginning may have moved the anchor.
        first = entry.event.starts
        parts["byday"] = f"{ordinal(first.date())}{_WEEKDAYS[first.weekday()]}"
    return parts


def _one(entry: Entry, occurrence: Occurrence, manner: Manner) -> Event:
    """An occurrence by itself: a program needs no series to make sense of it."""
    return _timed(event_of(entry, occurrence, own_uid(entry, occurrence), manner), entry, occurrence)


def _instead(entry: Entry, occurrence: Occurrence, manner: Manner) -> Event:
    """An occurrence beside its series, instead of what that has at this time."""
    made = _timed(event_of(entry, occurrence, whole_uid(entry), manner), entry, occurrence)
    made.add("RECURRENCE-ID", _local(entry.named(occurrence), entry))
    return made


def _timed(made: Event, entry: Entry, occurrence: Occurrence) -> Event:
    zone = ZoneInfo(entry.event.zone)
    _set_times(made, occurrence.starts_at.astimezone(zone), occurrence.ends_at.astimezone(zone))
    return made


def _set_times(made: Event, starts: datetime, ends: datetime) -> None:
    made.add("DTSTART", starts)
    made.add("DTEND", ends)


def _local(slot: datetime, entry: Entry) -> datetime:
    return slot.replace(tzinfo=ZoneInfo(entry.event.zone), fold=0)
