"""Whatever is said, changed, moved, cancelled and restarted in whatever order: seats, order and letters stay right."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from knowledge.events.admission import SignUpRefusedError
from knowledge.events.seats import fill_seats, letter_id
from knowledge.events.sign_ups import SignUps
from knowledge.model import (
    HOLDS_A_SEAT,
    NEVER,
    AnnouncementKind,
    Attendance,
    LetterKind,
    MemberId,
    Occurrence,
    OccurrenceId,
    SignUp,
)
from knowledge.store import open_store
from tests.builders import announcement, event, occurrence
from tests.fakes import SetClock
from tests.signing import A1, STARTS, visitor

USERS = [f"U{number}" for number in range(1, 8)]
NAMES = [OccurrenceId("o1"), OccurrenceId("o2")]
PEOPLE, TIMES = st.sampled_from(USERS), st.sampled_from(NAMES)
REPLIES = st.sampled_from([Attendance.GOING, Attendance.GOING, Attendance.MAYBE, Attendance.NOT_GOING])
WAITING, GOING, OFFERED = Attendance.WAITING, Attendance.GOING, Attendance.OFFERED
KINDS = (LetterKind.OFFERED, LetterKind.PROMOTED, LetterKind.OFFER_OVER)
Rows = dict[tuple[OccurrenceId, MemberId], SignUp]


@cache
def empty_database() -> Path:
    """A migrated one, to be copied: migrating takes longer than everything else."""
    file = Path(tempfile.mkdtemp(prefix="solmu-test-")) / "solmu.sqlite"
    open_store(f"sqlite:///{file}").dispose()
    return file


@dataclass(frozen=True)
class Sight:
    """All that there is at one moment."""

    now: datetime
    capacity: int
    revision: int
    occurrences: dict[OccurrenceId, Occurrence]
    rows: Rows
    letters: frozenset[str]

    def who(self, name: OccurrenceId, said: Collection[Attendance]) -> set[MemberId]:
        """Whose word about an occurrence is one of these."""
        return {row.person for (of, _), row in self.rows.items() if of == name and row.attendance in said}

    def numbers(self, name: OccurrenceId) -> dict[MemberId, int]:
        """Those who wait."""
        return {person: self.rows[name, person].number for person in self.who(name, {WAITING})}

    def is_ahead(self, name: OccurrenceId) -> bool:
        """Whether it is still to come."""
        found = self.occurrences[name]
        return found.starts_at > self.now and not found.is_cancelled

    def counted(self) -> Counter[tuple[OccurrenceId, Attendance]]:
        """What a card counts."""
        return Counter((name, row.attendance) for (name, _), row in self.rows.items())


class Door(RuleBasedStateMachine):
    """Seven people, an event with few seats that is held twice, and everything that they and time can do."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="solmu-test-"))
        shutil.copy(empty_database(), self.folder / "solmu.sqlite")
        self.clock = SetClock(STARTS - timedelta(days=3))
        self.open()
        with self.store() as work:
            work.announcements.put(announcement(kind=AnnouncementKind.EVENT))
            work.events.put(event())
            work.events.put_occurrence(occurrence())
            later = STARTS + timedelta(days=7)
            work.events.put_occurrence(occurrence("o2", starts_at=later, ends_at=later + timedelta(hours=1)))
            work.commit()
        self.before = self.sight()

    def open(self) -> None:
        """What a process does that starts."""
        self.store = open_store(f"sqlite:///{self.folder / 'solmu.sqlite'}")
        self.sign_ups = SignUps(self.store, self.clock)

    def teardown(self) -> None:
        """Leave nothing."""
        self.store.dispose()
        shutil.rmtree(self.folder)

    @initialize(order=st.permutations(USERS))
    def begin(self, order: list[str]) -> None:
        """Most want to come, to either."""
        for name in NAMES:
            for user in order[:-2]:
                self.say(name, user, GOING)
        self.before = self.sight()

    @rule(name=TIMES, place=st.integers(0, 6))
    def give_up(self, name: OccurrenceId, place: int) -> None:
        """Somebody who has a seat cannot come."""
        held = sorted(self.before.who(name, HOLDS_A_SEAT))
        if held:
            self.say(name, held[place % len(held)].removeprefix("T1:"), Attendance.NOT_GOING)

    @rule(name=TIMES, user=PEOPLE, reply=REPLIES)
    def say(self, name: OccurrenceId, user: str, reply: Attendance) -> None:
        """Somebody clicks, and clicks again: the second time nothing changes, and the same is told."""
        try:
            said = self.sign_ups.say(name, visitor(user), reply)
        except SignUpRefusedError:
            return
        # Before the second click, which would mend what the first one left undone.
        self.look()
        seen = self.before
        again = self.sign_ups.say(name, visitor(user), reply)
        assert (again.sign_up, again.place) == (said.sign_up, said.place)
        assert self.sight() == seen
        ahead = [number for number in seen.numbers(name).values() if number <= said.sign_up.number]
        assert said.place == (len(ahead) if said.sign_up.attendance is WAITING else 0)

    @rule(capacity=st.integers(0, 5))
    def change_seats(self, capacity: int) -> None:
        """A coordinator finds a larger room, a smaller one, or lets anybody come."""
        with self.store() as work:
            locked = work.announcements.lock(A1)
            changed = replace(work.events.get(A1), capacity=capacity)
            work.events.put(changed)
            for each in work.events.occurrences(locked.id):
                fill_seats(work, changed, work.events.lock_occurrence(each.id), self.clock())
            work.announcements.touch(A1)
            work.commit()

    @rule(name=TIMES, hours=st.sampled_from([-80, -30, -5, -1, 1, 6, 50, 200]))
    def move(self, name: OccurrenceId, hours: int) -> None:
        """One time that it is held is moved."""
        self.change(name, lambda found: replace(found, starts_at=found.starts_at + timedelta(hours=hours)))

    @rule(name=TIMES, is_cancelled=st.sampled_from([True, False, False]))
    def cancel(self, name: OccurrenceId, *, is_cancelled: bool) -> None:
        """One time is cancelled, or held after all."""
        self.change(name, lambda found: replace(found, is_cancelled=is_cancelled))

    @rule(user=PEOPLE)
    def leave(self, user: str) -> None:
        """Somebody leaves the network, and everything about them is erased."""
        person = visitor(user).person
        self.sign_ups.withdraw_all(person)
        self.look()
        with self.store() as work:
            work.sign_ups.forget(person)
            work.commit()
        self.before = self.sight()
        assert person not in {each for _, each in self.before.rows}

    @rule(hours=st.sampled_from([-1, 0.5, 3, 12, 24, 60]))
    def wait(self, hours: float) -> None:
        """Time passes, or the clock is set back; nobody looks yet whether an offer has run out."""
        then, now = self.clock() + timedelta(hours=hours), self.clock()
        # Nothing is told to have begun twice.
        if not any(then < each.starts_at <= now for each in self.before.occurrences.values()):
            self.clock.now = then

    @rule()
    def look_what_is_due(self) -> None:
        """Somebody does, and finds nothing more the second time."""
        self.sign_ups.let_offers_run_out()
        seen = self.sight()
        assert not [each for each in seen.rows.values() if each.offered_until <= self.clock()]
        self.sign_ups.let_offers_run_out()
        assert self.sight() == seen

    @rule()
    def restart(self) -> None:
        """The process ends, and another one goes on."""
        self.store.dispose()
        self.open()

    @invariant()
    def all_is_right(self) -> None:
        """After every step."""
        self.look()

    def look(self) -> None:
        """Compare what is now with what was before the step."""
        after = self.sight()
        for name in NAMES:
            seats_are_kept(name, self.before, after)
            order_is_kept(name, self.before, after)
        moves_are_told(self.before, after)
        is_other = after.counted() != self.before.counted()
        assert after.revision > self.before.revision if is_other else after.revision >= self.before.revision
        self.before = after

    def sight(self) -> Sight:
        """What there is now."""
        with self.store.reading() as work:
            return Sight(
                self.clock(),
                work.events.get(A1).capacity,
                work.announcements.get(A1).revision,
                {each.id: each for each in work.events.occurrences(A1)},
                {(name, each.person): each for name in NAMES for each in work.sign_ups.of(name)},
                frozenset(each.id for each in work.letters.due(NEVER, 10_000)),
            )

    def change(self, name: OccurrenceId, how: Callable[[Occurrence], Occurrence]) -> None:
        """What whoever edits an event does to one time that it is held."""
        with self.store() as work:
            work.announcements.lock(A1)
            changed = how(work.events.lock_occurrence(name))
            work.events.put_occurrence(changed)
            fill_seats(work, work.events.get(A1), changed, self.clock())
            work.announcements.touch(A1)
            work.commit()


