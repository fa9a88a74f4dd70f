"""Whether an announcement may stand in a channel: only where everybody who can read it may know of it."""

from __future__ import annotations

from bot.lookup import Lookup
from knowledge.model import Audience, ChannelId
from knowledge.ports import Roles

OUTSIDERS, OTHERS = "outsiders", "others"
"""Why not: people of other organisations can read the channel, or people who are no coordinators."""


class Doors:
    """Asks Slack about channels. `me` is the bot's own user, before whom nothing is to be hidden."""

    def __init__(self, lookup: Lookup, roles: Roles, me: str) -> None:
        self._lookup = lookup
        self._roles = roles
        self._me = me

    def refusal(self, channel: ChannelId, audience: Audience) -> str:
        """Why it may not stand there; empty where it may. Raises SlackUnavailableError."""
        return self._lookup.closed_because(channel) or self.exposure(channel, audience)

    def exposure(self, channel: ChannelId, audience: Audience) -> str:
        """Who can read the channel and may not know of it; empty where nobody does. Raises SlackUnavailableError."""
        if audience is Audience.PUBLIC:
            return ""
        if self._lookup.is_open_to_others(channel) or not self._lookup.all_are_insiders(channel):
            return OUTSIDERS
        if audience is Audience.COORDINATORS:
            staff = frozenset({self._me, *self._roles.staff()})
            return "" if self._lookup.all_are_among(channel, staff) else OTHERS
        return ""
