"""Members who wish to meet somebody at an event are proposed to each other some days before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.blocks.introductions import proposal_message
from knowledge.events.meetings import Meetings
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.scenes import Scenes
from knowledge.model import AnnouncementKind, Consent, IntroductionState, Language, Member, OccurrenceId, Origin, Reply
from knowledge.roles import FixedRoles
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests import builders
from tests.fakes import SetClock
from tests.meetings import TopicMatching

STARTS = builders.occurrence().starts_at
HELD = OccurrenceId("o1")
HOMES = [builders.organisation(name) for name in ("Järvirannan hyvinvointialue", "Puhevako Oy", "Valokehä ry")]


class World:
    """Three days before an event to which three related members of different organisations come."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = SetClock(STARTS - timedelta(days=3))
        self.meetings = Meetings(store, self.clock)
        self.introductions = Introductions(store, TopicMatching(), self.clock, Periods(), FixedRoles())
        with store() as work:
            work.announcements.put(builders.announcement(kind=AnnouncementKind.EVENT))
            work.events.put(builders.event(capacity=0))
            work.events.put_occurrence(builders.occurrence())
            for home in HOMES:
                work.organisations.put(home)
            work.commit()

    def come(self, user: str, home: int, *, wishes: bool = True, **changes: object) -> Member:
        """Somebody comes."""
        made = builders.member(user, of=HOMES[home], **changes)
        with self.store() as work:
            work.members.put(made)
            number = work.sign_ups.next_number(HELD)
            work.sign_ups.put(builders.sign_up(user, number=number, wants_to_meet=wishes))
            work.commit()
        return made


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Nobody comes yet."""
    store = open_store(Settings(data_dir=tmp_path).database)
    yield World(store)
    store.dispose()


def test_two_who_wish_it_are_proposed_to_each_other_once(world: World) -> None:
    """Not whoever comes without the wish; and not a second time."""
    world.come("U1", 0)
    world.come("U3", 2, wishes=False)
    assert world.meetings.due() == []
    world.come("U2", 1)
    assert world.meetings.due() == [HELD]
    (made,) = world.introductions.hold_meeting(HELD)
    assert {each[-2:] for each in made.members} == {"U1", "U2"}
    assert made.origin is Origin.EVENT
    assert world.meetings.due() == []
    assert world.introductions.hold_meeting(HELD) == [made]


def test_they_answer_before_it_begins(world: World) -> None:
    """The proposal ends with the start, and both accept before either is named."""
    one, two = world.come("U1", 0), world.come("U2", 1)
    (made,) = world.introductions.hold_meeting(HELD)
    assert made.due_at == STARTS
    first = world.introductions.reply(made.id, one.id, Reply.YES)
    assert first.state is IntroductionState.PROPOSED
    assert world.introductions.reply(made.id, two.id, Reply.YES).state is IntroductionState.MADE


def test_colleagues_and_those_without_consent_are_not_proposed(world: World) -> None:
    """The rules are those of every round."""
    world.come("U1", 0)
    world.come("U2", 0)
    world.come("U3", 1, consents=frozenset(Consent) - {Consent.ROUNDS})
    assert world.introductions.hold_meeting(HELD) == []


def test_the_proposal_says_at_which_event(world: World) -> None:
    """In the title's language, where there is one."""
    world.come("U1", 0)
    world.come("U2", 1)
    (made,) = world.introductions.hold_meeting(HELD)
    view, _ = Scenes(world.store).of(made.id)
    assert "tulossa tapahtumaan ”Tekoälyaamu”" in proposal_message(view, "", Language.FI).text


@pytest.mark.parametrize(("days", "is_due"), [(6, False), (4, True), (0.5, False)])
def test_it_is_done_some_days_before(world: World, days: float, *, is_due: bool) -> None:
    """Not when few have signed up yet, nor when nobody would have time to answer."""
    world.come("U1", 0)
    world.come("U2", 1)
    world.clock.now = STARTS - timedelta(days=days)
    assert bool(world.meetings.due()) is is_due
