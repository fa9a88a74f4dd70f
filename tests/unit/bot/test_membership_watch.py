"""Who belongs to the workspace no more is noticed, and who does so again; what Slack does not tell changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

import pytest

from bot.delivery import SlackUnavailableError
from bot.durable import Durable
from bot.introduction_notes import Change
from bot.lookup import Lookup
from bot.membership_watch import MembershipWatch
from bot.presence import Presence
from knowledge.introductions.absences import Absences
from knowledge.model import IntroductionId, MemberId, team_of
from tests.builders import introduction, member
from tests.fake_people import FakePeople
from tests.fakes import SetClock

AINO, BO, STRANGER = MemberId("T1:U1"), MemberId("T1:U2"), MemberId("T2:U1")


class FakeDurable:
    """Keeps what is taken in; its own work of introductions."""

    def __init__(self) -> None:
        self.introductions = self
        self.taken: list[Change] = []

    def take_in(self, change: Change) -> None:
        """Keep it."""
        self.taken.append(change)


class FakeLookup:
    """Tells of whoever is in `told`; workspaces that are `down` cannot be asked."""

    def __init__(self) -> None:
        self.told: dict[str, bool] = {}
        self.down: set[str] = set()
        self.asked = 0

    def belonging(self, users: Collection[str]) -> Mapping[str, bool]:
        """Whether each belongs."""
        self.asked += 1
        if self.down & {team_of(MemberId(user)) for user in users}:
            raise SlackUnavailableError
        return {user: self.told[user] for user in users if user in self.told}


class World:
    """Three members, one of them of another workspace, and whoever watches over them."""

    def __init__(self) -> None:
        people, self.durable, self.lookup, self.clock = FakePeople(), FakeDurable(), FakeLookup(), SetClock()
        self.people = people
        self.absences = Absences(people, self.clock)
        with people() as work:
            for name in (AINO, BO, STRANGER):
                work.members.put(member(id=name))
            work.commit()
        durable, lookup = cast(Durable, self.durable), cast(Lookup, self.lookup)
        self.presence = Presence(self.absences, lookup)
        self.watch = MembershipWatch(self.absences, lookup, durable, "T1", self.clock)

    def hear(self, user: str, **told: object) -> None:
        """Slack says that a person is another than before."""
        event: dict[str, Any] = {"type": "user_change", "user": {"id": user, "team_id": "T1"} | told}
        self.watch.hear(event, {"event": event, "event_id": "Ev1"})

    def deeds(self) -> list[tuple[str, str]]:
        """What was begun since it was last looked."""
        taken, self.durable.taken = self.durable.taken, []
        return [(change.deed, change.member) for change in taken]


@pytest.fixture
def world() -> World:
    """Everybody is there."""
    return World()


@pytest.mark.parametrize("how", ["deleted", "is_restricted", "is_ultra_restricted"])
def test_what_slack_tells_of_an_account_is_heard(world: World, how: str) -> None:
    """Switched off, or a guest's: and when it is a member's again. A second delivery has the same id."""
    world.lookup.told = {AINO: False}
    for _ in range(2):
        world.hear("U1", **{how: True})
    assert len({change.id for change in world.durable.taken}) == 1
    assert world.deeds() == [("away", AINO)] * 2
    world.absences.go(AINO, world.clock())
    world.hear("U1", **{how: True})
    assert world.deeds() == []
    world.lookup.told = {AINO: True}
    world.hear("U1")
    assert world.deeds() == [("back", AINO)]


def test_of_most_news_slack_is_not_asked(world: World) -> None:
    """A new picture of a member, and whatever happens to somebody without a profile."""
    world.hear("U1", profile={"status_text": "lomalla"})
    world.hear("U9", deleted=True)
    assert (world.deeds(), world.lookup.asked) == ([], 0)


def test_old_news_are_not_believed(world: World) -> None:
    """Slack is asked how it is now; where it cannot be, nothing changes."""
    world.lookup.told = {AINO: True}
    world.hear("U1", deleted=True)
    world.lookup.told = {}
    world.hear("U1", deleted=True)
    world.lookup.down = {"T1"}
    world.hear("U1", deleted=True)
    assert (world.deeds(), world.lookup.asked) == ([], 3)


def test_everybody_is_looked_up_once_a_day(world: World) -> None:
    """Also who went while the bot did not listen; of whom nothing is told nothing changes."""
    world.absences.go(BO, world.clock())
    world.lookup.told = {AINO: False, BO: True}
    world.watch.look_daily()
    assert world.deeds() == [("away", AINO), ("back", BO)]
    world.clock.advance(hours=23)
    world.watch.look_daily()
    assert world.deeds() == []
    world.clock.advance(hours=1)
    world.watch.look_daily()
    assert world.deeds() == [("away", AINO), ("back", BO)]


def test_a_workspace_that_cannot_be_asked_keeps_no_other_waiting(world: World) -> None:
    """It is tried again within the hour."""
    world.lookup.told, world.lookup.down = {AINO: False, STRANGER: False}, {"T1"}
    world.watch.look_daily()
    assert world.deeds() == [("away", STRANGER)]
    world.lookup.down.clear()
    world.clock.advance(hours=1)
    world.watch.look_daily()
    assert world.deeds() == [("away", AINO), ("away", STRANGER)]


def test_whoever_is_back_before_it_was_noted_stays(world: World) -> None:
    """An account was switched off by mistake: what is open of theirs is not ended."""
    with world.people() as work:
        work.introductions.put(introduction("i1", "U1", "U2"))
        work.commit()
    world.lookup.told = {AINO: False}
    world.hear("U1", deleted=True)
    assert world.deeds() == [("away", AINO)]
    # It waits in a queue; that they are back is no news as long as they are not away.
    world.lookup.told = {AINO: True}
    world.hear("U1")
    assert world.deeds() == []
    assert world.presence.note(AINO, is_away=True, since=world.clock()) == []
    assert world.absences.of([AINO]) == {AINO: False}
    with world.people.reading() as work:
        assert work.introductions.get(IntroductionId("i1")).is_open


def test_whoever_is_gone_before_their_return_was_noted_is_away(world: World) -> None:
    """And what was begun meanwhile comes to its end."""
    with world.people() as work:
        work.introductions.put(introduction("i1", "U1", "U2"))
        work.commit()
    world.lookup.told = {AINO: False}
    assert [each.id for each in world.presence.note(AINO, is_away=False, since=world.clock())] == ["i1"]
    assert world.absences.of([AINO]) == {AINO: True}


def test_where_slack_does_not_tell_it_is_noted_as_it_was_said(world: World) -> None:
    """It had told when the news were taken in."""
    for down in (set(), {"T1"}):
        world.lookup.down = down
        for is_away in (True, False):
            world.presence.note(AINO, is_away=is_away, since=world.clock())
            assert world.absences.of([AINO]) == {AINO: is_away}
