"""One introduction from the idea to the outcome."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from knowledge.errors import NotFoundError
from knowledge.introductions.drafting import NO_GROUND, Refusal, RefusedError
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.rounds import round_of
from knowledge.introductions.rules import Rules, standing
from knowledge.members.profiles import Profiles
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Act,
    Consent,
    Exclusion,
    IntroductionId,
    IntroductionState,
    Member,
    MemberId,
    Origin,
    Outcome,
    Reply,
    RoundId,
    Side,
)
from knowledge.roles import FixedRoles
from tests.builders import introduction, member, organisation
from tests.fake_people import FakePeople
from tests.fakes import NOON, SetClock, SmallEmbedder
from tests.meetings import TopicMatching

AINO, BO, CARITA, DORIS = (MemberId(f"T1:U{number}") for number in (1, 2, 3, 4))
WEEK = RoundId("2026-W11")
OTHER = organisation("Puhevako Oy")


class World:
    """A fake store, a clock, and four members: Aino of the county, the others of organisations of their own."""

    def __init__(self) -> None:
        self.people = FakePeople()
        self.clock = SetClock()
        self.introductions = Introductions(
            self.people, TopicMatching(), self.clock, Periods(), FixedRoles([AINO, DORIS])
        )
        self.wishes = Profiles(self.people, SmallEmbedder(), self.clock)
        self.put(*(member(f"U{number}", of=organisation(f"Järjestö {number}")) for number in (1, 2, 3, 4)))

    def put(self, *members: Member) -> None:
        """Store them."""
        with self.people() as work:
            for each in members:
                work.members.put(each)
            work.commit()

    def change(self, name: MemberId, **changes: object) -> None:
        """Change a member."""
        self.put(dataclasses.replace(self.get(name), **changes))  # type: ignore[arg-type]

    def get(self, name: MemberId) -> Member:
        """A member as stored."""
        with self.people() as work:
            return work.members.get(name)

    def refusal(self, asker: MemberId, wanted: MemberId) -> Refusal | None:
        """Why asking is refused, if it is."""
        try:
            self.introductions.ask(asker, wanted)
        except RefusedError as error:
            return error.reason
        return None


@pytest.fixture
def world() -> World:
    """Four members who have agreed to everything."""
    return World()


def test_who_asks_has_said_yes(world: World) -> None:
    """The other's yes makes it; it is followed up two weeks later, and quotes what both show."""
    asked = world.introductions.ask(AINO, BO)
    assert (asked.origin, asked.asked_by, asked.state) == (Origin.ASKED, AINO, IntroductionState.PROPOSED)
    assert (asked.first.reply, asked.second.reply) == (Reply.YES, Reply.OPEN)
    assert asked.ground.shared == ("puheentunnistus",)
    made = world.introductions.reply(asked.id, BO, Reply.YES)
    assert (made.state, made.due_at) == (IntroductionState.MADE, NOON + timedelta(days=14))


def test_the_same_question_twice_is_one(world: World) -> None:
    """Also the other way round, which answers it."""
    asked = world.introductions.ask(AINO, BO)
    assert world.introductions.ask(AINO, BO) == asked
    assert world.introductions.ask(BO, AINO).id == asked.id
    assert world.introductions.get(asked.id).state is IntroductionState.MADE


def test_the_first_answer_counts(world: World) -> None:
    """A second one, the same or another, changes nothing; nor does one after the end."""
    [proposed, _] = world.introductions.hold_round(WEEK)
    first, second = proposed.members
    yes = world.introductions.reply(proposed.id, first, Reply.YES)
    assert world.introductions.reply(proposed.id, first, Reply.NO) == yes
    declined = world.introductions.reply(proposed.id, second, Reply.NO)
    assert declined.state is IntroductionState.DECLINED
    assert world.introductions.reply(proposed.id, second, Reply.YES) == declined
    with pytest.raises(NotFoundError):
        world.introductions.reply(proposed.id, MemberId("T1:U9"), Reply.YES)
    outsider = next(each for each in (AINO, BO, CARITA, DORIS) if each not in proposed.members)
    with pytest.raises(NotFoundError):
        world.introductions.reply(proposed.id, outsider, Reply.YES)


