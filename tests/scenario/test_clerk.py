"""The clerk: one at a time, takes over from one that is gone, coalesces storms, and one failure stops nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.clerk import Chore, Clerk, Turn
from bot.doors import Doors
from bot.lookup import Lookup
from bot.mailing import Mailing
from bot.posting import Posting
from bot.sandbox.values import TEAM
from knowledge.model import AnnouncementId, Attendance, Language, member_id
from knowledge.ports import Lease
from knowledge.roles import FixedRoles
from knowledge.store import Store
from knowledge.wiring import utc_now
from tests.builders import event, sign_up
from tests.scenario.announcing import Mortal, MortalDelivery, announce, copies, is_shown, on_sqlite
from tests.scenario.talking import shown
from tests.standin import COORDINATOR, EVENTS, GENERAL, StandIn

SEATS = 50


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace without a bot process."""
    with StandIn() as standin:
        yield standin


def _clerk(slack: StandIn, store: Store, holder: str, chores: tuple[Chore, ...] = ()) -> Clerk:
    delivery = MortalDelivery(slack, Mortal())
    doors = Doors(Lookup(delivery.client, TEAM), FixedRoles([member_id(TEAM, COORDINATOR)]), COORDINATOR)
    stopping = threading.Event()
    poster = Posting(store, delivery, doors, utc_now)
    mailing = Mailing(store, delivery, {}, lambda _: Language.FI, utc_now, stopping.wait)
    return Clerk(store, poster, mailing, chores, utc_now, Turn(holder, 0.1), stopping)


@contextmanager
def _at_work(*clerks: Clerk) -> Iterator[None]:
    for clerk in clerks:
        clerk.start()
    try:
        yield
    finally:
        for clerk in clerks:
            clerk.stop()


def test_two_clerks_make_one_copy(slack: StandIn, store: Store) -> None:
    """Whoever holds the lease works; the other takes over when that one stops, and at once."""
    first, second = _clerk(slack, store, "first"), _clerk(slack, store, "second")
    with _at_work(second):
        with _at_work(first):
            announce(store, "a1", EVENTS, GENERAL)
            slack.wait_for(lambda: is_shown(store, "a1"))
        announce(store, "a2", EVENTS, GENERAL)
        slack.wait_for(lambda: is_shown(store, "a2"))
    for name in ("a1", "a2"):
        assert [len(copies(slack, name, channel)) for channel in (EVENTS, GENERAL)] == [1, 1]


@on_sqlite
def test_what_fails_stops_nothing_else(slack: StandIn, store: Store) -> None:
    """A chore that fails is tried again; the others are done, and cards are drawn."""
    done: list[str] = []

    def fail() -> None:
        done.append("failed")
        raise ValueError

    with _at_work(_clerk(slack, store, "one", (fail, lambda: done.append("done")))):
        announce(store, "a1", EVENTS)
        slack.wait_for(lambda: is_shown(store, "a1") and len(done) >= 4)
    assert done[:4] == ["failed", "done"] * 2


@on_sqlite
def test_a_storm_of_sign_ups_makes_few_changes(slack: StandIn, store: Store) -> None:
    """500 in a few seconds, one card in two channels: a few calls, and in the end the right numbers."""
    announce(store, "a1", EVENTS, GENERAL, of=event("a1", capacity=SEATS))
    with _at_work(_clerk(slack, store, "one")):
        slack.wait_for(lambda: is_shown(store, "a1"))
        begun = time.monotonic()
        for number in range(500):
            attendance = Attendance.GOING if number < SEATS else Attendance.WAITING
            with store() as work:
                work.sign_ups.put(sign_up(f"U{number}", to="a1-1", number=number, attendance=attendance))
                work.announcements.touch(AnnouncementId("a1"))
                work.commit()
        seconds = time.monotonic() - begun
        slack.wait_for(lambda: is_shown(store, "a1"))
    for channel in (EVENTS, GENERAL):
        assert "50/50 · 450 jonossa" in shown(copies(slack, "a1", channel)[0])
    assert len(slack.calls("chat.update")) <= 2 * (seconds / 3 + 2)


@on_sqlite
def test_nothing_is_done_out_of_turn(slack: StandIn, store: Store) -> None:
    """While another process holds the lease, one only looks on, also where that one's clock is far behind."""
    looked = threading.Event()
    with store() as work:
        assert work.leases.take(Lease("clerk", "other", utc_now().replace(year=2000)))
        work.commit()
    announce(store, "a1", EVENTS)
    with _at_work(_clerk(slack, store, "one", (looked.set,))):
        assert not looked.wait(2.5)
    assert slack.calls("chat.postMessage") == []


@on_sqlite
def test_who_is_gone_loses_its_turn_whatever_its_clock_said(
    slack: StandIn, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was killed while its clock was far ahead keeps nobody from going on."""
    monkeypatch.setattr("bot.clerk.LEASE_SECONDS", 1.0)
    monkeypatch.setattr("bot.clerk.EXTENDED_EVERY", 0.2)
    with store() as work:
        assert work.leases.take(Lease("clerk", "gone", utc_now().replace(year=9000)))
        work.commit()
    looked = threading.Event()
    with _at_work(_clerk(slack, store, "one", (looked.set,))):
        assert looked.wait(20)
