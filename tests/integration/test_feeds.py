"""Feeds and files of real events: what somebody may see now, as another parser reads it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from knowledge.events.admission import Visitor
from knowledge.events.feeds import Feeds
from knowledge.events.invitations import CalendarFiles, Invitations
from knowledge.events.schedule import occurrences_of
from knowledge.model import (
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Audience,
    Event,
    FeedScope,
    Frequency,
    Language,
    MemberId,
    Occurrence,
    OccurrenceId,
    Recurrence,
    Wording,
)
from knowledge.store import Store
from tests.builders import announcement, event, occurrence, sign_up
from tests.calendar_reading import events_in, read, unrolled
from tests.fakes import SetClock

U1, U2 = MemberId("T1:U1"), MemberId("T1:U2")
MEMBER, GUEST = Visitor(U1, Audience.MEMBERS), Visitor(U1, Audience.PUBLIC)
STARTS = datetime(2026, 12, 9, 6, 30, tzinfo=UTC)
WEEKS = Recurrence(Frequency.WEEKLY, 1, date(2026, 12, 31))


class Sight:
    """What people may see, by hand."""

    def __init__(self) -> None:
        self.audience = Audience.MEMBERS

    def __call__(self, person: MemberId) -> Audience:
        """The same for everybody."""
        assert person
        return self.audience


@pytest.fixture
def sight() -> Sight:
    """Everybody is a member."""
    return Sight()


@pytest.fixture
def feeds(store: Store, clock: SetClock, sight: Sight) -> Feeds:
    """The use case."""
    return Feeds(store, clock, sight, lambda _: Language.FI)


def put(store: Store, of: Event, *occurrences: Occurrence, **changes: object) -> Announcement:
    """An event that is out."""
    shown = announcement(of.id, kind=AnnouncementKind.EVENT, **changes)
    with store() as work:
        work.announcements.put(shown)
        work.events.put(of)
        for each in occurrences:
            work.events.put_occurrence(each)
        work.commit()
    return shown


def titles(content: bytes | None) -> list[str]:
    """What is in a feed, by title."""
    assert content is not None
    return sorted({each.summary.value for each in events_in(content)})


def test_a_feed_holds_what_its_owner_may_see_now(store: Store, feeds: Feeds, sight: Sight) -> None:
    """Whoever has become a guest sees public events only; drafts and other announcements are nobody's."""
    put(store, event("a1"), occurrence("o1"), wordings=(Wording(Language.FI, "Jäsenille", ""),))
    put(
        store,
        event("a2"),
        occurrence("o2", of="a2"),
        audience=Audience.PUBLIC,
        wordings=(Wording(Language.FI, "Kaikille", ""),),
    )
    put(store, event("a3"), occurrence("o3", of="a3"), audience=Audience.COORDINATORS)
    put(store, event("a4"), occurrence("o4", of="a4"), state=AnnouncementState.DRAFT)
    token = feeds.make(U1, FeedScope.ALL)
    assert titles(feeds.read(token)) == ["Jäsenille", "Kaikille"]
    sight.audience = Audience.PUBLIC
    assert titles(feeds.read(token)) == ["Kaikille"]


def test_a_topic_feed_holds_its_topic(store: Store, feeds: Feeds) -> None:
    """However it is spelt; the topics to choose from are those of events."""
    put(store, event("a1"), occurrence("o1"), topics=("Kuvantaminen",))
    put(store, event("a2"), occurrence("o2", of="a2"), topics=("etähoiva", "kuvantaminen "))
    assert [topic.casefold() for topic in feeds.topics(U1)] == ["etähoiva", "kuvantaminen"]
    content = feeds.read(feeds.make(U1, FeedScope.TOPIC, "etähoiva"))
    assert content is not None
    assert [each.uid.value for each in events_in(content)] == ["a2@solmu"]
    assert read(content).contents["x-wr-calname"][0].value == "Solmu: tapahtumat aiheesta etähoiva"
    other = feeds.read(feeds.make(U1, FeedScope.TOPIC, "KUVANTAMINEN"))
    assert other is not None
    assert len(events_in(other)) == 2


