"""Whatever people do in whatever order: consent is kept, nobody is overloaded, and a leaver breaks nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from knowledge.introductions.drafting import RefusedError
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.rounds import taking_part
from knowledge.introductions.rules import Rules, standing
from knowledge.members.parting import keep_for_others
from knowledge.members.profiles import Profiles
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Consent,
    Exclusion,
    Introduction,
    Member,
    MemberId,
    Outcome,
    Reply,
    RoundId,
)
from knowledge.roles import FixedRoles
from tests.builders import member, organisation
from tests.fake_people import FakePeople
from tests.fakes import SetClock, SmallEmbedder
from tests.meetings import State, TopicMatching

USERS = [f"U{number}" for number in range(1, 9)]
HOMES = [organisation(f"Järjestö {number}") for number in (1, 2, 3)]
TOPICS = ("puheentunnistus", "etähoiva", "kuvantaminen")
PLACES = st.integers(0, 7)


class Ecosystem(RuleBasedStateMachine):
    """Eight people of three organisations, and everything that they and time can do."""

    def __init__(self) -> None:
        super().__init__()
        self.people = FakePeople()
        self.clock = SetClock()
        self.introductions = Introductions(
            self.people, TopicMatching(), self.clock, Periods(), FixedRoles([MemberId("T1:U99")])
        )
        self.wishes = Profiles(self.people, SmallEmbedder(), self.clock)
        self.rounds = 0

    @initialize()
    def begin(self) -> None:
        """Everybody is there."""
        for number in range(8):
            self.join(number, number % 3, number % 3)

    @rule(number=PLACES, home=st.integers(0, 2), topic=st.integers(0, 2))
    def join(self, number: int, home: int, topic: int) -> None:
        """Somebody joins, or fills in the profile anew."""
        made = member(USERS[number], of=HOMES[home], topics=(TOPICS[topic], TOPICS[(topic + number) % 3]))
        with self.people() as work:
            work.members.put(dataclasses.replace(made, joined_at=self.clock()))
            work.commit()

    @rule(number=PLACES)
    def leave(self, number: int) -> None:
        """Somebody leaves."""
        name = MemberId(f"T1:{USERS[number]}")
        self.introductions.end_all_of(name)
        with self.people() as work:
            keep_for_others(work, name, self.clock())
            work.members.remove(name)
            work.commit()
        with self.people() as work:
            assert not any(name in each.members for each in work.introductions.all())
            assert not any(name in {wish.by, wish.member} for wish in work.members.exclusions())

    @rule(number=PLACES, consent=st.sampled_from([Consent.ROUNDS, Consent.TOPICS]))
    def change_mind(self, number: int, consent: Consent) -> None:
        """A consent is given or taken back."""
        for found in self._found(number):
            self._put(dataclasses.replace(found, consents=found.consents ^ {consent}))

    @rule(number=PLACES, about=PLACES, whole=st.booleans(), for_all=st.booleans(), days=st.sampled_from([0, 10, 400]))
    def exclude(self, number: int, about: int, *, whole: bool, for_all: bool, days: int) -> None:
        """Somebody does not want to meet another, or anybody of the other's organisation."""
        for found in self._found(number):
            for other in self._found(about):
                named, home = (NOBODY, other.organisation) if whole else (other.id, NO_ORGANISATION)
                until = self.clock().date() + timedelta(days=days)
                self.wishes.exclude(Exclusion(found.id, named, home, for_all=for_all, until=until))

    @rule(place=st.integers(0, 30), is_first=st.booleans())
    @precondition(lambda self: self._all())
    def exclude_blindly(self, place: int, *, is_first: bool) -> None:
        """Somebody does not want to meet whom a proposal was about."""
        each = self._all()[place % len(self._all())]
        by, about = each.members if is_first else reversed(each.members)
        self.wishes.exclude(Exclusion.suggested(by, about, each.id, self.clock().date()))

    @rule(number=PLACES, days=st.sampled_from([0, 5, 40]))
    def snooze(self, number: int, days: int) -> None:
        """Somebody wants to be left alone."""
        for found in self._found(number):
            self.wishes.snooze(found.id, self.clock().date() + timedelta(days=days))

    @rule(days=st.sampled_from([1, 7, 14, 90, 200]))
    def wait(self, days: int) -> None:
        """Time passes, and what is due is done."""
        self.clock.advance(days=days)
        for each in self.introductions.due():
            if each.is_open:
                self.introductions.expire(each.id)
            else:
                self.introductions.ask_how_it_went(each.id)
        assert list(self.introductions.due()) == []

    @rule(place=st.integers(0, 30), is_first=st.booleans(), said=st.sampled_from([Reply.YES, Reply.YES, Reply.NO]))
    @precondition(lambda self: self._all())
    def reply(self, place: int, *, is_first: bool, said: Reply) -> None:
        """A side answers, be it for the first time, again, or too late."""
        each = self._all()[place % len(self._all())]
        side = each.first if is_first else each.second
        after = self.introductions.reply(each.id, side.member, said)
        assert each.is_open or after == each
        assert self.introductions.reply(each.id, side.member, Reply.NO) == after

    @rule(place=st.integers(0, 30), outcome=st.sampled_from([Outcome.NOT_MET, Outcome.MET, Outcome.USEFUL]))
    @precondition(lambda self: self._all())
    def tell(self, place: int, outcome: Outcome) -> None:
        """A side tells how it went, whether it was asked or not."""
        each = self._all()[place % len(self._all())]
        self.introductions.tell_outcome(each.id, each.second.member, outcome)

    @rule(asker=PLACES, wanted=PLACES, by_coordinator=st.booleans())
    def ask(self, asker: int, wanted: int, *, by_coordinator: bool) -> None:
        """Somebody asks for somebody, or a coordinator brings them together."""
        one, other = MemberId(f"T1:{USERS[asker]}"), MemberId(f"T1:{USERS[wanted]}")
        try:
            if by_coordinator:
                self.introductions.make(MemberId("T1:U99"), one, other)
            else:
                self.introductions.ask(one, other)
        except RefusedError:
            return

    @rule()
    def hold_round(self) -> None:
        """A round is held: nobody in it twice, nothing against anybody's will, nobody met again without need."""
        state = self._state()
        with self.people() as work:
            members = taking_part(standing(work, self.clock()))
        self.rounds += 1
        held = self.introductions.hold_round(RoundId(f"R{self.rounds}"))
        sides = [member for each in held for member in each.members]
        assert len(sides) == len(set(sides))
        for each in held:
            one, other = (state.members[name] for name in each.members)
            assert state.objection(one, other) == ""
        assert state.lost_novelty(held, members) == []
        self._compare(state, members)

    def _compare(self, state: State, members: Sequence[Member]) -> None:
        """The tables for everybody at once say what the rules say of each two."""
        with self.people() as work:
            rules = Rules(standing(work, self.clock()))
        new, again = rules.tables(members)
        for row, one in enumerate(members):
            for column, other in enumerate(members):
                assert bool(new[row, column] or again[row, column]) == rules.may_meet(one.id, other.id, within=False)
        assert not (new & again).any()
        assert state.now == self.clock()

    @invariant()
    def nobody_is_overloaded(self) -> None:
        """At most two open proposals each, and never two between the same people."""
        open_ones = [each for each in self._all() if each.is_open]
        for name in {side for each in open_ones for side in each.members}:
            assert sum(name in each.members for each in open_ones) <= 2
        assert len({frozenset(each.members) for each in open_ones}) == len(open_ones)

    @invariant()
    def everybody_in_an_introduction_is_there(self) -> None:
        """No introduction is left of somebody who left."""
        with self.people() as work:
            names = {member for each in work.introductions.all() for member in each.members}
            assert set(work.members.have(names)) == names

    def _all(self) -> Sequence[Introduction]:
        with self.people() as work:
            return work.introductions.all()

    def _state(self) -> State:
        with self.people() as work:
            at = standing(work, self.clock())
        return State(at.members, at.exclusions, at.introductions, at.now, at.rests)

    def _found(self, number: int) -> list[Member]:
        name = MemberId(f"T1:{USERS[number]}")
        with self.people() as work:
            return list(work.members.have([name]).values())

    def _put(self, changed: Member) -> None:
        with self.people() as work:
            work.members.put(changed)
            work.commit()


Ecosystem.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
TestEcosystem = Ecosystem.TestCase
