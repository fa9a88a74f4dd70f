"""Roles in several workspaces at once: everybody has theirs in their own workspace, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from bot.roles import Roles
from knowledge.adapters.sealing import SealBrokenError
from knowledge.errors import NotFoundError
from knowledge.model import MemberId, Role, TeamId, team_of, user_of
from knowledge.role_changes import KnownRoles


class RolesEverywhere(Roles):
    """Asks the roles of the person's workspace; whoever is of none that has Solmu is an outsider.

    `roles_of` raises NotFoundError where Solmu is not installed, SealBrokenError; `teams` are those where it is.
    """

    def __init__(self, roles_of: Callable[[str], Roles], teams: Callable[[], Iterable[TeamId]]) -> None:
        self._roles_of = roles_of
        self._teams = teams

    def is_staff(self, person: MemberId) -> bool:
        """See `Roles`."""
        return any(each.is_staff(person) for each in self._of(person))

    def is_admin(self, person: MemberId) -> bool:
        """See `Roles`."""
        return any(each.is_admin(person) for each in self._of(person))

    def role_of(self, person: MemberId) -> Role:
        """See `Roles`."""
        return next((each.role_of(person) for each in self._of(person)), Role.OUTSIDER)

    def sees_as_staff(self, person: MemberId) -> bool:
        """See `Roles`."""
        return any(each.sees_as_staff(person) for each in self._of(person))

    def sees_as_admin(self, person: MemberId) -> bool:
        """See `Roles`."""
        return any(each.sees_as_admin(person) for each in self._of(person))

    def coordinators(self) -> Collection[MemberId]:
        """Those of every workspace."""
        return [person for each in self._all() for person in each.coordinators()]

    def admins(self) -> Collection[MemberId]:
        """The same for admins."""
        return [person for each in self._all() for person in each.admins()]

    def staff(self) -> Collection[MemberId]:
        """Both."""
        return [person for each in self._all() for person in each.staff()]

    def users(self) -> frozenset[str]:
        """Both, by their ids in Slack."""
        return frozenset(map(user_of, self.staff()))

    def everybody(self) -> KnownRoles:
        """Who has which role now; one workspace that cannot be asked keeps nobody from knowing it of the others."""
        held: dict[MemberId, Role] = {}
        unknown: set[str] = set()
        for team in self._teams():
            # Where its token cannot be opened nobody can be asked either.
            known = next((each.everybody() for each in self._at(team)), KnownRoles({}, {team}))
            held |= known.held
            unknown |= set(known.unknown)
        return KnownRoles(held, unknown)

    def forget(self) -> None:
        """Ask Slack anew the next time."""
        for each in self._all():
            each.forget()

    def _of(self, person: MemberId) -> Iterator[Roles]:
        yield from self._at(team_of(person))

    def _all(self) -> Iterator[Roles]:
        for team in self._teams():
            yield from self._at(team)

    def _at(self, team: str) -> Iterator[Roles]:
        try:
            found = self._roles_of(team)
        except (NotFoundError, SealBrokenError):
            return
        yield found
