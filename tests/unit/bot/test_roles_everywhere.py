"""Roles in several workspaces: everybody has theirs in their own, and nowhere else."""

from __future__ import annotations

import pytest

from bot.delivery import SlackUnavailableError
from bot.roles import Naming, Roles
from bot.roles_everywhere import RolesEverywhere
from knowledge.errors import NotFoundError
from knowledge.model import Role, TeamId, member_id
from knowledge.role_changes import KnownRoles


class Everybody:
    """A workspace of insiders without user groups."""

    def is_insider(self, user: str) -> bool:
        """All are."""
        return bool(user)

    def people_in(self, group: str) -> frozenset[str]:
        """Nobody."""
        raise AssertionError(group)


def _roles(team: str) -> Roles:
    named = {"T1": (Naming(frozenset({"U1"})), Naming(frozenset({"U2"}))), "T2": (Naming(frozenset({"U2"})), Naming())}
    if team not in named:
        raise NotFoundError(team)
    return Roles(Everybody(), Everybody(), team, named[team])


@pytest.fixture
def roles() -> RolesEverywhere:
    """Two workspaces, and one that Solmu has just left."""
    made = {team: _roles(team) for team in ("T1", "T2")}

    def at(team: str) -> Roles:
        return made[team] if team in made else _roles(team)

    return RolesEverywhere(at, lambda: [TeamId("T1"), TeamId("T2"), TeamId("T3")])


def test_a_role_is_held_in_ones_own_workspace(roles: RolesEverywhere) -> None:
    """Somebody of the same id in another one has that one's role, and a stranger none."""
    assert [roles.role_of(member_id(team, "U2")) for team in ("T1", "T2", "T3")] == [
        Role.ADMIN,
        Role.COORDINATOR,
        Role.OUTSIDER,
    ]
    assert [roles.is_admin(member_id(team, "U2")) for team in ("T1", "T2", "T3")] == [True, False, False]
    assert [roles.is_staff(member_id(team, "U1")) for team in ("T1", "T2", "T3")] == [True, False, False]
    assert not roles.sees_as_staff(member_id("T2", "U1"))
    assert not roles.sees_as_admin(member_id("T2", "U2"))


def test_letters_go_to_those_of_every_workspace(roles: RolesEverywhere) -> None:
    """Documents and events are everybody's."""
    assert list(roles.coordinators()) == ["T1:U1", "T2:U2"]
    assert list(roles.admins()) == ["T1:U2"]
    assert list(roles.staff()) == ["T1:U1", "T1:U2", "T2:U2"]
    held = {"T1:U1": Role.COORDINATOR, "T1:U2": Role.ADMIN, "T2:U2": Role.COORDINATOR}
    assert roles.everybody() == KnownRoles(held, {"T3"})


def test_one_workspace_that_cannot_be_asked_hides_no_other() -> None:
    """As where Solmu was removed and nobody told: Slack takes its token no more."""

    class Dead(Everybody):
        def people_in(self, group: str) -> frozenset[str]:
            raise SlackUnavailableError(group)

    dead = Roles(Everybody(), Dead(), "T1", (Naming(group="S1"), Naming()))
    living = _roles("T2")
    everywhere = RolesEverywhere({"T1": dead, "T2": living}.__getitem__, lambda: [TeamId("T1"), TeamId("T2")])
    assert everywhere.everybody() == KnownRoles({member_id("T2", "U2"): Role.COORDINATOR}, {"T1"})
