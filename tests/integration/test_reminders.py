"""Reminders over a whole life of events: each at most once, none that is not true, none at night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from knowledge.model import (
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    MemberId,
    ReminderWishes,
)
from knowledge.store import Store, open_store
from tests.builders import announcement
from tests.reminding import O1, PEOPLE, STARTS, Life


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for all stories; each begins by clearing it."""
    folder: Path = tmp_path_factory.mktemp("reminders")
    opened = open_store(f"sqlite:///{folder / 'solmu.sqlite'}")
    yield opened
    opened.dispose()


def test_a_week_a_day_and_a_quarter_before(database: Store) -> None:
    """By default; to whoever comes or may come, in New York at a decent hour; whoever does not come hears nothing."""
    life = Life(database)
    life.say("U1", Attendance.GOING)
    life.live(STARTS - timedelta(days=8), step=timedelta(hours=1))
    life.say("U2", Attendance.MAYBE)
    life.live(STARTS + timedelta(hours=1), step=timedelta(minutes=15))
    assert life.told() == [
        # The night there ends at noon by this clock, and begins at two.
        ("T1:U1", "10080", "02.12. 06:30"),
        ("T1:U2", "10080", "02.12. 12:00"),
        ("T1:U1", "1440", "08.12. 06:30"),
        ("T1:U2", "1440", "08.12. 12:00"),
        ("T1:U2", "15", "09.12. 02:00"),
        ("T1:U1", "15", "09.12. 06:15"),
    ]
    assert len({letter.id for letter, _ in life.sent}) == 6


def test_reminders_follow_a_moved_event(database: Store) -> None:
    """For the new time, not the old; what passed when it was moved is not told."""
    life = Life(database)
    life.say("U1", Attendance.GOING)
    life.live(STARTS - timedelta(days=2), step=timedelta(hours=1))
    life.change(timedelta(days=-1))
    life.live(STARTS + timedelta(hours=1), step=timedelta(minutes=5))
    assert life.told() == [("T1:U1", "10080", "02.12. 06:30"), ("T1:U1", "15", "08.12. 06:15")]


def test_nobody_is_reminded_of_what_is_cancelled(database: Store) -> None:
    """Neither of the occurrence, nor of the whole event; not even where the letter was written already."""
    life = Life(database)
    life.say("U1", Attendance.GOING)
    life.clock.now = STARTS - timedelta(days=1)
    life.reminders.write_reminders()
    life.change(cancelled=True)
    life.live(STARTS, step=timedelta(hours=2))
    assert life.told() == []
    life = Life(database)
    life.say("U1", Attendance.GOING)
    with database() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT, state=AnnouncementState.CANCELLED))
        work.commit()
    life.live(STARTS, step=timedelta(hours=2))
    assert life.told() == []


def test_after_standing_still_the_last_one_is_told(database: Store) -> None:
    """Once, whatever process asks."""
    life = Life(database)
    life.say("U1", Attendance.GOING)
    life.clock.now = STARTS - timedelta(hours=20)
    life.reminders.write_reminders()
    life.restart()
    life.reminders.write_reminders()
    life.send()
    life.restart()
    life.live(life.clock.now + timedelta(hours=2))
    assert life.told() == [("T1:U1", "1440", "08.12. 10:30")]


def test_own_wishes_hold_from_now_on(database: Store) -> None:
    """An hour before rather than what the organiser meant; and nothing at all."""
    life = Life(database)
    for user in PEOPLE:
        life.say(user, Attendance.GOING)
    life.reminders.wish(ReminderWishes(MemberId("T1:U1"), (60,), is_own=True, quiet_from=time(0), quiet_until=time(0)))
    life.reminders.wish(ReminderWishes(MemberId("T1:U2"), (), is_own=True))
    assert life.reminders.wishes(MemberId("T1:U2")).is_own
    life.live(STARTS + timedelta(hours=1), step=timedelta(minutes=15))
    assert life.told() == [("T1:U1", "60", "09.12. 05:30")]


STEPS = some.one_of(
    some.tuples(some.just("pass"), some.integers(1, 3000)),
    some.tuples(some.just("near"), some.tuples(some.sampled_from([10080, 1440, 15, 0]), some.integers(-5, 900))),
    some.tuples(some.just("surprise"), some.sampled_from(["cancel", "move", "stay away"])),
    some.tuples(some.just("move"), some.sampled_from([-2880, -75, 15, 60, 1440, 20_000])),
    some.tuples(some.just("say"), some.tuples(some.sampled_from(PEOPLE), some.sampled_from(list(Attendance)))),
    some.tuples(some.just("wish"), some.tuples(some.sampled_from(PEOPLE), some.sets(some.integers(1, 12_000)))),
    some.tuples(some.just("do"), some.sampled_from(["write", "write", "send", "restart", "cancel", "hold"])),
)
BEGINNINGS = some.sampled_from(
    # An ordinary day, the days of both clock changes, and a leap day.
    [
        STARTS,
        datetime(2026, 3, 29, 6, tzinfo=UTC),
        datetime(2026, 10, 25, 5, tzinfo=UTC),
        datetime(2028, 2, 29, 9, tzinfo=UTC),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts=BEGINNINGS, steps=some.lists(STEPS, max_size=20))
def test_whatever_happens_nothing_is_told_twice_or_wrongly(
    database: Store, starts: datetime, steps: list[tuple[str, object]]
) -> None:
    """Edits, sign-ups, restarts and standstills in any order; `Life.check` looks at every single one that is sent."""
    life = Life(database, starts)
    for user in PEOPLE:
        life.say(user, Attendance.GOING)
    for step in steps:
        _do(life, *step)
    life.send()
    names = [letter.id for letter, _ in life.sent]
    assert len(names) == len(set(names))


def _do(life: Life, what: str, how: object) -> None:
    match what, how:
        case "pass", int(minutes):
            life.live(life.clock.now + timedelta(minutes=minutes), step=timedelta(minutes=max(10, minutes / 20)))
        case "near", (int(minutes), int(later)):
            # Standing still until about when something is due, or a while after.
            with life.store.reading() as work:
                starts = work.events.occurrence(O1).starts_at
            life.clock.now = max(life.clock.now, starts + timedelta(minutes=later - minutes))
            life.reminders.write_reminders()
        case "surprise", str(change):
            # Between writing a letter down and sending it.
            _do(life, "near", (15, 1))
            _surprise(life, change)
            life.send()
        case "move", int(minutes):
            life.change(timedelta(minutes=minutes))
        case "say", (str(user), Attendance() as attendance):
            life.say(user, attendance)
        case "wish", (str(user), set() as minutes):
            life.reminders.wish(ReminderWishes(MemberId(f"T1:{user}"), tuple(minutes), is_own=True))
        case "do", str(word):
            _do_one(life, word)


def _do_one(life: Life, word: str) -> None:
    match word:
        case "write":
            life.reminders.write_reminders()
        case "send":
            life.send()
        case "restart":
            life.restart()
        case _:
            life.change(cancelled=word == "cancel")


def _surprise(life: Life, change: str) -> None:
    if change == "stay away":
        life.say("U1", Attendance.NOT_GOING)
    else:
        life.change(timedelta(days=2) if change == "move" else timedelta(), cancelled=change == "cancel")
