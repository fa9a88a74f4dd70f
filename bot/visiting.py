"""Who clicks on something about an event, and for whom what they may see was meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.lookup import Lookup
from bot.membership import Membership, user_in
from knowledge.events.admission import Visitor
from knowledge.model import Audience, MemberId
from knowledge.ports import Roles
from knowledge.roles import widest_audience

Payload = Mapping[str, Any]


class Visitors:
    """Told anew at every click."""

    def __init__(self, membership: Membership, lookup: Lookup, roles: Roles) -> None:
        self._membership = membership
        self._lookup = lookup
        self._roles = roles

    def visitor(self, body: Payload) -> Visitor:
        """Whoever clicked or submitted; raises SlackUnavailableError."""
        return Visitor(self._membership.member_in(body), self._audience(body))

    def person(self, body: Payload) -> MemberId:
        """The same without what they may see, which Slack is not asked about then."""
        return self._membership.member_in(body)

    def is_staff(self, body: Payload) -> bool:
        """Whether they look after the network; raises RolesUnknownError."""
        return not self._membership.is_elsewhere(body) and self._roles.is_staff(self.person(body))

    def expect_more(self) -> None:
        """Be ready for many: Slack does not let each of a crowd be asked about. Call it when nobody waits."""
        self._lookup.refresh()

    def _audience(self, body: Payload) -> Audience:
        # A crowd clicks within seconds: who was of the workspace minutes ago is believed to be.
        if self._membership.is_elsewhere(body) or not self._lookup.was_insider(user_in(body)):
            return Audience.PUBLIC
        return widest_audience(self._roles, self.person(body))