def test_a_wish_made_after_the_yes_stands_against_it() -> None:
    """A person or an organisation, of one's own or of a colleague for all: the other's yes does not make it then."""
    other, home = organisation("Järjestö 2"), organisation("Järjestö 1")
    wishes = [
        Exclusion(AINO, BO, NO_ORGANISATION, for_all=False, until=date.max),
        Exclusion(AINO, NOBODY, other.id, for_all=False, until=date.max),
        Exclusion(CARITA, NOBODY, other.id, for_all=True, until=date.max),
        Exclusion(BO, AINO, NO_ORGANISATION, for_all=False, until=date.max),
    ]
    for wish in wishes:
        fresh = World()
        fresh.change(CARITA, organisation=home.id)
        asked = fresh.introductions.ask(AINO, BO)
        fresh.wishes.exclude(wish)
        fresh.clock.advance(days=1)
        ended = fresh.introductions.reply(asked.id, BO, Reply.YES)
        assert (ended.state, ended.due_at) == (IntroductionState.ENDED, fresh.clock()), wish
        assert (ended.first.reply, ended.second.reply) == (Reply.YES, Reply.YES), wish
        assert fresh.introductions.reply(asked.id, BO, Reply.YES) == ended, wish


def test_a_wish_that_has_ended_or_is_about_others_stands_against_nothing(world: World) -> None:
    """Nor does it matter that the two have come to one organisation since."""
    world.change(BO, organisation=organisation("Järjestö 1").id)
    asked = world.introductions.ask(AINO, BO)
    world.wishes.exclude(Exclusion(AINO, BO, NO_ORGANISATION, for_all=False, until=NOON.date()))
    world.wishes.exclude(Exclusion(AINO, CARITA, NO_ORGANISATION, for_all=False, until=date.max))
    world.clock.advance(days=1)
    assert world.introductions.reply(asked.id, BO, Reply.YES).state is IntroductionState.MADE


def test_a_pause_after_the_yes_holds_it_back(world: World) -> None:
    """Until the member is back; what they say yes to while they are paused they do want."""
    away, back, later = world.introductions.ask(AINO, BO), world.introductions.ask(CARITA, BO), BO
    for paused in (AINO, CARITA):
        world.wishes.snooze(paused, date.max)
    world.wishes.resume(CARITA)
    assert world.introductions.get(away.id).first == Side(AINO, Reply.YES, is_held=True)
    assert world.introductions.reply(away.id, later, Reply.YES).state is IntroductionState.ENDED
    assert world.introductions.reply(back.id, later, Reply.YES).state is IntroductionState.MADE
    fresh = World()
    asked = fresh.introductions.ask(AINO, BO)
    fresh.wishes.snooze(BO, date.max)
    assert fresh.introductions.reply(asked.id, BO, Reply.YES).state is IntroductionState.MADE
    fresh.wishes.snooze(AINO, date.max)
    assert fresh.introductions.get(asked.id).first == Side(AINO, Reply.YES)
    again = World()
    asked = again.introductions.ask(AINO, BO)
    again.wishes.snooze(AINO, date.max)
    assert again.introductions.reply(asked.id, AINO, Reply.NO).first == Side(AINO, Reply.YES, is_held=True)
    assert again.introductions.ask(AINO, BO).first == Side(AINO, Reply.YES)
    assert again.introductions.reply(asked.id, BO, Reply.YES).state is IntroductionState.MADE


