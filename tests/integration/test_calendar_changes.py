"""What coordinators change reaches calendars: programs go by a number that rises with every change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from knowledge.events.amending import Amending
from knowledge.events.announcing import Announcing
from knowledge.events.calendar_series import Entry
from knowledge.events.calendars import Part, feed
from knowledge.events.changing_one import Move
from knowledge.events.drafts import BadDraftError, Draft
from knowledge.events.publishing import Publishing
from knowledge.model import (
    AnnouncementId,
    AnnouncementKind,
    Frequency,
    Language,
    MemberId,
    Occurrence,
    Recurrence,
    Wording,
)
from knowledge.roles import FixedRoles
from knowledge.store import Store, open_store
from tests.builders import sign_up
from tests.calendar_reading import events_in, unrolled
from tests.drafts import began, draft, held
from tests.fakes import SetClock

AINO = MemberId("T1:UAINO")
BEGINNING = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for all stories, each about an event of its own."""
    folder: Path = tmp_path_factory.mktemp("changes")
    opened = open_store(f"sqlite:///{folder / 'solmu.sqlite'}")
    yield opened
    opened.dispose()


def series(
    weekday: int = 9, hour: int = 8, until: int = 30, title: str = "Tekoälyaamu", place: str = "Valimotie 1"
) -> Draft:
    """A weekly series in December."""
    starts = datetime(2026, 12, weekday, hour, 30)  # noqa: DTZ001 - a time on the wall
    weeks = Recurrence(Frequency.WEEKLY, 1, date(2026, 12, until))
    of = held(starts.isoformat(), (starts + timedelta(hours=1)).isoformat(), recurrence=weeks, place=place)
    return draft(kind=AnnouncementKind.EVENT, held=(of,), wordings=(Wording(Language.FI, title, "x"),))


class Desk:
    """A series that is out, and whoever changes it."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock = store, SetClock(BEGINNING)
        staff = FixedRoles({AINO})
        self.announcing = Announcing(store, self.clock, Publishing(staff))
        self.amending = Amending(store, self.clock, staff)
        made = self.announcing.save(series(), AINO)
        self.name: AnnouncementId = self.announcing.submit(made.id, AINO, self.clock()).id

    def entry(self) -> Entry:
        """As it is stored."""
        with self.store.reading() as work:
            announcement, event = work.announcements.get(self.name), work.events.get(self.name)
            return Entry(announcement, event, tuple(work.events.occurrences(self.name)))

    def coming(self) -> list[Occurrence]:
        """What is still to come."""
        return [each for each in self.entry().held if each.starts_at > self.clock()]

    def do(self, what: str, number: int) -> None:
        """A change, as far as it is possible."""
        self.clock.advance(minutes=1)
        coming = self.coming()
        chosen = coming[number % len(coming)] if coming else None
        if what == "edit":
            drafts = [
                series(title="Uusi nimi"),
                series(until=16),
                series(weekday=10),
                series(hour=9, place="Turku"),
                series(until=23),
            ]
            self.announcing.edit(self.name, drafts[number % len(drafts)], AINO, began(self.store, self.name))
        elif chosen is None:
            return
        elif what == "cancel":
            self.amending.cancel_one(chosen.id, AINO)
        elif what == "move":
            self.amending.move(chosen.id, _moved(chosen, 1 + number % 3), AINO)
        elif what == "sign up":
            with self.store() as work:
                work.sign_ups.put(sign_up(to=chosen.id))
                work.commit()


def by_themselves(of: Entry) -> dict[str, tuple[datetime, int]]:
    """The dates that are held as the calendar of who comes to all has them: by name, when each is, and its number."""
    made = events_in(feed("x", [Part(of, only=of.held)], Language.FI))
    assert not any("recurrence-id" in each.contents for each in made)
    return {each.uid.value: (each.dtstart.value.astimezone(UTC), int(each.sequence.value)) for each in made}


def _moved(one: Occurrence, hours: int) -> Move:
    local = one.slot + timedelta(hours=hours)
    return Move(local, local + timedelta(hours=1))


WHAT = some.sampled_from(["edit", "edit", "cancel", "move", "move", "sign up"])
STEPS = some.lists(some.tuples(WHAT, some.integers(0, 9)), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_change_has_a_higher_number(database: Store, steps: list[tuple[str, int]]) -> None:
    """Whatever else a calendar shows after a change, the number is higher, and what it unrolls is what is stored.

    One date by itself keeps its name, whatever becomes of the series.
    """
    desk = Desk(database)
    before = desk.entry()
    for step in steps:
        try:
            desk.do(*step)
        except BadDraftError:
            continue
        after = desk.entry()
        if feed("x", [Part(after)], Language.FI) != feed("x", [Part(before)], Language.FI):
            assert after.sequence > before.sequence
        stored = {each.starts_at for each in after.held}
        assert set(unrolled(feed("x", [Part(after)], Language.FI))) == stored
        one_by_one = by_themselves(after)
        assert one_by_one == {f"{desk.name}-{each.id}@solmu": (each.starts_at, after.sequence) for each in after.held}
        before = after


def test_an_occurrence_that_was_moved_and_fell_out_of_the_rule_takes_no_number_along(database: Store) -> None:
    """By hand: the last one is moved twice, then the series ends before it; programs have to believe that."""
    desk = Desk(database)
    last = desk.coming()[-1]
    for hours in (1, 2):
        desk.clock.advance(minutes=1)
        desk.amending.move(last.id, _moved(last, hours), AINO)
    was = desk.entry().sequence
    desk.announcing.edit(desk.name, series(until=23), AINO, began(database, desk.name))
    now = desk.entry()
    assert (was, now.sequence) == (2, 3)
    assert last.id not in {each.id for each in now.occurrences}
    [shown] = events_in(feed("x", [Part(now)], Language.FI))
    assert (shown.uid.value, shown.sequence.value) == (f"{desk.name}@solmu", "3")
    assert time(8, 30) == shown.dtstart.value.time()
