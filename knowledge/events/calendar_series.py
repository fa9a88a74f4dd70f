"""What a calendar program has to be told of an event: one rule, what it has too much, and what differs from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.events.schedule import bare_slots, instant, wall_clock
from knowledge.model import Announcement, AnnouncementState, Event, Frequency, Occurrence


@dataclass(frozen=True, slots=True)
class Entry:
    """An announced event with all of its occurrences, cancelled ones too."""

    announcement: Announcement
    event: Event
    occurrences: tuple[Occurrence, ...]

    @property
    def sequence(self) -> int:
        """Rises with every change of the event or of one occurrence: programs keep what has the highest."""
        return self.event.sequence + sum(each.sequence for each in self.occurrences)

    @property
    def is_series(self) -> bool:
        """Whether its occurrences are told apart by their slots."""
        return self.event.recurrence.frequency is not Frequency.ONCE

    @property
    def is_cancelled(self) -> bool:
        """Whether nothing of it is held."""
        is_off = self.announcement.state is AnnouncementState.CANCELLED
        return is_off or all(each.is_cancelled for each in self.occurrences)

    @property
    def held(self) -> tuple[Occurrence, ...]:
        """The occurrences that are not cancelled, by start."""
        found = () if self.is_cancelled else (each for each in self.occurrences if not each.is_cancelled)
        return tuple(sorted(found, key=lambda each: each.starts_at))

    def named(self, occurrence: Occurrence) -> datetime:
        """The wall-clock time by which programs name an occurrence: its slot, unless no clock ever shows that."""
        return wall_clock(instant(occurrence.slot, self.event.zone), self.event.zone)

    def is_regular(self, occurrence: Occurrence, length: timedelta) -> bool:
        """Whether it is just as the rule says: when, for how long and where."""
        starts = instant(occurrence.slot, self.event.zone)
        times = starts, starts + length
        is_elsewhere = bool(occurrence.place or occurrence.meeting_link)
        return times == (occurrence.starts_at, occurrence.ends_at) and not is_elsewhere


@dataclass(frozen=True, slots=True)
class Series:
    """A series as programs unroll it, by the event's wall clock.

    It begins at `anchor` and ends with `last`; `left_out` are times of the rule at which nothing is held, `added` are
    further ones. `different` are occurrences that stand for one of those times and differ from the rule. `apart` are
    from before the anchor: from a rule that no longer is.
    """

    anchor: datetime
    last: datetime
    left_out: tuple[datetime, ...]
    added: tuple[datetime, ...]
    different: tuple[Occurrence, ...]
    apart: tuple[Occurrence, ...]


def series_of(entry: Entry) -> Series | None:
    """The series of an event that has one; none where everything that is held is from an earlier rule."""
    event, held = entry.event, {each.slot: each for each in entry.held}
    if not (entry.is_series and held):
        return None
    by_rule = bare_slots(event.starts, event.recurrence, max(held))
    shown = [slot for slot in by_rule if slot in held and entry.named(held[slot]) == slot]
    if not shown:
        return None
    anchor, length = shown[0], _length(event, shown[0])
    later = {slot: each for slot, each in held.items() if slot >= anchor}
    added = {slot: entry.named(each) for slot, each in later.items() if slot not in shown}
    odd = [each for each in later.values() if each.slot in added or not entry.is_regular(each, length)]
    return Series(
        anchor,
        shown[-1],
        tuple(slot for slot in by_rule if anchor < slot < shown[-1] and slot not in shown),
        tuple(sorted(added.values())),
        tuple(odd),
        tuple(each for slot, each in held.items() if slot < anchor),
    )


def is_alone(entry: Entry, occurrence: Occurrence) -> bool:
    """Whether programs know an occurrence as an event of its own: it is left over from an earlier rule."""
    if not entry.is_series:
        return occurrence.slot != entry.event.starts and len(entry.occurrences) > 1
    series = series_of(entry)
    if series is None:
        return bool(entry.held)
    return occurrence in series.apart


def length_of(entry: Entry, series: Series) -> timedelta:
    """How long the first of a series lasts, which programs take for all of them."""
    return _length(entry.event, series.anchor)


def _length(event: Event, slot: datetime) -> timedelta:
    return instant(slot + (event.ends - event.starts), event.zone) - instant(slot, event.zone)
