"""Who acts in a payload, whether they belong to the workspace, and how they see themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.blocks.elements import Block
from bot.blocks.own_profile import OwnProfile, invitation, left_blocks, own_blocks
from bot.blocks.status import TIMEZONE
from bot.lookup import Lookup
from knowledge.members.named_contacts import NamedContacts
from knowledge.members.profiles import Profiles
from knowledge.model import NOBODY, Language, MemberId, member_id
from knowledge.ports import Clock

Payload = Mapping[str, Any]


class Membership:
    """The people of the workspace named `team`. Their ids come from what Slack signed, never from a form."""

    def __init__(self, profiles: Profiles, contacts: NamedContacts, lookup: Lookup, team: str, clock: Clock) -> None:
        self._profiles = profiles
        self._contacts = contacts
        self._lookup = lookup
        self._team = team
        self._clock = clock

    def member_in(self, body: Payload) -> MemberId:
        """Whoever clicked, submitted or wrote a command, by the id that a profile of theirs has."""
        return self.member(user_in(body))

    def member(self, user: str) -> MemberId:
        """The id that a profile of this person has."""
        return member_id(self._team, user)

    def language_in(self, body: Payload) -> Language:
        """The language to speak with whoever clicked, submitted or wrote a command."""
        return self._profiles.language_of(self.member_in(body))

    def admits(self, body: Payload) -> bool:
        """Whether they may have a profile: guests and people from elsewhere may not. Raises SlackUnavailableError."""
        return not self.is_elsewhere(body) and self._lookup.is_insider(user_in(body))

    def is_elsewhere(self, body: Payload) -> bool:
        """Whether they are of another workspace, with which a channel is shared."""
        acting = body.get("user")
        told = acting.get("team_id") if isinstance(acting, dict) else body.get("team_id")
        return bool(self._team) and told not in {None, "", self._team}

    def admits_user(self, user: str) -> bool:
        """The same of a person of whom only the id is known."""
        return self._lookup.is_insider(user)

    def own(self, member: MemberId) -> OwnProfile | None:
        """The profile as its owner sees it, where there is one."""
        found = self._profiles.find(member)
        if found is None:
            return None
        organisation = self._profiles.organisation_of(found)
        return OwnProfile(
            found,
            organisation.name,
            is_contact=organisation.contact == member,
            has_contact=organisation.contact != NOBODY,
            today=self._clock().astimezone(TIMEZONE).date(),
            named=self._contacts.meaning(member),
        )

    def home_blocks(self, user: str, language: Language) -> list[Block]:
        """What stands on a person's Home tab about them. Whoever may have no profile can still delete one they have."""
        own = self.own(self.member(user))
        if not self.admits_user(user):
            return [] if own is None else left_blocks(language)
        return invitation(language) if own is None else own_blocks(own, language)


def user_in(body: Payload) -> str:
    """Whoever did something, in a click, a submitted form or a command."""
    acting = body.get("user")
    return str(acting["id"] if isinstance(acting, dict) else body["user_id"])
