"""What comes with time is begun when its time has come, and once."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import cast

from bot.durable import Durable
from bot.introduction_notes import Change
from bot.rounds import Rounds
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.schedule import Schedule, read_schedule
from knowledge.model import IntroductionState, Reply, Round, RoundId, Side
from knowledge.roles import FixedRoles
from tests.builders import introduction, member
from tests.fake_people import FakePeople
from tests.fakes import NOON, SetClock
from tests.meetings import TopicMatching

TUESDAY = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
"""Nine o'clock in Finland."""


class FakeDurable:
    """Keeps what is taken in; its own work of introductions."""

    def __init__(self) -> None:
        self.introductions = self
        self.taken: list[Change] = []

    def take_in(self, change: Change) -> None:
        """Keep it, once."""
        if change not in self.taken:
            self.taken.append(change)


def _rounds(people: FakePeople, clock: SetClock, schedule: Schedule | None) -> tuple[Rounds, FakeDurable]:
    durable = FakeDurable()
    introductions = Introductions(people, TopicMatching(), clock, Periods(), FixedRoles())
    return Rounds(introductions, people, cast(Durable, durable), schedule, clock, FixedRoles()), durable


def test_the_weeks_round_is_begun_at_its_time() -> None:
    """Not before, not where it was held already, and never without a schedule."""
    people, clock = FakePeople(), SetClock(TUESDAY - timedelta(minutes=1))
    rounds, durable = _rounds(people, clock, read_schedule("tue 09:00"))
    rounds.do_what_is_due()
    assert durable.taken == []
    clock.advance(minutes=1)
    for _ in range(2):
        rounds.do_what_is_due()
    assert [(change.deed, change.subject) for change in durable.taken] == [("round", "2026-W11")]
    with people() as work:
        work.introductions.add_round(Round(RoundId("2026-W11"), clock(), 0, 0))
        work.commit()
    clock.advance(hours=2)
    rounds.do_what_is_due()
    assert len(durable.taken) == 1
    unscheduled, idle = _rounds(FakePeople(), SetClock(TUESDAY), None)
    unscheduled.do_what_is_due()
    assert idle.taken == []


def test_what_is_due_is_begun_and_tried_again_in_an_hour() -> None:
    """An overdue proposal expires, a made introduction is followed up; the rest waits. All that before a round."""
    people, clock = FakePeople(), SetClock()
    made = introduction("made", state=IntroductionState.MADE, due_at=NOON)
    made = dataclasses.replace(made, first=Side(made.first.member, Reply.YES), second=Side(made.second.member))
    with people() as work:
        for user in ("U1", "U2"):
            work.members.put(member(user))
        for each in (made, introduction("late", due_at=NOON), introduction("open")):
            work.introductions.put(each)
        work.commit()
    rounds, durable = _rounds(people, clock, None)
    for _ in range(2):
        rounds.do_what_is_due()
    assert {(change.deed, change.subject) for change in durable.taken} == {("follow_up", "made"), ("expire", "late")}
    assert len(durable.taken) == 2
    clock.advance(hours=1)
    rounds.do_what_is_due()
    assert len({change.id for change in durable.taken}) == 4
    weekly, first = _rounds(people, clock, read_schedule("tue 09:00"))
    clock.now = TUESDAY + timedelta(days=7)
    weekly.do_what_is_due()
    assert [change.deed for change in first.taken][-1] == "round"
