"""Whoever belongs to the workspace no more is shown, proposed and offered to nobody until they are back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from knowledge.errors import NotFoundError
from knowledge.introductions.absences import Absences
from knowledge.introductions.drafting import Refusal, RefusedError
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.rounds import taking_part
from knowledge.introductions.rules import standing
from knowledge.members.listing import Viewer
from knowledge.members.reaching import People
from knowledge.model import NO_HANDLE, Audience, Consent, IntroductionState, MemberId, shown
from knowledge.roles import FixedRoles
from tests.builders import introduction, member, organisation
from tests.fake_people import FakePeople
from tests.fakes import NOON, SetClock
from tests.meetings import TopicMatching

AINO, BO, CARITA = (MemberId(f"T1:U{number}") for number in (1, 2, 3))


@pytest.fixture
def people() -> FakePeople:
    """Three members of organisations of their own."""
    made = FakePeople()
    with made() as work:
        for number in (1, 2, 3):
            work.members.put(member(f"U{number}", of=organisation(f"Järjestö {number}")))
        work.commit()
    return made


def test_whoever_is_away_takes_no_part(people: FakePeople) -> None:
    """In no round; nobody is introduced to them, nor they to anybody. Back again, everything is as it was."""
    absences, clock = Absences(people, SetClock()), SetClock()
    asking = Introductions(people, TopicMatching(), clock, Periods(), FixedRoles())

    def in_rounds() -> list[MemberId]:
        with people.reading() as work:
            return [each.id for each in taking_part(standing(work, clock()))]

    absences.go(AINO, NOON)
    assert in_rounds() == [BO, CARITA]
    assert (absences.everybody()[AINO], absences.of([AINO, BO])) == (True, {AINO: True, BO: False})
    for pair in ((AINO, BO), (BO, AINO)):
        with pytest.raises(RefusedError) as refused:
            asking.ask(*pair)
        assert refused.value.reason is Refusal.NOT_AVAILABLE
    assert absences.come_back(AINO, NOON) == []
    assert in_rounds() == [AINO, BO, CARITA]
    assert asking.ask(BO, AINO).state is IntroductionState.PROPOSED


def test_what_is_open_comes_to_its_end(people: FakePeople) -> None:
    """Nothing else does; whoever does it again learns the same, but not of what ended long ago."""
    clock = SetClock()
    absences = Absences(people, clock)
    ended_before = introduction("i3", "U1", "U2", state=IntroductionState.ENDED, due_at=NOON - timedelta(days=9))
    with people() as work:
        work.introductions.put(introduction("i1", "U1", "U2"))
        work.introductions.put(introduction("i2", "U3", "U1", state=IntroductionState.MADE))
        work.introductions.put(introduction("i4", "U2", "U3"))
        work.introductions.put(ended_before)
        work.commit()
    for _ in range(2):
        assert [each.id for each in absences.go(AINO, NOON)] == ["i1"]
        clock.advance(minutes=5)
    # Who was cut off before anybody was told, and finds them back by then, learns it too.
    assert [each.id for each in absences.come_back(AINO, NOON)] == ["i1"]
    with people.reading() as work:
        states = {str(each.id): each.state.value for each in work.introductions.all()}
    assert states == {"i1": "ended", "i2": "made", "i3": "ended", "i4": "proposed"}
    absences.break_off(introduction("i2").id)
    absences.break_off(introduction("i4").id)
    with people.reading() as work:
        assert {work.introductions.get(introduction(name).id).state for name in ("i2", "i4")} == {
            IntroductionState.ENDED
        }


def test_nobody_is_away_who_has_no_profile(people: FakePeople) -> None:
    """They may have left meanwhile."""
    absences = Absences(people, SetClock())
    for change in (lambda: absences.go(MemberId("T1:U9"), NOON), lambda: absences.come_back(MemberId("T1:U9"), NOON)):
        with pytest.raises(NotFoundError):
            change()


def test_of_whoever_is_away_nothing_is_seen() -> None:
    """Whatever they agreed to: no part of the profile, and no offer to meet them as the organisation's contact."""
    home = organisation()
    for is_away in (False, True):
        gone = member("U2", of=home, is_away=is_away)
        people = People((gone,), (home,), NOON.date(), Viewer(AINO, Audience.MEMBERS))
        assert people.may_be_listed(gone) is not is_away
        assert (people.reach(gone) == NO_HANDLE) is is_away
        assert (people.contact(home) == NO_HANDLE) is is_away
        seen = shown(gone)
        assert (seen.member, seen.role, seen.topics) == (("", "", ()) if is_away else (BO, gone.role, gone.topics))
    assert Consent.NAME in gone.consents
