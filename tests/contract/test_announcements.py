"""Announcements, events, sign-ups, letters, feeds and leases: in SQL, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from knowledge.errors import NotFoundError
from knowledge.model import (
    NEVER,
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    ChannelId,
    ChannelRule,
    Closing,
    Copy,
    Feed,
    Feedback,
    FeedScope,
    Frequency,
    Language,
    LetterKind,
    Material,
    MemberId,
    OccurrenceId,
    Recurrence,
    ReminderWishes,
    Wording,
)
from knowledge.ports import Lease, UnitOfWorkFactory
from knowledge.store import open_store
from tests.builders import announcement, event, letter, member, occurrence, sign_up
from tests.conftest import PostgreSQL
from tests.fakes import NOON

A1, O1, C1 = AnnouncementId("a1"), OccurrenceId("o1"), ChannelId("C1")
U1, U2 = MemberId("T1:U1"), MemberId("T1:U2")
HOUR = timedelta(hours=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnitOfWorkFactory]:
    """Each of the two in turn, with an event that is out."""
    server: PostgreSQL | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    opened = open_store(server.migrated_database() if server else f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    with opened() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT))
        work.events.put(event())
        work.events.put_occurrence(occurrence())
        work.commit()
    yield opened
    opened.dispose()


def test_an_announcement_is_read_back_and_replaced(store: UnitOfWorkFactory) -> None:
    """Every field survives, times without an end too; a second put replaces."""
    after = announcement(
        kind=AnnouncementKind.FUNDING,
        state=AnnouncementState.DRAFT,
        wordings=(Wording(Language.SV, "Utlysning", "Sök."), Wording(Language.FI, "Haku", "Hae.")),
        channels=(ChannelId("C2"), C1),
        topics=("kotihoito", "puhe"),
        link="https://example.org/haku",
        deadline=datetime(2027, 1, 31, 22, tzinfo=UTC),
        publish_at=NEVER,
        is_urgent=True,
        revision=7,
    )
    with store() as work:
        work.announcements.put(after)
        work.commit()
    with store.reading() as work:
        assert work.announcements.get(A1) == after
        assert work.announcements.within([AnnouncementState.DRAFT]) == [after]
        assert work.announcements.within([AnnouncementState.PUBLISHED]) == []


def test_an_unknown_id_is_an_error(store: UnitOfWorkFactory) -> None:
    """Nothing is made up for it."""
    with store.reading() as work:
        for get in (work.announcements.get, work.events.get, work.events.occurrence):
            with pytest.raises(NotFoundError):
                get("nothing")  # type: ignore[arg-type]


def test_what_is_touched_is_unshown_until_it_is_marked(store: UnitOfWorkFactory) -> None:
    """A change while copies are brought up to date is not lost: the revision has risen above the one shown."""
    with store() as work:
        assert work.announcements.unshown() == [A1]
        work.announcements.mark_shown(A1, work.announcements.get(A1).revision)
        assert work.announcements.unshown() == []
        work.announcements.touch(A1)
        assert work.announcements.get(A1).revision == 2
        assert work.announcements.unshown() == [A1]
        work.announcements.put(announcement(state=AnnouncementState.DRAFT, revision=2))
        assert work.announcements.unshown() == []


def test_copies_and_rules_are_kept_by_channel(store: UnitOfWorkFactory) -> None:
    """One copy and one rule in each channel; putting again replaces."""
    posted = Copy(A1, C1, "1700.1", 1, NOON)
    rule = ChannelRule(C1, needs_approval=True, language=Language.SV)
    with store() as work:
        work.announcements.put_copy(dataclasses.replace(posted, ts=""))
        work.announcements.put_copy(posted)
        work.announcements.put_rule(dataclasses.replace(rule, needs_approval=False))
        work.announcements.put_rule(rule)
        assert work.announcements.copies(A1) == [posted]
        assert work.announcements.rules() == [rule]
        work.announcements.remove_copy(A1, C1)
        assert work.announcements.copies(A1) == []


def test_an_event_is_read_back(store: UnitOfWorkFactory) -> None:
    """Its wall-clock times stay without a zone, its rule and deadline as they were said."""
    after = event(
        starts=datetime(2027, 2, 28, 23, 30),  # noqa: DTZ001 - a time on the wall
        recurrence=Recurrence(Frequency.WEEKLY, 2, date(2027, 6, 1), skips_holidays=True),
        closing=Closing(2, time(12)),
        question="Erityisruokavalio?",
        reminders=(60, 5),
        materials=(Material("Ohjelma", "https://example.org/ohjelma.pdf"),),
        sequence=4,
    )
    with store() as work:
        work.events.put(after)
        assert work.events.get(A1) == after
        assert work.events.have([A1, AnnouncementId("nothing")]) == {A1: after}


def test_occurrences_are_found_by_their_time(store: UnitOfWorkFactory) -> None:
    """The start belongs to the span, the end does not; what is cancelled or not out is not held."""
    first = occurrence()
    later = occurrence("o2", starts_at=first.starts_at + HOUR, ends_at=first.ends_at + HOUR)
    with store() as work:
        work.events.put_occurrence(later)
        work.events.put_occurrence(occurrence("o3", is_cancelled=True))
        assert [each.id for each in work.events.occurrences(A1)] == ["o1", "o3", "o2"]
        assert work.events.occurrences_of([A1, AnnouncementId("nothing")]) == {A1: work.events.occurrences(A1)}
        assert work.events.between(first.starts_at, later.starts_at) == [first]
        assert work.events.between(first.starts_at, later.starts_at + HOUR) == [first, later]
        assert work.events.ended(first.ends_at, later.ends_at) == [later]
        assert work.events.lock_occurrence(O1) == work.events.occurrence(O1) == first
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT, state=AnnouncementState.CANCELLED))
        assert work.events.between(first.starts_at, later.starts_at + HOUR) == []


def test_sign_ups_are_counted_and_ordered(store: UnitOfWorkFactory) -> None:
    """By number, each person once; offers are found when their time is over."""
    going, waiting = sign_up("U1", number=2), sign_up("U2", number=1, attendance=Attendance.WAITING)
    offer = sign_up("U3", number=3, attendance=Attendance.OFFERED, offered_until=NOON, answer="ei", is_visible=True)
    with store() as work:
        assert work.sign_ups.next_number(O1) == 1
        for each in (sign_up("U1", number=2, attendance=Attendance.MAYBE), going, waiting, offer):
            work.sign_ups.put(each)
        assert work.sign_ups.of(O1) == [waiting, going, offer]
        assert work.sign_ups.find(O1, U1) == going
        assert work.sign_ups.find(OccurrenceId("o2"), U1) is None
        assert work.sign_ups.by(U2) == [waiting]
        assert work.sign_ups.next_number(O1) == 4
        counts = {Attendance.GOING: 1, Attendance.WAITING: 1, Attendance.OFFERED: 1}
        assert work.sign_ups.counts([O1, OccurrenceId("o2")]) == {O1: counts}
        assert (work.sign_ups.waiting_before(O1, 1), work.sign_ups.waiting_before(O1, 4)) == (0, 1)
        assert work.sign_ups.offers_over(NOON - HOUR) == []
        assert work.sign_ups.offers_over(NOON) == [offer]


def test_letters_are_sent_once_in_order(store: UnitOfWorkFactory) -> None:
    """The same one twice is one; what is sent is due no more; what is dropped was not sent yet."""
    first, second = letter("l1"), letter("l2", due_at=NOON - HOUR, kind=LetterKind.OFFERED)
    with store() as work:
        assert work.letters.add(first)
        assert not work.letters.add(dataclasses.replace(first, details={}))
        assert work.letters.add(second)
        assert work.letters.due(NOON - HOUR, 9) == [second]
        assert work.letters.due(NOON, 9) == [second, first]
        assert work.letters.due(NOON, 1) == [second]
        sent = dataclasses.replace(second, tries=1, tried_at=NOON, sent_at=NOON)
        work.letters.put(sent)
        assert work.letters.due(NOON, 9) == [first]
        work.letters.drop("o1", [LetterKind.OFFERED, LetterKind.REMINDER])
        assert work.letters.of(U1) == [sent]
        work.letters.forget(NOON + HOUR)
        assert work.letters.of(U1) == []


def test_who_says_nothing_is_reminded_as_usual(store: UnitOfWorkFactory) -> None:
    """Quiet from nine to seven; own wishes are read back."""
    own = ReminderWishes(U1, (30,), is_own=True, quiet_from=time(22, 15), quiet_until=time(6))
    with store() as work:
        assert work.letters.wishes(U1) == ReminderWishes(U1, (), is_own=False)
        work.letters.put_wishes(own)
        assert work.letters.wishes(U1) == own
        assert work.letters.wishes_of([U1, U2]) == {U1: own, U2: ReminderWishes(U2, (), is_own=False)}


def test_feeds_are_found_by_their_secret(store: UnitOfWorkFactory) -> None:
    """And not any more once they are revoked."""
    feed = Feed("a" * 64, U1, FeedScope.TOPIC, "kotihoito", NOON)
    with store() as work:
        work.feeds.put(feed)
        assert work.feeds.find("a" * 64) == feed
        assert work.feeds.of(U1) == [feed]
        work.feeds.remove("a" * 64)
        assert work.feeds.find("a" * 64) is None


def test_a_lease_is_one_holders_until_it_is_given_back(store: UnitOfWorkFactory) -> None:
    """Its holder extends it; another's clock, which may be ahead, ends nothing."""
    with store() as work:
        assert work.leases.take(Lease("clerk", "one", NOON + HOUR))
        assert not work.leases.take(Lease("clerk", "two", NOON + 9 * HOUR))
        assert work.leases.take(Lease("clerk", "one", NOON + 2 * HOUR))
        assert work.leases.named("clerk") == [Lease("clerk", "one", NOON + 2 * HOUR)]
        work.leases.give_back("clerk", "two")
        assert not work.leases.take(Lease("clerk", "two", NOON + 9 * HOUR))
        work.leases.give_back("clerk", "one")
        assert work.leases.take(Lease("clerk", "two", NOON + HOUR))


