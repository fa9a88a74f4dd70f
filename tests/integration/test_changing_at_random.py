"""Whatever is done to a series in whatever order: nobody is left with an old time, and no seat is given twice."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from knowledge.errors import SolmuError
from knowledge.events.admission import SignUpRefusedError, Visitor
from knowledge.events.amending import Amending
from knowledge.events.announcing import Announcing
from knowledge.events.changing_one import Move
from knowledge.events.drafts import Draft
from knowledge.events.publishing import Publishing
from knowledge.events.schedule import instant, overlaps, wall_clock
from knowledge.events.sign_ups import SignUps
from knowledge.events.telling import CONCERNED
from knowledge.model import (
    HOLDS_A_SEAT,
    AnnouncementId,
    AnnouncementState,
    Attendance,
    Audience,
    Event,
    Frequency,
    LetterKind,
    MemberId,
    Occurrence,
    OccurrenceId,
    Recurrence,
)
from knowledge.roles import FixedRoles
from knowledge.store import Store, open_store
from tests.drafts import began, event_draft
from tests.fakes import NOON, SetClock

COORDINATOR = MemberId("T1:UCOORD")
PEOPLE = tuple(MemberId(f"T1:U{number}") for number in range(4))
FIRST = datetime(2026, 3, 17, 8, 30)  # noqa: DTZ001 - a Tuesday on the wall; the clocks go forward on the 29th
PLACES = ("Valimotie 1", "Rantatie 3")
Known = dict[tuple[MemberId, OccurrenceId], tuple[datetime, datetime, bool, str]]


@pytest.fixture(scope="module")
def file_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for every example: each announces its own event."""
    folder: Path = tmp_path_factory.mktemp("random")
    opened = open_store(f"sqlite:///{folder / 'solmu.sqlite'}")
    yield opened
    opened.dispose()


@dataclass(frozen=True)
class Step:
    """One thing that is done; which numbers mean what depends on `what`."""

    what: str
    which: int
    hours: int
    days: int
    seats: int


def steps(seed: int) -> Sequence[Step]:
    """A dozen of them; many sign up, so that seats run out."""
    chance = random.Random(seed)
    kinds = ["edit", "edit", "move", "cancel_one", "withdraw", "wait", *["sign"] * 6]
    return [
        Step(
            chance.choice(kinds),
            chance.randint(0, 7),
            chance.randint(-7, 14),
            chance.randint(-2, 3),
            chance.randint(0, 3),
        )
        for _ in range(12)
    ]