def test_an_own_feed_holds_what_one_signed_up_for(store: Store, feeds: Feeds) -> None:
    """Those of a series that one comes to, perhaps comes to as such; whoever waits or does not come has none."""
    series = event(recurrence=WEEKS)
    occurrences = [
        dataclasses.replace(each, id=OccurrenceId(f"o{number}"))
        for number, each in enumerate(occurrences_of(series, STARTS))
    ]
    put(store, series, *occurrences)
    said = {"o0": Attendance.GOING, "o1": Attendance.MAYBE, "o2": Attendance.WAITING, "o3": Attendance.NOT_GOING}
    with store() as work:
        for name, attendance in said.items():
            work.sign_ups.put(sign_up(to=name, attendance=attendance))
        work.sign_ups.put(sign_up("U2", to="o3"))
        work.commit()
    content = feeds.read(feeds.make(U1, FeedScope.OWN))
    assert content is not None
    assert [(each.status.value, each.dtstart.value.astimezone(UTC)) for each in events_in(content)] == [
        ("CONFIRMED", STARTS),
        ("TENTATIVE", STARTS + timedelta(days=7)),
    ]
    other = feeds.read(feeds.make(U2, FeedScope.OWN))
    assert other is not None
    assert list(unrolled(other)) == [STARTS + timedelta(days=21)]


def test_what_is_over_stays_for_a_while(store: Store, feeds: Feeds, clock: SetClock) -> None:
    """Ninety days; a series as long as any of it is that recent."""
    put(store, event(), occurrence())
    token = feeds.make(U1, FeedScope.ALL)
    clock.now = STARTS + timedelta(days=90)
    assert titles(feeds.read(token)) == ["Tekoälyaamu"]
    clock.now = STARTS + timedelta(days=91)
    assert titles(feeds.read(token)) == []


def test_a_secret_is_kept_by_nobody_and_one_of_a_kind_is_in_force(store: Store, feeds: Feeds) -> None:
    """A new one takes the place of the old; others stay; what is stored does not open anything."""
    first, own, topic = (
        feeds.make(U1, FeedScope.ALL),
        feeds.make(U1, FeedScope.OWN),
        feeds.make(U1, FeedScope.TOPIC, "x"),
    )
    second = feeds.make(U1, FeedScope.ALL)
    assert len({first, second, own, topic}) == 4
    assert min(map(len, (first, own))) >= 32
    assert feeds.read(first) is None
    assert None not in {feeds.read(second), feeds.read(own), feeds.read(topic)}
    with store.reading() as work:
        stored = {each.token_hash for each in work.feeds.of(U1)}
    assert not stored & {first, second, own, topic}
    assert all(feeds.read(each) is None for each in stored)


def test_only_its_owner_revokes_a_feed(feeds: Feeds) -> None:
    """At once; somebody else's wish changes nothing."""
    token = feeds.make(U1, FeedScope.ALL)
    [made] = feeds.of(U1)
    feeds.revoke(U2, made.token_hash)
    assert feeds.read(token) is not None
    feeds.revoke(U1, made.token_hash)
    assert feeds.read(token) is None
    assert feeds.of(U1) == []


def test_files_are_for_whoever_may_see_the_event(store: Store, clock: SetClock) -> None:
    """A single event is one file; what is not out, or not for them, is none."""
    put(store, event("a1"), occurrence("o1"))
    put(store, event("a2"), occurrence("o2", of="a2"), state=AnnouncementState.WAITING)
    invitations = Invitations(store, clock)
    found = invitations.files(OccurrenceId("o1"), MEMBER, Language.FI)
    assert found is not None
    assert (found.title, found.is_held, [each.day for each in found.files]) == ("Tekoälyaamu", True, ["2026-12-09"])
    assert list(unrolled(found.files[0].content)) == [STARTS]
    assert invitations.files(OccurrenceId("o1"), GUEST, Language.FI) is None
    assert invitations.files(OccurrenceId("o2"), Visitor(U1, Audience.COORDINATORS), Language.FI) is None


def test_a_series_comes_as_this_time_and_as_all(store: Store, clock: SetClock) -> None:
    """Two files, also when the last time is at hand, or all is cancelled: either may be in somebody's calendar."""
    series = event(recurrence=WEEKS)
    occurrences = occurrences_of(series, STARTS)
    shown = put(store, series, *occurrences)
    invitations = Invitations(store, clock)

    def files(of: Occurrence) -> list[tuple[str, int, str]]:
        found = invitations.files(of.id, MEMBER, Language.FI)
        assert found is not None
        return [(each.day, len(unrolled(each.content)), read(each.content).method.value) for each in found.files]

    assert files(occurrences[0]) == [("2026-12-09", 1, "REQUEST"), ("", 4, "REQUEST")]
    clock.now = occurrences[-1].starts_at
    assert files(occurrences[-1]) == [("2026-12-30", 1, "REQUEST"), ("", 4, "REQUEST")]
    with store() as work:
        work.events.put_occurrence(dataclasses.replace(occurrences[-1], is_cancelled=True, sequence=1))
        work.commit()
    assert files(occurrences[-1]) == [("2026-12-30", 1, "CANCEL"), ("", 1, "CANCEL")]
    with store() as work:
        work.announcements.put(dataclasses.replace(shown, state=AnnouncementState.CANCELLED))
        work.commit()
    assert files(occurrences[0]) == [("2026-12-09", 1, "CANCEL"), ("", 1, "CANCEL")]