def test_a_lease_is_extended_and_ended_as_it_was_seen(store: UnitOfWorkFactory) -> None:
    """A holder whose lease was ended or replaced cannot extend it; one that was extended meanwhile cannot be ended."""
    seen = Lease("process:a_b", "one", NOON)
    with store() as work:
        work.leases.put(Lease("clerk", "one", NOON))
        work.leases.put(Lease("process:axb", "two", NOON))
        work.leases.put(seen)
        assert work.leases.extend(Lease("process:a_b", "one", NOON + HOUR))
        assert not work.leases.end(seen)
        assert [lease.name for lease in work.leases.named("process:a_")] == ["process:a_b"]
        current = Lease("process:a_b", "one", NOON + HOUR)
        assert work.leases.named("process:") == [current, Lease("process:axb", "two", NOON)]
        assert work.leases.end(current)
        assert not work.leases.extend(current)
        work.leases.put(Lease("process:axb", "three", NOON))
        assert not work.leases.extend(Lease("process:axb", "two", NOON + HOUR))


def test_somebody_who_leaves_takes_all_with_them(store: UnitOfWorkFactory) -> None:
    """Sign-ups, feedback, letters, feeds and wishes; those of others stay."""
    with store() as work:
        work.members.put(member("U1"))
        for user in ("U1", "U2"):
            person = MemberId(f"T1:{user}")
            work.sign_ups.put(sign_up(user))
            work.sign_ups.rate(Feedback(O1, person, 3, "Hyvä.", NOON))
            work.letters.add(letter(f"l{user}", user))
            work.feeds.put(Feed(user * 30, person, FeedScope.OWN, "", NOON))
            work.letters.put_wishes(ReminderWishes(person, (5,), is_own=True))
        work.members.remove(U1)
        assert [each.person for each in work.sign_ups.of(O1)] == [U2]
        assert [each.person for each in work.sign_ups.ratings(O1)] == [U2]
        assert (work.letters.of(U1), list(work.feeds.of(U1))) == ([], [])
        assert not work.letters.wishes(U1).is_own
        assert (len(work.letters.of(U2)), len(work.feeds.of(U2))) == (1, 1)