def test_every_reason_of_the_other_side_sounds_the_same(world: World) -> None:
    """Excluded by either, by organisation, for all; away; unknown; not to be found; busy; declined before."""
    other = organisation("Järjestö 2")
    wishes = [
        Exclusion(BO, AINO, NO_ORGANISATION, for_all=False, until=date.max),
        Exclusion(AINO, BO, NO_ORGANISATION, for_all=False, until=NOON.date()),
        Exclusion(BO, NOBODY, organisation("Järjestö 1").id, for_all=False, until=date.max),
        Exclusion(CARITA, NOBODY, other.id, for_all=True, until=date.max),
    ]
    for number, wish in enumerate(wishes):
        fresh = World()
        if number == 3:
            fresh.change(CARITA, organisation=organisation("Järjestö 1").id)
        fresh.wishes.exclude(wish)
        assert fresh.refusal(AINO, BO) is Refusal.NOT_AVAILABLE, wish
        assert fresh.refusal(AINO, DORIS) is None, wish
    world.wishes.snooze(BO, date(2026, 3, 13))
    world.change(CARITA, consents=frozenset({Consent.ROUNDS, Consent.QUESTIONS}))
    world.change(DORIS, consents=frozenset({Consent.LANGUAGES, Consent.TOPICS}))
    for wanted in (BO, CARITA, DORIS, MemberId("T1:U9")):
        assert world.refusal(AINO, wanted) is Refusal.NOT_AVAILABLE
    world.wishes.resume(BO)
    asked = world.introductions.ask(AINO, BO)
    world.introductions.reply(asked.id, BO, Reply.NO)
    world.clock.advance(days=364)
    assert world.refusal(AINO, BO) is Refusal.NOT_AVAILABLE
    world.clock.advance(days=1)
    assert world.refusal(AINO, BO) is None


def test_a_wish_for_an_organisation_stays_with_it(world: World) -> None:
    """Its author goes to another one: the old one's people are protected, the new one's, and the vendor's, are free."""
    county, vendor = world.get(AINO).organisation, world.get(BO).organisation
    world.change(CARITA, organisation=county)
    world.wishes.exclude(Exclusion(AINO, NOBODY, vendor, for_all=True, until=date.max))
    for home in (world.get(DORIS).organisation, vendor):
        world.change(AINO, organisation=home)
        world.change(DORIS, organisation=home)
        assert not _may_meet(world, CARITA, BO), home
        assert _may_meet(world, DORIS, BO), home
        assert not _may_meet(world, AINO, BO), home


def test_nobody_escapes_a_wish_by_leaving(world: World) -> None:
    """Named or out of a proposal, it holds when the person has erased their profile and come back; others may meet."""
    blind = Exclusion.suggested(CARITA, BO, IntroductionId("i1"), NOON.date())
    for wish in (Exclusion(AINO, BO, NO_ORGANISATION, for_all=False, until=date.max), blind):
        world.wishes.exclude(wish)
    _come_back(world, BO)
    for one in (AINO, CARITA):
        assert not _may_meet(world, one, BO)
        assert not _may_meet(world, BO, one)
        [left] = world.wishes.wishes(one)
        assert (left.member, left.is_blind) == (NOBODY, True)
        world.wishes.allow(left)
        assert _may_meet(world, one, BO)


def test_nobody_escapes_a_no_by_leaving(world: World) -> None:
    """A year from the no the two are left alone, whoever came back meanwhile, one after the other; then no more."""
    asked = world.introductions.ask(AINO, BO)
    world.introductions.reply(asked.id, BO, Reply.NO)
    world.clock.advance(days=100)
    for name in (AINO, BO, AINO):
        _come_back(world, name)
        assert (_may_meet(world, AINO, BO), _may_meet(world, BO, AINO)) == (False, False)
        assert (_may_meet(world, AINO, DORIS), _may_meet(world, BO, DORIS)) == (True, True)
    world.clock.advance(days=265)
    assert not _may_meet(world, AINO, BO)
    world.clock.advance(days=1)
    assert _may_meet(world, AINO, BO)


