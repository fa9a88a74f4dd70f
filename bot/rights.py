"""Why somebody may not do what they click, submit or write; asked anew each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.membership import Membership
from knowledge.errors import RolesUnknownError
from knowledge.model import Language, MemberId
from knowledge.ports import Roles

UNSURE = "roles.unsure"
"""The text for whoever acts while Slack does not tell what they are."""
Payload = Mapping[str, Any]


class Rights:
    """Who acts is told by what Slack signed."""

    def __init__(self, roles: Roles, membership: Membership) -> None:
        self._roles = roles
        self.membership = membership

    def person(self, body: Payload) -> MemberId:
        """Whoever acts."""
        return self.membership.member_in(body)

    def language(self, body: Payload) -> Language:
        """Their language."""
        return self.membership.language_in(body)

    def why_not_staff(self, refused: str, body: Payload) -> str:
        """Empty where they are a coordinator or an admin, else the name of the text for them: `refused`, or UNSURE."""
        return self._why_not(self._roles.is_staff, refused, body)

    def why_not_admin(self, refused: str, body: Payload) -> str:
        """The same for what only admins may."""
        return self._why_not(self._roles.is_admin, refused, body)

    def _why_not(self, may: Callable[[MemberId], bool], refused: str, body: Payload) -> str:
        if self.membership.is_elsewhere(body):
            return refused
        try:
            return "" if may(self.person(body)) else refused
        except RolesUnknownError:
            return UNSURE
