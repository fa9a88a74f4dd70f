"""Calendar files: what another parser unrolls from them is what is stored, and they say nothing of anybody."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from knowledge.events.calendar_series import Entry
from knowledge.events.calendars import Part, feed, invitation, invitation_to_one
from knowledge.events.schedule import occurrences_of, rearranged
from knowledge.model import (
    AnnouncementKind,
    AnnouncementState,
    Event,
    Frequency,
    Language,
    Material,
    Occurrence,
    OccurrenceId,
    Recurrence,
    Wording,
)
from tests.builders import announcement, event, occurrence
from tests.calendar_reading import events_in, read, unrolled
from tests.fakes import NOON

HELSINKI = "Europe/Helsinki"
WEDNESDAYS = Recurrence(Frequency.WEEKLY, 2, date(2027, 1, 31), skips_holidays=True)


def at(text: str) -> datetime:
    """A wall-clock time."""
    return datetime.fromisoformat(text)


def entry(of: Event | None = None, occurrences: Sequence[Occurrence] = (), **changes: object) -> Entry:
    """An announced event; the one of `event()` where none is given."""
    shown = announcement(kind=AnnouncementKind.EVENT, **changes)
    return Entry(shown, of or event(), tuple(occurrences or occurrences_of(of or event(), NOON)))


def series(rule: Recurrence = WEDNESDAYS, starts: str = "2026-11-25T08:30", hours: int = 1) -> Event:
    """A series that begins on a Wednesday in November."""
    return event(starts=at(starts), ends=at(starts) + timedelta(hours=hours), recurrence=rule)


def test_a_single_event_is_told_in_full() -> None:
    """By hand: names, times in the event's zone, the alarm before it, and nothing that could reach anybody."""
    told = entry(
        event(meeting_link="https://example.org/1"),
        wordings=(Wording(Language.FI, 'Tekoälyaamu; "kahvit", tms.', "Rivi\r\nRivi\x00 2"),),
    )
    content = invitation(told, Language.FI, NOON).decode().replace("\r\n ", "")
    assert sorted(content.split("END:VTIMEZONE\r\n")[1].splitlines()) == sorted(
        [
            "BEGIN:VEVENT",
            'SUMMARY:Tekoälyaamu\\; "kahvit"\\, tms.',
            "DTSTART;TZID=Europe/Helsinki:20261209T083000",
            "DTEND;TZID=Europe/Helsinki:20261209T093000",
            "DTSTAMP:20260312T120000Z",
            "UID:a1@solmu",
            "SEQUENCE:0",
            "CATEGORIES:puheentunnistus",
            "CREATED:20260312T120000Z",
            "DESCRIPTION:Rivi\\nRivi 2\\n\\nOsallistu verkossa: https://example.org/1\\n\\nJärjestäjä: Valokehä",
            "LAST-MODIFIED:20260312T120000Z",
            "LOCATION:Valimotie 1\\, Helsinki",
            "ORGANIZER;CN=Valokehä:mailto:organiser@solmu.invalid",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "URL:https://example.org/1",
            "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:invited@solmu.invalid",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            'DESCRIPTION:Tekoälyaamu\\; "kahvit"\\, tms.',
            "TRIGGER:-PT15M",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )
    assert "METHOD:REQUEST\r\n" in content


def test_further_links_stand_in_the_description() -> None:
    """The announcement's own and the materials', in the language of the file."""
    told = entry(event(materials=(Material("Program", "https://example.org/o"),)), link="https://example.org/m")
    [one] = Calendar.from_ical(invitation(told, Language.SV, NOON)).events
    assert str(one["DESCRIPTION"]).split("\n\n") == [
        "Kahvia ja tekoälyä.",
        "Arrangör: Valokehä",
        "Mer information: https://example.org/m",
        "Material:\nProgram: https://example.org/o",
    ]
    assert str(one["URL"]) == "https://example.org/m"


def test_a_series_is_one_rule_without_holidays() -> None:
    """Every other Wednesday; Twelfth Night is left out, one is moved, one cancelled."""
    rule = series()
    first, second, third, fourth = occurrences_of(rule, NOON)
    second = dataclasses.replace(second, is_cancelled=True, sequence=1)
    third = dataclasses.replace(
        third, starts_at=at("2026-12-22T08:00+00:00"), ends_at=at("2026-12-22T09:00+00:00"), place="Turku", sequence=1
    )
    told = entry(rule, (first, second, third, fourth))
    content = invitation(told, Language.FI, NOON)
    lines = content.decode().splitlines()
    assert "RRULE:FREQ=WEEKLY;UNTIL=20270120T063000Z;INTERVAL=2" in lines
    assert "EXDATE;TZID=Europe/Helsinki:20261209T083000,20270106T083000" in lines
    assert "RECURRENCE-ID;TZID=Europe/Helsinki:20261223T083000" in lines
    assert lines.count("SEQUENCE:2") == 2
    assert unrolled(content) == {
        at("2026-11-25T06:30+00:00"): (at("2026-11-25T07:30+00:00"), "Valimotie 1, Helsinki"),
        at("2026-12-22T08:00+00:00"): (at("2026-12-22T09:00+00:00"), "Turku"),
        at("2027-01-20T06:30+00:00"): (at("2027-01-20T07:30+00:00"), "Valimotie 1, Helsinki"),
    }


def test_one_of_a_series_has_a_name_of_its_own() -> None:
    """So that a program that has it alone changes it when the series gets another hour: by the slot it would not."""
    rule = series()
    occurrences = [
        dataclasses.replace(each, id=OccurrenceId(f"o{n}")) for n, each in enumerate(occurrences_of(rule, NOON))
    ]
    later = dataclasses.replace(rule, starts=at("2026-11-25T09:00"), ends=at("2026-11-25T10:00"), sequence=1)
    shifted = rearranged(rule, later, occurrences, NOON).kept
    moved = dataclasses.replace(shifted[1], starts_at=at("2026-12-10T10:00+00:00"), sequence=2)
    stories = [(rule, occurrences), (later, shifted), (later, (shifted[0], moved, *shifted[2:]))]
    found = []
    for of, all_of_it in stories:
        told = entry(of, all_of_it)
        [only] = events_in(invitation_to_one(told, told.occurrences[1], Language.FI, NOON))
        [in_feed] = events_in(feed("Omat", [Part(told, only=told.occurrences[1:2])], Language.FI))
        assert in_feed.uid.value == only.uid.value
        assert not {"rrule", "recurrence-id"} & (only.contents.keys() | in_feed.contents.keys())
        found.append((only.uid.value, only.sequence.value, f"{only.dtstart.value.astimezone(UTC):%d %H:%M}"))
    assert found == [
        ("a1-o1@solmu", "0", "09 06:30"),
        ("a1-o1@solmu", "5", "09 07:00"),
        ("a1-o1@solmu", "6", "10 10:00"),
    ]


def test_what_is_cancelled_is_taken_out_of_calendars() -> None:
    """One of a series by its own name, a whole series and a single event by theirs; each with a higher number."""
    rule = series()
    occurrences = occurrences_of(rule, NOON)
    off = dataclasses.replace(occurrences[1], is_cancelled=True, sequence=1)
    told = entry(rule, (occurrences[0], off, *occurrences[2:]))
    content = invitation_to_one(told, off, Language.FI, NOON)
    [one] = events_in(content)
    assert read(content).method.value == "CANCEL"
    assert (one.status.value, one.sequence.value, "valarm" in one.contents) == ("CANCELLED", "1", False)
    assert (one.uid.value, "recurrence-id" in one.contents) == (f"a1-{off.id}@solmu", False)
    assert off.starts_at not in unrolled(invitation(told, Language.FI, NOON)), "nor does the whole of it have that date"

    for single in (False, True):
        of = event(sequence=3) if single else dataclasses.replace(rule, sequence=3)
        content = invitation(entry(of, state=AnnouncementState.CANCELLED), Language.FI, NOON)
        [whole] = events_in(content)
        assert read(content).method.value == "CANCEL"
        assert (whole.uid.value, whole.status.value, whole.sequence.value) == ("a1@solmu", "CANCELLED", "3")
        assert "recurrence-id" not in whole.contents


def test_a_feed_tells_what_one_may_come_to_as_such() -> None:
    """Own events take time and ring; what merely goes on is shown as free, without an alarm."""
    rule = series()
    occurrences = tuple(occurrences_of(rule, NOON))
    told = entry(rule, occurrences)
    own = Part(told, only=occurrences[:2], maybe=occurrences[1:2])
    events = events_in(feed("Omat", [own], Language.FI))
    assert [each.status.value for each in events] == ["CONFIRMED", "TENTATIVE"]
    assert {each.transp.value for each in events} == {"OPAQUE"}
    assert all("valarm" in each.contents for each in events)
    content = feed("Kaikki", [Part(told)], Language.FI)
    [everything] = events_in(content)
    assert everything.transp.value == "TRANSPARENT"
    assert not {"valarm", "attendee"} & everything.contents.keys()
    assert read(content).method.value == "PUBLISH"
    assert b"X-WR-CALNAME:Kaikki\r\n" in content


def test_a_feed_of_nothing_is_a_calendar_all_the_same() -> None:
    """Cancelled events are gone from it."""
    content = feed("Tyhjä", [Part(entry(state=AnnouncementState.CANCELLED))], Language.FI)
    assert Calendar.from_ical(content).events == []


def test_a_feed_changes_only_with_what_it_tells() -> None:
    """Whoever fetches it again is told that it is as before."""
    one, other = entry(), entry(event("a1", sequence=1))
    assert feed("x", [Part(one)], Language.FI) == feed("x", [Part(one)], Language.FI)
    assert feed("x", [Part(one)], Language.FI) != feed("x", [Part(other)], Language.FI)


@pytest.mark.parametrize(
    "text",
    ["x\r\nATTENDEE:mailto:a@example.org", "x\nEND:VEVENT", "\x00\x1b]0;x\x07", "”é\u2028" * 60, '"; X=1:y', "\\n\\;"],
)
def test_texts_stay_texts(text: str) -> None:
    """Whatever people write: it begins no line of its own, and comes back as it was but for control characters."""
    told = entry(
        event(place=text, organiser=text, meeting_link=text),
        wordings=(Wording(Language.FI, text, text),),
        topics=(text,),
        link=text,
    )
    [one] = Calendar.from_ical(invitation(told, Language.FI, NOON)).events
    [again] = events_in(invitation(told, Language.FI, NOON))
    kept = "".join(letter for letter in text.replace("\r", "") if letter >= " " or letter == "\n").strip()
    assert str(one["SUMMARY"]) == again.summary.value == kept
    assert str(one["LOCATION"]) == again.location.value == kept
    assert str(one["ATTENDEE"]) == "mailto:invited@solmu.invalid"
    assert "URL" not in one


def test_an_occurrence_alone_in_its_event_moves_without_a_rule() -> None:
    """A single event has no slot that a program would have to know."""
    moved = occurrence(starts_at=at("2026-12-10T06:30+00:00"), ends_at=at("2026-12-10T07:30+00:00"))
    [one] = events_in(invitation_to_one(entry(None, (moved,)), moved, Language.FI, NOON))
    assert "recurrence-id" not in one.contents
    assert one.dtstart.value.astimezone(UTC) == moved.starts_at