def _may_meet(world: World, one: MemberId, other: MemberId) -> bool:
    with world.people() as work:
        return Rules(standing(work, world.clock())).may_meet(one, other, within=True)


def _come_back(world: World, name: MemberId) -> None:
    before = world.get(name)
    world.wishes.leave(name)
    world.put(before)


def test_a_wish_ends_with_its_day(world: World) -> None:
    """It holds on the day itself, and no longer."""
    world.wishes.exclude(Exclusion(BO, AINO, NO_ORGANISATION, for_all=False, until=NOON.date()))
    assert world.refusal(AINO, BO) is Refusal.NOT_AVAILABLE
    world.clock.advance(days=1)
    assert world.refusal(AINO, BO) is None


def test_what_the_asker_can_mend_is_told(world: World) -> None:
    """No profile, oneself, or two open proposals."""
    assert world.refusal(MemberId("T1:U9"), AINO) is Refusal.NO_PROFILE
    assert world.refusal(AINO, AINO) is Refusal.ONESELF
    assert [world.refusal(AINO, wanted) for wanted in (BO, CARITA, DORIS)] == [None, None, Refusal.BUSY]
    assert world.refusal(DORIS, AINO) is Refusal.NOT_AVAILABLE


def test_two_who_were_introduced_are_told_so(world: World) -> None:
    """As long as they rest; whatever wish came after it, and not about somebody who is not named any more."""
    asked = world.introductions.ask(AINO, BO)
    assert [world.introductions.is_waiting(*pair) for pair in ((AINO, BO), (BO, AINO), (AINO, CARITA))] == [
        True,
        False,
        False,
    ]
    world.introductions.reply(asked.id, BO, Reply.YES)
    assert not world.introductions.is_waiting(AINO, BO)
    for _ in range(2):
        assert (world.refusal(AINO, BO), world.refusal(BO, AINO)) == (Refusal.INTRODUCED, Refusal.INTRODUCED)
        world.wishes.exclude(Exclusion(BO, AINO, NO_ORGANISATION, for_all=False, until=date.max))
    with pytest.raises(RefusedError, match="not_available"):
        world.introductions.make(DORIS, AINO, BO)
    world.change(BO, consents=frozenset(Consent) - {Consent.NAME})
    assert world.refusal(AINO, BO) is Refusal.NOT_AVAILABLE
    world.change(BO, consents=frozenset(Consent))
    world.wishes.allow(Exclusion(BO, AINO, NO_ORGANISATION, for_all=False, until=date.max))
    world.clock.advance(days=14 + 26 * 7)
    assert world.refusal(AINO, BO) is None


def test_a_coordinator_brings_two_together(world: World) -> None:
    """Of one organisation too, and without common ground; a wish against it still holds."""
    world.change(BO, organisation=organisation("Järjestö 1").id, topics=())
    made = world.introductions.make(DORIS, AINO, BO)
    assert (made.origin, made.asked_by, made.ground) == (Origin.COORDINATOR, DORIS, NO_GROUND)
    assert (made.first.reply, made.second.reply) == (Reply.OPEN, Reply.OPEN)
    assert world.introductions.make(DORIS, BO, AINO) == made
    world.wishes.exclude(Exclusion(CARITA, DORIS, NO_ORGANISATION, for_all=False, until=date.max))
    with pytest.raises(RefusedError, match="not_available"):
        world.introductions.make(AINO, CARITA, DORIS)
    with pytest.raises(RefusedError, match="no_profile"):
        world.introductions.make(DORIS, AINO, MemberId("T1:U9"))
    with pytest.raises(RefusedError, match="not_staff"):
        world.introductions.make(BO, AINO, CARITA)
    acts = [(each.who, each.act, each.subject) for each in world.people.audit.entries]
    assert acts == [(DORIS, Act.INTRODUCE, made.id)]


