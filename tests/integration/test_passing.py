"""Cards change by themselves when their moment comes: once, also after a time without a bot."""

from __future__ import annotations

from datetime import timedelta

from knowledge.events.passing import Passing
from knowledge.model import (
    AnnouncementId,
    AnnouncementKind,
    AnnouncementState,
    Closing,
    Copy,
)
from knowledge.store import Store
from tests.builders import announcement, event, occurrence
from tests.fakes import NOON, SetClock

A1 = AnnouncementId("a1")
STARTS, ENDS = occurrence().starts_at, occurrence().ends_at
CLOSES = STARTS - timedelta(hours=8, minutes=30)
"""The end of the day before, in Helsinki."""


def _drawn(store: Store, clock: SetClock) -> None:
    """As whoever shows it leaves it."""
    with store() as work:
        found = work.announcements.get(A1)
        work.announcements.put_copy(Copy(A1, found.channels[0], "1.1", found.revision, clock()))
        work.announcements.mark_shown(A1, found.revision)
        work.commit()


def _outdated(store: Store, clock: SetClock) -> bool:
    """Whether the card is to be drawn anew; then it is."""
    touched = Passing(store, clock).have_drawn()
    with store.reading() as work:
        assert list(touched) == list(work.announcements.unshown())
    _drawn(store, clock)
    return bool(touched)


def test_a_card_is_drawn_anew_at_each_moment_of_its_event(store: Store, clock: SetClock) -> None:
    """When sign-up closes, at the start and at the end; and not in between, nor ever after."""
    with store() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT))
        work.events.put(event(closing=Closing(1)))
        work.events.put_occurrence(occurrence())
        work.commit()
    _drawn(store, clock)
    assert not _outdated(store, clock)
    for moment in (CLOSES, STARTS, ENDS):
        clock.now = moment - timedelta(seconds=1)
        assert not _outdated(store, clock)
        clock.now = moment
        assert _outdated(store, clock)
        assert not _outdated(store, clock)
    clock.advance(days=400)
    assert not _outdated(store, clock)


def test_a_deadline_counts_too_also_one_that_was_slept_through(store: Store, clock: SetClock) -> None:
    """However long nobody looked."""
    with store() as work:
        work.announcements.put(announcement(deadline=NOON + timedelta(days=1)))
        work.commit()
    _drawn(store, clock)
    clock.advance(days=30)
    assert _outdated(store, clock)
    assert not _outdated(store, clock)


def test_what_is_settled_is_left_alone_until_it_changes(store: Store, clock: SetClock) -> None:
    """The same passing does not read again what nothing can happen to; a new deadline counts again."""
    with store() as work:
        work.announcements.put(announcement(deadline=NOON - timedelta(days=1)))
        work.commit()
    _drawn(store, clock)
    passing = Passing(store, clock)
    assert list(passing.have_drawn()) == []
    with store() as work:
        work.announcements.put(announcement(deadline=NOON + timedelta(days=1), revision=2))
        work.commit()
    _drawn(store, clock)
    assert list(passing.have_drawn()) == []
    clock.advance(days=1)
    assert list(passing.have_drawn()) == [A1]


def test_what_is_not_out_or_nowhere_is_not_drawn(store: Store, clock: SetClock) -> None:
    """Drafts, cancelled ones, and those without a copy."""
    with store() as work:
        for name, state in (("a2", AnnouncementState.DRAFT), ("a3", AnnouncementState.CANCELLED)):
            work.announcements.put(announcement(name, state=state, deadline=NOON))
            work.announcements.put_copy(Copy(AnnouncementId(name), announcement().channels[0], "1.1", 1, NOON))
        work.announcements.put(announcement("a4", deadline=NOON))
        work.commit()
    clock.advance(days=1)
    assert list(Passing(store, clock).have_drawn()) == []
