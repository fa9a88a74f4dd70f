"""A year of weekly rounds among invented members who answer, meet, wander off and come back, all by one seed."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.rounds import round_of
from knowledge.introductions.rules import standing
from knowledge.members.parting import keep_for_others
from knowledge.members.profiles import Profiles
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Consent,
    Exclusion,
    Introduction,
    IntroductionState,
    Member,
    MemberId,
    Outcome,
    Reply,
)
from knowledge.roles import FixedRoles
from tests.builders import member, organisation
from tests.fake_people import FakePeople
from tests.fakes import SetClock, SmallEmbedder
from tests.meetings import State, TopicMatching

WEEKS = 52
PERIODS = Periods(reply=timedelta(days=10))
"""So that what nobody answered is still open in the next round."""
TOPICS = [f"aihe {number}" for number in range(40)]
PER_ORGANISATION = 3


@dataclass
class Week:
    """One round: what stood before it, who took part, and what it proposed."""

    state: State
    held: Sequence[Introduction]


@dataclass
class Year:
    """The ecosystem in which the rounds are held."""

    size: int
    seed: int = 1
    people: FakePeople = field(default_factory=FakePeople)
    clock: SetClock = field(default_factory=SetClock)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Everybody joins."""
        self._dice = random.Random(self.seed)
        self.introductions = Introductions(self.people, TopicMatching(), self.clock, PERIODS, FixedRoles())
        self._wishes = Profiles(self.people, SmallEmbedder(), self.clock)
        self._joined = 0
        for _ in range(self.size):
            self._join()

    def weeks(self) -> Iterator[Week]:
        """A round a week, and after each what people make of it."""
        for _ in range(WEEKS):
            self._live()
            with self.people() as work:
                at = standing(work, self.clock())
            state = State(at.members, at.exclusions, at.introductions, at.now, at.rests)
            held = self.introductions.hold_round(round_of(self.clock()))
            yield Week(state, held)
            self._answer(held)
            self.clock.advance(days=7)
            self._do_what_is_due()

    def _live(self) -> None:
        """A few leave and join, change their minds, or want to be left alone."""
        with self.people() as work:
            everybody = list(work.members.all())
        for leaver in self._dice.sample(everybody, self.size // 100):
            self.introductions.end_all_of(leaver.id)
            with self.people() as work:
                keep_for_others(work, leaver.id, self.clock())
                work.members.remove(leaver.id)
                work.commit()
            everybody.remove(leaver)
            self._join()
            self.counts["left"] += 1
        for one, other in self._pairs(everybody, self.size // 100):
            home = self._dice.random() < 0.5
            named = (NOBODY, other.organisation) if home else (other.id, NO_ORGANISATION)
            self._wishes.exclude(
                Exclusion(one.id, *named, for_all=self._dice.random() < 0.3, until=self._until(20, 400))
            )
        for one in self._dice.sample(everybody, self.size // 50):
            self._wishes.snooze(one.id, self._until(7, 60))
            self._change(one.id, self._dice.choice([Consent.ROUNDS, Consent.TOPICS]))

    def _answer(self, held: Sequence[Introduction]) -> None:
        for each in held:
            for side in each.members:
                said = self._dice.random()
                if said < 0.85:
                    self.introductions.reply(each.id, side, Reply.YES if said < 0.65 else Reply.NO)

    def _do_what_is_due(self) -> None:
        for each in self.introductions.due():
            if each.is_open:
                for paused in self.introductions.expire(each.id).paused:
                    self.counts["paused"] += 1
                    if self._dice.random() < 0.7:
                        self._wishes.resume(paused)
                continue
            for side in self.introductions.ask_how_it_went(each.id).members:
                outcome = self._dice.choice([Outcome.USEFUL, Outcome.USEFUL, Outcome.MET, Outcome.NOT_MET])
                self.introductions.tell_outcome(each.id, side, outcome)

    def _join(self) -> None:
        self._joined += 1
        home = organisation(f"Järjestö {self._dice.randrange(self.size // PER_ORGANISATION)}")
        made = member(f"U{self._joined}", of=home, topics=tuple(self._dice.sample(TOPICS, 3)), joined_at=self.clock())
        with self.people() as work:
            work.members.put(made)
            work.commit()

    def _change(self, name: MemberId, consent: Consent) -> None:
        with self.people() as work:
            found = work.members.get(name)
            work.members.put(dataclasses.replace(found, consents=found.consents ^ {consent}))
            work.commit()

    def _pairs(self, everybody: Sequence[Member], count: int) -> Iterator[tuple[Member, Member]]:
        for _ in range(count):
            one, other = self._dice.sample(everybody, 2)
            yield one, other

    def _until(self, least: int, most: int) -> date:
        return self.clock().date() + timedelta(days=self._dice.randint(least, most))


def tally(year: Year, weeks: Sequence[Week]) -> dict[str, float]:
    """What came of a year; states and meetings of those who did not leave."""
    held = [each for week in weeks for each in week.held]
    sides = Counter(side for each in held for side in each.members)
    with year.people() as work:
        members, left = work.members.all(), work.introductions.all()
    states = Counter(each.state for each in left)
    return {
        "members": len(members),
        "left and replaced": year.counts["left"],
        "paused after three silent rounds": year.counts["paused"],
        "proposals": len(held),
        "of them to two who had met before": sum(
            frozenset(each.members) in week.state.between for week in weeks for each in week.held
        ),
        "made": states[IntroductionState.MADE],
        "declined": states[IntroductionState.DECLINED],
        "expired": states[IntroductionState.EXPIRED],
        "most open at once": max(
            max(
                (week.state.open_ones + Counter(side for each in week.held for side in each.members)).values(),
                default=0,
            )
            for week in weeks
        ),
        "proposals to a member, mean": len(held) * 2 / max(len(sides), 1),
        "members never proposed": sum(each.id not in sides for each in members),
    }