class Series:
    """A series that is out, and what everybody who comes was last told of their dates."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock = store, SetClock()
        publishing = Publishing(FixedRoles({COORDINATOR}))
        self.announcing = Announcing(store, self.clock, publishing)
        self.amending = Amending(store, self.clock, publishing.roles)
        self.sign_ups = SignUps(store, self.clock)
        made = self.announcing.save(self.draft(Step("edit", 0, 0, 0, 2)), COORDINATOR)
        self.name: AnnouncementId = self.announcing.submit(made.id, COORDINATOR, NOON).id
        self.known: Known = {}

    def draft(self, step: Step) -> Draft:
        """A rule of one of eight kinds, moved by hours and days."""
        starts = FIRST + timedelta(hours=step.hours, days=step.days)
        every, long, place = 1 + step.which % 2, 2 + step.which // 2 % 2 * 3, PLACES[step.which // 4]
        rule = Recurrence(Frequency.WEEKLY, every, starts.date() + timedelta(weeks=long))
        ends = starts + timedelta(hours=1)
        seats = str(step.seats) if step.seats else ""
        return event_draft(starts.isoformat(), ends.isoformat(), place=place, seats=seats, recurrence=rule)

    def look(self) -> tuple[int, Event, Sequence[Occurrence]]:
        """Revision, event and dates as they are."""
        with self.store.reading() as work:
            revision = work.announcements.get(self.name).revision
            return revision, work.events.get(self.name), work.events.occurrences(self.name)

    def do(self, step: Step) -> None:
        """Do it, as far as it is allowed."""
        _, event, found = self.look()
        # People crowd into the first dates, so that seats run out.
        chosen = found[step.which % (2 if step.what == "sign" else len(found)) % len(found)]
        person = Visitor(PEOPLE[step.hours % 4], Audience.MEMBERS)
        if step.what == "edit":
            self.announcing.edit(self.name, self.draft(step), COORDINATOR, began(self.store, self.name))
        elif step.what == "move":
            starts = wall_clock(chosen.starts_at, event.zone) + timedelta(hours=step.hours, days=step.days)
            place = PLACES[step.seats % 2]
            self.amending.move(chosen.id, Move(starts, starts + timedelta(hours=2), place), COORDINATOR)
        elif step.what == "cancel_one":
            self.amending.cancel_one(chosen.id, COORDINATOR)
        elif step.what == "wait":
            self.clock.advance(hours=24 * (step.days + 3))
        else:
            reply = Attendance.GOING if step.what == "sign" else Attendance.NOT_GOING
            self.sign_ups.say(chosen.id, person, reply)
            self.known[person.person, chosen.id] = self.truth(event, chosen)

    def truth(self, event: Event, occurrence: Occurrence) -> tuple[datetime, datetime, bool, str]:
        """All that somebody who comes must know: of what is cancelled, no more than that."""
        if occurrence.is_cancelled:
            return NOON, NOON, True, ""
        place = occurrence.place or event.place
        return occurrence.starts_at, occurrence.ends_at, occurrence.is_cancelled, place

    def check_that_everybody_knows(self, before: int) -> None:
        """Whoever comes to what is still ahead knows how it is, or was written to since."""
        revision, event, found = self.look()
        with self.store.reading() as work:
            coming = {
                (each.person, one.id)
                for one in found
                for each in work.sign_ups.of(one.id)
                if each.attendance in CONCERNED and one.ends_at > self.clock()
            }
            told = {
                (person, letter.subject, bool(letter.details.get("all")))
                for person in PEOPLE
                for letter in work.letters.of(person)
                if letter.kind in {LetterKind.CHANGED, LetterKind.CANCELLED} and f":{revision}:" in letter.id
            }
        by_id = {each.id: each for each in found}
        mine = {one.id for one in found}
        for person, name in coming:
            now = self.truth(event, by_id[name])
            if self.known[person, name] != now:
                assert revision > before
                assert any(who == person and (about == name or (rest and about in mine)) for who, about, rest in told)
                self.known[person, name] = now


@pytest.mark.parametrize("seed", range(40))
def test_nobody_is_left_with_an_old_time(file_store: Store, seed: int) -> None:
    """Also where a step is refused, which changes nothing at all; what has begun is never moved."""
    series = Series(file_store)
    for step in steps(seed):
        revision, event, found = series.look()
        begun = {each.id: each for each in found if each.starts_at <= series.clock()}
        try:
            series.do(step)
        except (SolmuError, SignUpRefusedError):
            assert series.look() == (revision, event, found)
        _, after, now = series.look()
        by_id = {each.id: each for each in now}
        assert {name: by_id.get(name) for name in begun} == begun
        assert after.sequence >= event.sequence
        assert all(by_id[each.id].sequence >= each.sequence for each in found if each.id in by_id)
        assert not overlaps([each for each in now if not each.is_cancelled and each.starts_at > series.clock()])
        with file_store.reading() as work:
            counts = work.sign_ups.counts([each.id for each in now])
        if after.capacity:
            for each in now:
                if each.starts_at > series.clock() and not each.is_cancelled:
                    taken = sum(counts.get(each.id, {}).get(kind, 0) for kind in HOLDS_A_SEAT)
                    assert taken <= after.capacity
        series.check_that_everybody_knows(revision)


@given(hours=some.integers(-3, 3), days=some.integers(-3, 3))
@settings(max_examples=20)
def test_a_series_keeps_the_clock_on_the_wall_when_it_is_changed(file_store: Store, hours: int, days: int) -> None:
    """On both sides of the clock change every date is at the hour that was asked for, as a clock in Helsinki shows."""
    series = Series(file_store)
    step = Step("edit", 2, hours, days, 0)
    series.do(step)
    [held] = series.draft(step).held
    _, event, found = series.look()
    for each in found:
        assert wall_clock(each.starts_at, event.zone).time() == held.starts.time()
        assert each.starts_at == instant(each.slot, event.zone)


def test_cancelling_the_whole_ends_it(file_store: Store) -> None:
    """Nothing of it can be changed any more."""
    series = Series(file_store)
    cancelled = series.amending.cancel(series.name, COORDINATOR)
    assert cancelled.state is AnnouncementState.CANCELLED
    for what in ("edit", "move", "cancel_one"):
        with pytest.raises(SolmuError):
            series.do(replace(Step("edit", 1, 1, 1, 1), what=what))
