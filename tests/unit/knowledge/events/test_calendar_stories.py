"""Series to which things have happened: what another parser unrolls from a calendar is what is stored."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from knowledge.events.calendar_series import Entry
from knowledge.events.calendars import Part, feed, invitation
from knowledge.events.schedule import instant, occurrences_of, rearranged
from knowledge.model import AnnouncementKind, Frequency, Language, Occurrence, Recurrence
from tests.builders import announcement, event
from tests.calendar_reading import events_in, stored, unrolled
from tests.fakes import NOON

HELSINKI = "Europe/Helsinki"


def at(text: str) -> datetime:
    """A wall-clock time."""
    return datetime.fromisoformat(text)


RULES = some.builds(
    Recurrence,
    some.sampled_from([Frequency.WEEKLY, Frequency.MONTHLY]),
    some.integers(1, 3),
    some.dates(date(2027, 1, 1), date(2028, 6, 30)),
    some.booleans(),
)
STARTS = some.datetimes(datetime(2026, 1, 1), datetime(2028, 6, 1)).map(  # noqa: DTZ001 - times on the wall
    lambda moment: moment.replace(second=0, microsecond=0)
)
NIGHTS = some.sampled_from(["2026-03-01T03:30", "2026-10-04T03:30", "2028-02-29T10:00", "2027-12-24T23:45"]).map(at)


@some.composite
def stories(draw: some.DrawFn) -> tuple[Entry, datetime]:
    """A series to which things have happened, and the moment at which it is looked at."""
    starts = draw(STARTS | NIGHTS)
    zone = draw(some.sampled_from([HELSINKI, HELSINKI, "America/New_York", "UTC"]))
    of = event(
        starts=starts, ends=starts + draw(some.sampled_from(LENGTHS)), recurrence=draw(RULES), zone=zone, sequence=2
    )
    made = occurrences_of(of, NOON)
    now = instant(starts, zone) + timedelta(days=draw(some.integers(-1, 200)))
    if draw(some.booleans()):
        shift = timedelta(minutes=draw(some.sampled_from([-2880, -90, 0, 60, 1440])))
        after = dataclasses.replace(
            of, starts=of.starts + shift, ends=of.ends + shift, recurrence=draw(RULES), sequence=3
        )
        change = rearranged(of, after, made, now)
        of, made = after, sorted((*change.kept, *change.new), key=lambda each: each.starts_at)
    return Entry(announcement(kind=AnnouncementKind.EVENT), of, tuple(_changed(draw, each) for each in made)), now


LENGTHS = [timedelta(hours=1), timedelta(minutes=45), timedelta(hours=26)]


def _changed(draw: some.DrawFn, one: Occurrence) -> Occurrence:
    match draw(some.sampled_from(["", "", "", "", "cancel", "move", "place"])):
        case "cancel":
            return dataclasses.replace(one, is_cancelled=True, sequence=one.sequence + 1)
        case "move":
            # By what no two can have in common, so that each is told apart by its start.
            by = timedelta(days=2, hours=5, minutes=7)
            times = {"starts_at": one.starts_at + by, "ends_at": one.ends_at + by}
            return dataclasses.replace(one, **times, sequence=one.sequence + 1)  # type: ignore[arg-type]
        case "place":
            return dataclasses.replace(one, place="Muualla", sequence=one.sequence + 1)
    return one


@settings(max_examples=40, deadline=None)
@given(stories())
def test_whatever_happened_is_unrolled_as_it_is_stored(story: tuple[Entry, datetime]) -> None:
    """Moves, cancellations, new rules, holidays, clock changes both ways, leap days: start, end and place agree."""
    told, now = story
    if not told.occurrences:
        return
    assert unrolled(feed("x", [Part(told)], Language.FI)) == stored(told)
    if told.held:
        seen = unrolled(invitation(told, Language.FI, now))
        assert seen.items() <= stored(told).items()
        assert seen.items() >= stored(told, since=now).items()
        assert unrolled(feed("x", [Part(told, only=told.held)], Language.FI)) == stored(told)


@settings(max_examples=15, deadline=None)
@given(stories())
def test_names_are_not_given_twice(story: tuple[Entry, datetime]) -> None:
    """Two of one name in one calendar would be one to a program."""
    told, _ = story
    if not told.occurrences:
        return
    names = [
        (each.uid.value, str(each.recurrence_id.value) if "recurrence-id" in each.contents else "")
        for each in events_in(feed("x", [Part(told)], Language.FI))
    ]
    assert len(names) == len(set(names))