def test_a_round_is_held_once(world: World) -> None:
    """Two pairs of four members; again the same round changes nothing, also when somebody joined meanwhile."""
    held = world.introductions.hold_round(WEEK)
    assert len(held) == 2
    assert {each for pair in held for each in pair.members} == {AINO, BO, CARITA, DORIS}
    world.put(member("U5"), member("U6", of=OTHER))
    assert {each.id for each in world.introductions.hold_round(WEEK)} == {each.id for each in held}
    with world.people() as work:
        assert [(each.taking_part, each.pairs) for each in work.introductions.rounds()] == [(4, 2)]


def test_a_round_needs_consent_and_room(world: World) -> None:
    """Without consent, away, of one organisation, or with two open ones nobody is proposed."""
    world.change(BO, consents=frozenset(Consent) - {Consent.ROUNDS})
    world.change(CARITA, available_from=date.max)
    world.change(DORIS, organisation=organisation("Järjestö 1").id)
    assert list(world.introductions.hold_round(WEEK)) == []
    with world.people() as work:
        work.members.put(member("U5", of=OTHER))
        for number in (6, 7):
            work.members.put(member(f"U{number}", of=OTHER, available_from=date.max))
            work.introductions.put(introduction(f"i{number}", "U5", f"U{number}"))
        work.commit()
    assert list(world.introductions.hold_round(RoundId("2026-W12"))) == []


def test_two_meet_again_only_where_nobody_is_new(world: World) -> None:
    """After half a year of rest the two who know each other are left to each other, as all others know them too."""
    with world.people() as work:
        for name in (CARITA, DORIS):
            work.members.remove(name)
        work.commit()
    [first] = world.introductions.hold_round(WEEK)
    for side in first.members:
        world.introductions.reply(first.id, side, Reply.YES)
    world.clock.advance(days=190)
    assert list(world.introductions.hold_round(RoundId("2026-W38"))) == []
    world.clock.advance(days=14)
    world.put(member("U3", of=OTHER))
    held = world.introductions.hold_round(RoundId("2026-W40"))
    assert [set(each.members) != {AINO, BO} for each in held] == [True]
    world.introductions.reply(held[0].id, held[0].members[0], Reply.NO)
    world.introductions.end_all_of(CARITA)
    with world.people() as work:
        work.members.remove(CARITA)
        work.commit()
    [again] = world.introductions.hold_round(RoundId("2026-W41"))
    assert set(again.members) == {AINO, BO}


def test_three_silent_rounds_pause(world: World) -> None:
    """Only rounds count, only those who did not answer, and any answer begins anew."""
    with world.people() as work:
        for number in range(5):
            origin = Origin.ROUND if number else Origin.ASKED
            work.introductions.put(introduction(f"i{number}", "U1", "U2", origin=origin))
        work.commit()
    world.introductions.reply(IntroductionId("i1"), BO, Reply.YES)
    world.clock.advance(days=7)
    for number in (0, 1, 2):
        assert world.introductions.expire(IntroductionId(f"i{number}")).paused == ()
    assert (world.get(AINO).silent_rounds, world.get(BO).silent_rounds) == (2, 1)
    assert world.introductions.expire(IntroductionId("i2")).paused == ()
    assert world.get(AINO).silent_rounds == 2
    world.clock.advance(minutes=1)
    assert world.introductions.expire(IntroductionId("i3")).paused == (AINO,)
    assert (world.get(AINO).available_from, world.get(BO).available_from) == (date.max, date.min)
    world.introductions.reply(IntroductionId("i4"), BO, Reply.YES)
    # The next one that runs out pauses nobody anew; where the one that did is expired again, it says the same.
    for _ in range(2):
        world.clock.advance(minutes=1)
        assert world.introductions.expire(IntroductionId("i4")).paused == ()
        assert world.introductions.expire(IntroductionId("i3")).paused == (AINO,)
        assert world.introductions.expire(IntroductionId("i2")).paused == ()
    assert world.get(BO).silent_rounds == 0
    world.wishes.resume(AINO)
    assert (world.get(AINO).available_from, world.get(AINO).silent_rounds) == (date.min, 0)


