"""What a newcomer is shown: within Slack's limits, tame, and with a next step where nobody is near."""

from __future__ import annotations

import json
from typing import Any, Self, cast

import pytest

from bot.blocks.surroundings import Coming, surroundings_message
from bot.delivery import Delivery, Outgoing, Place
from bot.lookup import Lookup
from bot.sandbox.limits import block_problems
from bot.scouting import Guide, Settler
from knowledge.errors import NotFoundError
from knowledge.events.nearby import Nearby
from knowledge.events.programme import Dated
from knowledge.events.scenes import Held
from knowledge.introductions.relatives import Relative
from knowledge.introductions.surroundings import Scouting, Surroundings
from knowledge.members.listing import Doing
from knowledge.members.profiles import Profiles
from knowledge.model import DocumentId, Handle, Language, MemberId, OrganisationKind, Wording, shown
from knowledge.ports import UnitOfWorkFactory
from tests.builders import announcement, common_ground, event, member, occurrence, use_case
from tests.fakes import NOON, SetClock

LANGUAGES = [Language.FI, Language.SV, Language.EN]
LONG = "<!channel> & å" * 60
NOTHING = Surroundings((), (), ())
NO_EVENTS = Coming(NOON)
HELD = Held(occurrence(), occurrence().starts_at, {}, 2)
LONGEST = announcement(wordings=(Wording(Language.FI, LONG, LONG),))
COMING = Coming(NOON, (Dated(LONGEST, event(place=LONG), HELD),) * 2)
SETTLER = Settler("T1:U1", 5000.25)


def _around(people: int, works: int) -> Surroundings:
    relative = Relative(shown(member()), LONG, common_ground(), Handle("handle U1"))
    doing = Doing(LONG, OrganisationKind.COUNTY, (use_case(DocumentId("d1"), LONG),), Handle("handle U2"))
    return Surroundings((LONG,), (relative,) * people, (doing,) * works)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("people", "works"), [(3, 0), (1, 2), (0, 3), (0, 0)])
def test_every_message_keeps_slacks_limits(language: Language, people: int, works: int) -> None:
    """People, use cases, both or neither; each with a button to be introduced."""
    message = surroundings_message(_around(people, works), COMING, {MemberId("T1:U1"): LONG}, language)
    text = json.dumps(message.blocks, ensure_ascii=False)
    assert block_problems(message.blocks) == []
    assert "<!" not in message.text + text
    assert text.count('"handle U') == people + works


def test_where_nobody_is_near_a_topic_of_ones_own_is_proposed() -> None:
    """Or one that most know, for whoever told none."""
    own = surroundings_message(Surroundings(("rannemurtuma",), (), ()), NO_EVENTS, {}, Language.FI)
    assert "esimerkiksi /verkosto rannemurtuma, ja" in own.text
    assert "esimerkiksi /verkosto kotihoito, ja" in surroundings_message(NOTHING, NO_EVENTS, {}, Language.FI).text


class FakeNetwork:
    """A store of who was shown around, who they are, and Slack: everything that a guide asks."""

    def __init__(self, *, is_there: bool = True) -> None:
        self.members = self
        self.is_there = is_there
        self.kept: set[MemberId] = set()
        self.posted: list[tuple[str, str, str, bool]] = []
        self._added: set[MemberId] = set()

    def __call__(self) -> Self:
        """Begin."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._added.clear()

    def orient(self, who: MemberId, now: object) -> bool:
        """True the first time."""
        assert now == SetClock()()
        self._added.add(who)
        return who not in self.kept

    def commit(self) -> None:
        """Keep it."""
        self.kept |= self._added

    def is_insider(self, user: str) -> bool:
        """Whether it is the one member."""
        return user == "U1"

    def around(self, who: MemberId) -> Surroundings:
        """Nobody."""
        if not self.is_there:
            raise NotFoundError(who)
        return NOTHING

    def of(self, _: MemberId) -> tuple[Dated, ...]:
        """No event."""
        return ()

    def language_of(self, _: MemberId) -> Language:
        """Swedish."""
        return Language.SV

    def open_direct(self, user: str) -> Place:
        """A place of their own."""
        return Place(f"D{user}")

    def post(self, place: Place, message: Outgoing, mark: str, *, doubtful: bool) -> str:
        """Keep it."""
        assert message.text.startswith("Tack, din profil")
        self.posted.append((place.channel, place.since, mark, doubtful))
        return "1.1"


def _guide(network: FakeNetwork) -> Guide:
    anything: Any = network
    return Guide(
        cast(UnitOfWorkFactory, network),
        cast(Scouting, network),
        cast(Nearby, network),
        cast(Profiles, network),
        cast(Lookup, anything),
        cast(Delivery, anything),
        SetClock(),
    )


def test_whoever_saves_a_profile_is_shown_around_once() -> None:
    """In their language; looked for from an hour before, where an earlier try may have posted already."""
    network = FakeNetwork()
    assert _guide(network).show(SETTLER, doubtful=True)
    assert _guide(network).show(SETTLER, doubtful=False)
    assert network.posted == [("DU1", "1400.250000", "near:T1:U1", True)]
    assert network.kept == {"T1:U1"}


def test_whoever_left_meanwhile_or_is_a_guest_now_is_left_alone() -> None:
    """Nothing is said, nothing is remembered, and nothing is tried again."""
    gone = FakeNetwork(is_there=False)
    assert _guide(gone).show(SETTLER, doubtful=False)
    guest = FakeNetwork()
    assert _guide(guest).show(Settler("T1:U2", 1.0), doubtful=False)
    assert gone.posted == guest.posted == []
    assert gone.kept == guest.kept == set()