def seats_are_kept(name: OccurrenceId, before: Sight, after: Sight) -> None:
    """Never more than there are; where there are fewer than before nobody new comes; none stays empty in vain."""
    held = after.who(name, HOLDS_A_SEAT)
    if after.capacity and len(held) > after.capacity:
        assert held <= before.who(name, HOLDS_A_SEAT)
    elif after.is_ahead(name) and (not after.capacity or len(held) < after.capacity):
        assert not after.numbers(name)


def order_is_kept(name: OccurrenceId, before: Sight, after: Sight) -> None:
    """Who waits longer moves up first, and nobody new comes past those who wait."""
    waited, waiting, held = before.numbers(name), after.numbers(name), after.who(name, HOLDS_A_SEAT)
    still = [number for person, number in waited.items() if waiting.get(person) == number]
    moved = [number for person, number in waited.items() if person in held]
    assert not still or not moved or max(moved) < min(still)
    assert len(set(waiting.values())) == len(waiting)
    if held - before.who(name, HOLDS_A_SEAT) - waited.keys():
        assert not waiting


def moves_are_told(before: Sight, after: Sight) -> None:
    """Who moves up, or loses an offer, is told of it then, and nobody is told anything else."""
    due: set[str] = set()
    may: set[str] = set()
    new = after.letters - before.letters
    for key, row in before.rows.items():
        now = after.rows[key].attendance
        offer, given, over = (letter_id(row, kind) for kind in KINDS)
        if row.attendance is WAITING:
            due |= {offer} if now is OFFERED else set()
            # What was offered may have been accepted, or declined, in the same step.
            may |= {offer, given}
            assert now is not GOING or new & {offer, given}
        elif row.attendance is OFFERED and row.offered_until <= after.now and after.is_ahead(key[0]):
            # Whoever leaves with it is told nothing any more.
            due |= {over} if now is Attendance.MAYBE else set()
            may |= {over}
    assert due <= new <= may


Door.TestCase.settings = settings(max_examples=30, stateful_step_count=20)
TestDoor = Door.TestCase
