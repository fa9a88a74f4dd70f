"""Who will see a reply, and so which sources it may come from: asked of Slack anew whenever an answer is made."""

from __future__ import annotations

from bot.lookup import Lookup
from bot.questions import Question
from knowledge.model import Audience

SHARED = ("is_ext_shared", "is_pending_ext_shared", "is_org_shared")


class Audiences:
    """Decides from the present state of the channel and the asker; what cannot be known counts as an outsider."""

    def __init__(self, lookup: Lookup, team: str, coordinators: frozenset[str]) -> None:
        self._lookup = lookup
        # The bot's own: in a shared channel an event may name the other workspace.
        self._team = team
        self._coordinators = coordinators

    def of(self, question: Question) -> Audience:
        """The widest audience that everybody who sees the reply belongs to; raises SlackUnavailableError."""
        if question.user_team not in {"", self._team} or not self._lookup.is_insider(question.user):
            return Audience.PUBLIC
        if question.is_direct or question.response_url:
            return Audience.COORDINATORS if question.user in self._coordinators else Audience.MEMBERS
        return Audience.MEMBERS if self._is_among_members(question.channel) else Audience.PUBLIC

    def _is_among_members(self, channel: str) -> bool:
        told = self._lookup.channel(channel)
        is_shared = not told or any(told.get(name) for name in SHARED)
        return not is_shared and self._lookup.all_are_insiders(channel)
