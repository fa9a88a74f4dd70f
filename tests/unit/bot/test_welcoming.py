"""Welcoming: what keeps somebody from being greeted only puts it off, and nobody is greeted twice."""

from __future__ import annotations

from typing import Any, Self, cast

import pytest

from bot.blocks.welcome import Joining
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from bot.lookup import Lookup
from bot.welcoming import Hosts, Newcomer, Welcoming
from knowledge.model import Language, MemberId, member_id
from knowledge.ports import UnitOfWorkFactory
from knowledge.roles import FixedRoles
from tests.fakes import SetClock

ANNA = Newcomer("T1", "U1", 1000.25)


class FakeWelcomes:
    """A store that only keeps who was welcomed: its own unit of work, and its own factory."""

    def __init__(self) -> None:
        self.members = self
        self.kept: set[MemberId] = set()
        self._added: set[MemberId] = set()

    def __call__(self) -> Self:
        """Begin."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._added.clear()

    def welcome(self, member: MemberId, now: object) -> bool:
        """True the first time."""
        assert now == SetClock()()
        self._added.add(member)
        return member not in self.kept

    def commit(self) -> None:
        """Keep it."""
        self.kept |= self._added


class FakeSlack:
    """Knows two people by name, and keeps what was posted; the next call fails with `error`, if there is one."""

    def __init__(self, error: Exception | None = None, *, insiders: frozenset[str] = frozenset({"U1"})) -> None:
        self.error = error
        self.insiders = insiders
        self.posted: list[tuple[str, str, str, bool]] = []

    def is_insider(self, user: str) -> bool:
        """Whether they were named so."""
        return user in self.insiders

    def name_of(self, user: str) -> str:
        """A name, or nothing."""
        return {"U8": "Mikael Sund", "U9": "Riikka Ojala"}.get(user, "")

    def open_direct(self, user: str) -> Place:
        """A place of their own."""
        return Place(f"D{user}")

    def post(self, place: Place, message: Outgoing, mark: str, *, doubtful: bool) -> str:
        """Keep it, or fail."""
        del message
        if self.error:
            raise self.error
        self.posted.append((place.channel, place.since, mark, doubtful))
        return "1.1"


def _roles(*coordinators: str) -> FixedRoles:
    return FixedRoles([member_id("T1", user) for user in coordinators])


def _welcoming(slack: FakeSlack, store: FakeWelcomes, *coordinators: str, url: str = "") -> Welcoming:
    lookup = cast(Lookup, slack)
    hosts = Hosts(lookup, url, _roles(*coordinators), "T1")
    return Welcoming(cast(UnitOfWorkFactory, store), lookup, hosts, cast(Delivery, slack), SetClock(), Language.FI)


def test_a_newcomer_is_greeted_once() -> None:
    """Looked for from the moment they came, where an earlier try may have posted already."""
    slack, store = FakeSlack(), FakeWelcomes()
    welcoming = _welcoming(slack, store)
    assert welcoming.greet(ANNA, doubtful=True)
    assert welcoming.greet(ANNA, doubtful=False)
    assert slack.posted == [("DU1", "1000.250000", "welcome:T1:U1", True)]
    assert store.kept == {"T1:U1"}


def test_a_guest_is_not_greeted_and_may_be_later() -> None:
    """Whoever becomes a member is new then."""
    slack, store = FakeSlack(insiders=frozenset()), FakeWelcomes()
    assert _welcoming(slack, store).greet(ANNA, doubtful=False)
    assert slack.posted == []
    assert store.kept == set()


@pytest.mark.parametrize(
    ("error", "is_over"),
    [
        (SlackUnavailableError("D1"), False),
        (UndeliverableError("cannot_dm_bot"), True),
        (RuntimeError("broken"), False),
    ],
)
def test_what_failed_is_tried_later_where_that_can_help(error: Exception, is_over: bool) -> None:  # noqa: FBT001
    """Nothing is remembered of a greeting that did not get out."""
    slack, store = FakeSlack(error), FakeWelcomes()
    assert _welcoming(slack, store).greet(ANNA, doubtful=False) is is_over
    assert store.kept == set()


def test_a_page_is_named_before_the_coordinators() -> None:
    """Of these only whom Slack knows by name, and never their ids."""
    lookup: Any = FakeSlack()
    assert Hosts(lookup, "https://example.org/liity", _roles("U8"), "T1").joining() == Joining(
        "https://example.org/liity", ()
    )
    assert Hosts(lookup, "", _roles("U9", "U7", "U8"), "T1").joining() == Joining("", ["Mikael Sund", "Riikka Ojala"])


def test_coordinators_of_other_workspaces_and_nameless_ones_take_nobodys_place() -> None:
    """Five are named at most, counted among those whom the newcomer can know."""
    others = [member_id("T0", f"U{number}") for number in range(9)]
    unknown = [member_id("T1", f"U0{number}") for number in range(9)]
    roles = FixedRoles([*others, *unknown, member_id("T1", "U9")])
    assert Hosts(cast(Lookup, FakeSlack()), "", roles, "T1").joining() == Joining("", ["Riikka Ojala"])
