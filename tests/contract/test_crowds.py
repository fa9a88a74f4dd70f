"""A crowd at the door: many sign up at the same moment, from several threads and processes, on both databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.events.admission import Said
from knowledge.events.sign_ups import SignUps
from knowledge.model import Attendance
from knowledge.store import Store
from tests.signing import O1, Evening, visitor

CROWD, SEATS, THREADS = 500, 50, 16
USERS = [f"U{number:03}" for number in range(CROWD)]
CLICKER = """
import sys
from knowledge.events.sign_ups import SignUps
from knowledge.model import Attendance
from knowledge.store import open_store
from tests.fakes import SetClock
from tests.signing import O1, visitor

url, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
store = open_store(url)
sign_ups = SignUps(store, SetClock())
for number in range(first, last):
    sign_ups.say(O1, visitor(f"U{number:03}"), Attendance.GOING)
store.dispose()
"""


def seated_and_waiting(evening: Evening) -> tuple[list[str], list[str]]:
    """Those with a seat and those on the list, each by the number that they got."""
    return evening.who(Attendance.GOING), evening.who(Attendance.WAITING)


def test_five_hundred_clicks_fill_fifty_seats(store: Store) -> None:
    """Never one more, each has another number, and everybody is told the place that they then have."""
    evening = Evening(store, capacity=SEATS)

    def click(user: str) -> Said:
        return evening.say(user)

    with ThreadPoolExecutor(THREADS) as pool:
        told = dict(zip(USERS, pool.map(click, USERS), strict=True))
    seated, waiting = seated_and_waiting(evening)
    assert (len(seated), len(waiting)) == (SEATS, CROWD - SEATS)
    assert [each.number for each in evening.all()] == list(range(1, CROWD + 1))
    assert {told[user].sign_up.number for user in seated} == set(range(1, SEATS + 1))
    assert [told[user].place for user in waiting] == list(range(1, CROWD - SEATS + 1))
    assert evening.revision() == CROWD + 1


def test_a_storm_of_changes_keeps_every_seat_once(store: Store) -> None:
    """Half of them click twice, a third change their minds at once: seats are never more, and none is lost."""
    evening = Evening(store, capacity=SEATS)
    people = USERS[:120]
    going, not_going = Attendance.GOING, Attendance.NOT_GOING
    clicks = [(user, going) for user in people] + [(user, going) for user in people[::2]]
    clicks += [(user, not_going) for user in people[::3]]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda click: evening.say(*click), clicks))
    held = len(evening.who(Attendance.GOING)) + len(evening.who(Attendance.OFFERED))
    assert held == SEATS
    assert len(evening.all()) == len(people)
    offered = [each for each in evening.all() if each.attendance is Attendance.OFFERED]
    waiting = [each.number for each in evening.all() if each.attendance is Attendance.WAITING]
    assert all(each.number < min(waiting) for each in offered)


def test_several_processes_share_the_seats(store: Store, store_url: str, pytestconfig: pytest.Config) -> None:
    """Two processes, whose people overlap: each person is there once."""
    evening = Evening(store, capacity=SEATS)
    spans: Sequence[tuple[int, int]] = ((0, 80), (40, 120))
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CLICKER, store_url, *map(str, span)],
            stderr=subprocess.PIPE,
            cwd=pytestconfig.rootpath,
        )
        for span in spans
    ]
    assert [process.communicate(timeout=120)[1].decode() for process in processes] == ["", ""]
    seated, waiting = seated_and_waiting(evening)
    assert (len(seated), len(waiting)) == (SEATS, 120 - SEATS)
    assert sorted(seated + waiting) == USERS[:120]
    assert [each.number for each in evening.all()] == list(range(1, 121))


def test_an_editor_and_a_crowd_do_not_wait_for_each_other_forever(store: Store) -> None:
    """Whoever changes the event takes the announcement first, then its occurrences: so does every click."""
    evening = Evening(store, capacity=SEATS)
    other = SignUps(store, evening.clock)

    def edit() -> None:
        for _ in range(20):
            with store() as work:
                work.announcements.put(work.announcements.lock(evening.name))
                work.events.put_occurrence(work.events.lock_occurrence(O1))
                work.announcements.touch(evening.name)
                work.commit()

    with ThreadPoolExecutor(THREADS) as pool:
        editing = pool.submit(edit)
        list(pool.map(lambda user: other.say(O1, visitor(user), Attendance.GOING), USERS[:60]))
        editing.result(timeout=60)
    assert len(evening.who(Attendance.GOING)) == SEATS
    assert evening.revision() == 60 + 20 + 1