def test_who_did_not_answer_the_third_yet_is_proposed_no_fourth(world: World) -> None:
    """Each week's round comes a little earlier in the day, before the last one's proposals run out."""
    world.put(*(member(f"U{number}", of=organisation(f"Järjestö {number}")) for number in (5, 6)))
    for week, pairs in enumerate((3, 3, 3, 0)):
        held = world.introductions.hold_round(RoundId(f"2026-W{11 + week}"))
        assert len(held) == pairs
        world.clock.advance(minutes=2)
        for each in world.introductions.due():
            world.introductions.expire(each.id)
        world.clock.advance(days=7, minutes=-3)
    fresh = World()
    with fresh.people() as work:
        work.introductions.put(introduction("i1", "U1", "U2"))
        work.members.put(dataclasses.replace(work.members.get(AINO), silent_rounds=2))
        work.commit()
    assert AINO not in {each for pair in fresh.introductions.hold_round(WEEK) for each in pair.members}
    fresh.introductions.reply(IntroductionId("i1"), AINO, Reply.NO)
    assert AINO in {each for pair in fresh.introductions.hold_round(RoundId("2026-W12")) for each in pair.members}


def test_nothing_expires_before_its_time(world: World) -> None:
    """Nor after it was answered."""
    asked = world.introductions.ask(AINO, BO)
    assert world.introductions.expire(asked.id).introduction == asked
    world.clock.advance(days=7)
    assert [each.id for each in world.introductions.due()] == [asked.id]
    assert world.introductions.expire(asked.id).introduction.state is IntroductionState.EXPIRED
    assert list(world.introductions.due()) == []
    assert world.introductions.reply(asked.id, BO, Reply.YES).state is IntroductionState.EXPIRED


def test_both_are_asked_how_it_went_once(world: World) -> None:
    """After two weeks; the last word of each counts, and nobody speaks for the other."""
    asked = world.introductions.ask(AINO, BO)
    world.introductions.reply(asked.id, BO, Reply.YES)
    assert world.introductions.ask_how_it_went(asked.id).first.outcome is Outcome.UNKNOWN
    world.clock.advance(days=14)
    assert [each.id for each in world.introductions.due()] == [asked.id]
    assert world.introductions.ask_how_it_went(asked.id).first.outcome is Outcome.ASKED
    assert list(world.introductions.due()) == []
    for outcome in (Outcome.MET, Outcome.USEFUL):
        world.introductions.tell_outcome(asked.id, AINO, outcome)
    after = world.introductions.get(asked.id)
    assert (after.first.outcome, after.second.outcome) == (Outcome.USEFUL, Outcome.ASKED)


def test_whoever_leaves_ends_what_is_open(world: World) -> None:
    """The open ones are returned, so that the others can be told; what was made stays as it is."""
    first, second = world.introductions.ask(AINO, BO), world.introductions.ask(AINO, CARITA)
    world.introductions.reply(first.id, BO, Reply.YES)
    assert [each.id for each in world.introductions.end_all_of(AINO)] == [second.id]
    assert world.introductions.get(second.id).state is IntroductionState.ENDED
    assert world.introductions.get(first.id).state is IntroductionState.MADE
    assert world.introductions.end_all_of(AINO) == []


def test_a_round_is_named_after_the_week_in_finland() -> None:
    """Sunday evening in UTC is Monday in Helsinki; the turn of the year belongs to the week."""
    assert round_of(datetime(2026, 3, 15, 21, 59, tzinfo=UTC)) == "2026-W11"
    assert round_of(datetime(2026, 3, 15, 22, 0, tzinfo=UTC)) == "2026-W12"
    assert round_of(datetime(2027, 1, 1, 12, tzinfo=UTC)) == "2026-W53"