def _names_in(found: CalendarFiles | None) -> list[tuple[str, str, str]]:
    """Of each file: what it asks for, of which name, and which time of that."""
    assert found is not None
    told = []
    for each in found.files:
        [one] = events_in(each.content)
        slot = f"{one.recurrence_id.value:%d.%m. %H:%M}" if "recurrence-id" in one.contents else ""
        told.append((read(each.content).method.value, one.uid.value, slot))
    return told


def test_a_cancelled_date_goes_by_every_name_that_it_ever_had(store: Store, clock: SetClock) -> None:
    """By its own; and by its time in the series, as it stands where the whole series is, or came by itself once."""
    series = event(recurrence=WEEKS)
    first, second, *rest = occurrences_of(series, STARTS)
    put(store, series, first, dataclasses.replace(second, is_cancelled=True, sequence=1), *rest)
    found = Invitations(store, clock).files(second.id, MEMBER, Language.FI)
    assert _names_in(found) == [("CANCEL", f"a1-{second.id}@solmu", ""), ("CANCEL", "a1@solmu", "16.12. 08:30")]
    assert found is not None
    assert not found.is_all_off


def test_of_a_cancelled_series_every_date_of_ones_own_is_taken_out(store: Store, clock: SetClock) -> None:
    """One name to a file, what is to come; not what is over or declined, and no more than a message holds."""
    series = event(recurrence=Recurrence(Frequency.WEEKLY, 1, date(2027, 6, 30)))
    occurrences = occurrences_of(series, STARTS)
    shown = put(store, series, *occurrences, state=AnnouncementState.CANCELLED)
    over, asked, declined, strange, *later = occurrences
    clock.now = over.ends_at
    invitations = Invitations(store, clock)
    with store() as work:
        for each in (over, asked, *later[:2]):
            work.sign_ups.put(sign_up(to=each.id))
        work.sign_ups.put(sign_up(to=declined.id, attendance=Attendance.NOT_GOING))
        work.sign_ups.put(sign_up("U2", to=strange.id))
        work.commit()
    found = invitations.files(asked.id, MEMBER, Language.FI)
    ones = [("CANCEL", f"{shown.id}-{each.id}@solmu", "") for each in (asked, *later[:2])]
    assert _names_in(found) == [*ones, ("CANCEL", f"{shown.id}@solmu", "")]
    assert found is not None
    assert found.is_all_off
    assert [each.day for each in found.files] == ["2026-12-16", "2027-01-06", "2027-01-13", ""]
    with store() as work:
        for each in later:
            work.sign_ups.put(sign_up(to=each.id))
        work.commit()
    many = invitations.files(asked.id, MEMBER, Language.FI)
    assert many is not None
    assert len(many.files) == 10


def test_whoever_signed_up_takes_out_what_they_no_longer_see(store: Store, clock: SetClock) -> None:
    """By title and time alone; what is held stays closed to them, and what they declined or never knew."""
    series = event(recurrence=WEEKS, meeting_link="https://example.org/1")
    first, second, *rest = occurrences_of(series, STARTS)
    put(store, series, first, dataclasses.replace(second, is_cancelled=True, sequence=1), *rest)
    invitations = Invitations(store, clock)
    assert invitations.files(second.id, GUEST, Language.FI) is None
    with store() as work:
        for each in (first, second):
            work.sign_ups.put(sign_up(to=each.id))
        work.sign_ups.put(sign_up("U2", to=second.id, attendance=Attendance.NOT_GOING))
        work.commit()
    found = invitations.files(second.id, GUEST, Language.FI)
    assert [method for method, _, _ in _names_in(found)] == ["CANCEL", "CANCEL"]
    assert found is not None
    for file in found.files:
        [one] = events_in(file.content)
        assert one.summary.value == "Tekoälyaamu"
        assert not {"description", "location", "url", "categories", "valarm"} & one.contents.keys()
        assert "Valokehä".encode() not in file.content
    assert invitations.files(first.id, GUEST, Language.FI) is None
    assert invitations.files(second.id, Visitor(U2, Audience.PUBLIC), Language.FI) is None


def test_an_event_that_has_lost_its_times_is_left_out(store: Store, feeds: Feeds) -> None:
    """Nothing is told of what is never held."""
    with store() as work:
        work.announcements.put(announcement("a9", kind=AnnouncementKind.EVENT))
        work.events.put(event("a9"))
        assert work.events.have([AnnouncementId("a9")])
        work.commit()
    assert titles(feeds.read(feeds.make(U1, FeedScope.ALL))) == []
