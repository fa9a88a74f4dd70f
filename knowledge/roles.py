"""Roles as use cases need them: those that never change, and who may do what."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.members.profiles import NotAllowedError
from knowledge.model import Audience, MemberId
from knowledge.ports import Roles


class FixedRoles:
    """Roles that somebody wrote down, as for a rehearsal; see `knowledge.ports.Roles`."""

    def __init__(self, coordinators: Collection[MemberId] = (), admins: Collection[MemberId] = ()) -> None:
        self._coordinators = sorted(coordinators)
        self._admins = sorted(admins)

    def is_staff(self, person: MemberId) -> bool:
        """Whether somebody is a coordinator or an admin."""
        return person in self.staff()

    def is_admin(self, person: MemberId) -> bool:
        """Whether somebody is an admin."""
        return person in self._admins

    sees_as_staff, sees_as_admin = is_staff, is_admin

    def coordinators(self) -> Collection[MemberId]:
        """The coordinators."""
        return self._coordinators

    def admins(self) -> Collection[MemberId]:
        """The admins."""
        return self._admins

    def staff(self) -> Collection[MemberId]:
        """Both."""
        return list(dict.fromkeys([*self._coordinators, *self._admins]))


def admit_staff(roles: Roles, person: MemberId) -> None:
    """Raise NotAllowedError for whoever is neither coordinator nor admin, RolesUnknownError where nobody can tell."""
    if not roles.is_staff(person):
        message = "Only coordinators and admins do this."
        raise NotAllowedError(message)


def widest_audience(roles: Roles, member: MemberId) -> Audience:
    """The widest audience that somebody of the workspace itself belongs to, who only looks."""
    return Audience.COORDINATORS if roles.sees_as_staff(member) else Audience.MEMBERS