def test_what_is_removed_takes_its_event_along(store: UnitOfWorkFactory) -> None:
    """Occurrences, sign-ups and copies too."""
    with store() as work:
        work.sign_ups.put(sign_up())
        work.announcements.put_copy(Copy(A1, C1, "", 0, NOON))
        work.announcements.remove(A1)
        assert work.events.have([A1]) == {}
        assert work.sign_ups.by(U1) == []
        assert work.announcements.copies(A1) == []


def test_words_about_events_are_counted_by_their_time(store: UnitOfWorkFactory) -> None:
    """The last word of each person, from the first moment on and before the last."""
    with store() as work:
        for user, since, attendance in (
            ("U1", NOON, Attendance.GOING),
            ("U2", NOON + HOUR, Attendance.GOING),
            ("U3", NOON + HOUR, Attendance.MAYBE),
            ("U4", NOON + 2 * HOUR, Attendance.GOING),
        ):
            work.sign_ups.put(sign_up(user, since=since, attendance=attendance))
        work.commit()
    with store.reading() as work:
        assert work.sign_ups.said(NOON, NOON + 2 * HOUR) == {Attendance.GOING: 2, Attendance.MAYBE: 1}
        assert work.sign_ups.said(NOON + 3 * HOUR, NOON + 4 * HOUR) == {}
