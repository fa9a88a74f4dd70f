"""Who is a member, a coordinator or an admin: one object for the whole bot, which asks Slack anew again and again.

Slack lets the lists of groups be read some twenty times a minute. So one click's listener, use case and slow half ask
once, and whatever people only look at may rest on a list that is a minute old.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from bot.delivery import SlackUnavailableError
from bot.user_groups import METHOD, UserGroups
from knowledge.errors import RolesUnknownError
from knowledge.model import STAFF, MemberId, Role, member_id, user_of
from knowledge.role_changes import KnownRoles

ACTING_SECONDS = 10.0
"""How old what is known may be where somebody acts; with two groups Slack is asked twelve times a minute at most."""
READING_SECONDS = 60.0
"""The same where somebody only looks."""
LAST_KNOWN_SECONDS = 600.0
"""For how long those who only look are believed to be what they were, while Slack cannot be asked."""
_NEVER = float("-inf")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Naming:
    """Who has a role: people named in the settings, and everybody in a user group, where one is set."""

    people: frozenset[str] = frozenset()
    group: str = ""


class Insiders(Protocol):
    """Whoever knows who belongs to the workspace."""

    def is_insider(self, user: str) -> bool:
        """Whether a person does at this moment; raises SlackUnavailableError."""
        ...


@dataclass(frozen=True, slots=True)
class _Lists:
    coordinators: frozenset[str]
    admins: frozenset[str]
    read_at: float


class Roles:
    """See `knowledge.ports.Roles`. Guests and people from elsewhere have no role, wherever they are named."""

    def __init__(
        self,
        insiders: Insiders,
        groups: UserGroups,
        team: str,
        naming: tuple[Naming, Naming],
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`naming` is that of coordinators and that of admins."""
        self._insiders = insiders
        self._groups = groups
        self._team = team
        self._coordinators, self._admins = naming
        self._now = now
        self._lock = threading.Lock()
        self._lists = _Lists(self._coordinators.people, self._admins.people, _NEVER)
        self._refused_at = _NEVER
        self._at_home: dict[str, tuple[float, bool]] = {}

    def member(self, user: str) -> MemberId:
        """The id that a person of the workspace has here."""
        return member_id(self._team, user)

    def is_staff(self, person: MemberId) -> bool:
        """Whether somebody is a coordinator or an admin, now that they act; raises RolesUnknownError."""
        return self._acting(person) in STAFF

    def is_admin(self, person: MemberId) -> bool:
        """Whether somebody is an admin, now that they act; raises RolesUnknownError."""
        return self._acting(person) is Role.ADMIN

    def role_of(self, person: MemberId) -> Role:
        """What somebody is who only looks; where Slack cannot be asked, what they were lately, else an outsider."""
        try:
            return self._role(person, READING_SECONDS)
        except SlackUnavailableError:
            return self._last_known(person)

    def sees_as_staff(self, person: MemberId) -> bool:
        """Whether somebody may look at what is for coordinators. People who are named nowhere are not asked about."""
        return self._is_named(person, self._read_lists()) and self.role_of(person) in STAFF

    def sees_as_admin(self, person: MemberId) -> bool:
        """The same for admins."""
        return self._is_named(person, self._read_lists()) and self.role_of(person) is Role.ADMIN

    def coordinators(self) -> Collection[MemberId]:
        """To whom letters to coordinators go, as far as is known."""
        return self._named(self._read_lists().coordinators)

    def admins(self) -> Collection[MemberId]:
        """The same for admins."""
        return self._named(self._read_lists().admins)

    def staff(self) -> Collection[MemberId]:
        """Both."""
        lists = self._read_lists()
        return self._named(lists.coordinators | lists.admins)

    def users(self) -> frozenset[str]:
        """Both, by their ids in Slack."""
        return frozenset(map(user_of, self.staff()))

    def everybody(self) -> KnownRoles:
        """Who has which role now, as far as Slack tells."""
        try:
            lists = self._fresh_lists(ACTING_SECONDS)
            people = sorted(lists.coordinators | lists.admins)
            roles = {person: self._role(person, ACTING_SECONDS) for person in self._named(people)}
        except SlackUnavailableError:
            return KnownRoles({}, {self._team})
        return KnownRoles({person: role for person, role in roles.items() if role in STAFF})

    def forget(self) -> None:
        """Ask Slack anew the next time: a group has changed."""
        with self._lock:
            self._lists = _Lists(self._lists.coordinators, self._lists.admins, _NEVER)

    def _acting(self, person: MemberId) -> Role:
        try:
            return self._role(person, ACTING_SECONDS)
        except SlackUnavailableError as error:
            raise _unknown() from error

    def _role(self, person: MemberId, oldest: float) -> Role:
        lists, user = self._fresh_lists(oldest), user_of(person)
        if person != member_id(self._team, user) or not self._belongs(user, oldest):
            return Role.OUTSIDER
        return _listed(user, lists)

    def _last_known(self, person: MemberId) -> Role:
        lists, user = self._lists, user_of(person)
        asked_at, belongs = self._at_home.get(user, (_NEVER, False))
        oldest = min(asked_at, lists.read_at if self._has_groups else asked_at)
        if not belongs or self._now() - oldest > LAST_KNOWN_SECONDS:
            return Role.OUTSIDER
        return _listed(user, lists)

    def _belongs(self, user: str, oldest: float) -> bool:
        asked_at, belongs = self._at_home.get(user, (_NEVER, False))
        if self._now() - asked_at > oldest:
            belongs = self._insiders.is_insider(user)
            if user in self._lists.coordinators | self._lists.admins:
                self._at_home[user] = self._now(), belongs
        return belongs

    def _read_lists(self) -> _Lists:
        try:
            return self._fresh_lists(READING_SECONDS)
        except SlackUnavailableError:
            _log.warning("the user groups cannot be read; the last known lists stand")
            return self._lists

    def _fresh_lists(self, oldest: float) -> _Lists:
        """What is known where it is not too old, else what Slack says now; of those who ask at once, one asks Slack."""
        if not self._is_old(oldest):
            return self._lists
        with self._lock:
            if self._is_old(oldest):
                self._ask()
            return self._lists

    def _is_old(self, oldest: float) -> bool:
        return self._has_groups and self._now() - self._lists.read_at > oldest

    def _ask(self) -> None:
        asked_at = self._now()
        if asked_at - self._refused_at < ACTING_SECONDS:
            # Everybody else would wait behind the same refusal, and asking on keeps Slack's limit exceeded.
            raise SlackUnavailableError(METHOD)
        try:
            coordinators, admins = (self._people(each) for each in (self._coordinators, self._admins))
        except SlackUnavailableError:
            self._refused_at = self._now()
            raise
        self._lists = _Lists(coordinators, admins, asked_at)

    @property
    def _has_groups(self) -> bool:
        return bool(self._coordinators.group or self._admins.group)

    def _people(self, naming: Naming) -> frozenset[str]:
        return naming.people | (self._groups.people_in(naming.group) if naming.group else frozenset())

    def _is_named(self, person: MemberId, lists: _Lists) -> bool:
        return user_of(person) in lists.coordinators | lists.admins

    def _named(self, users: Collection[str]) -> list[MemberId]:
        return [member_id(self._team, user) for user in sorted(users)]


def _listed(user: str, lists: _Lists) -> Role:
    if user in lists.admins:
        return Role.ADMIN
    return Role.COORDINATOR if user in lists.coordinators else Role.MEMBER


def _unknown() -> RolesUnknownError:
    return RolesUnknownError("Slack cannot be asked now who looks after the network; nothing was done.")
