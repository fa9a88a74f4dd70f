"""Who will see a reply, and so which sources it may come from: asked of Slack anew whenever an answer is made."""

from __future__ import annotations

from collections.abc import Callable

from bot.lookup import Lookup
from bot.questions import Question
from knowledge.model import Audience, ChannelId, member_id
from knowledge.ports import Roles
from knowledge.roles import widest_audience

Narrowing = Callable[[ChannelId, Audience], Audience]


class Audiences:
    """Decides from the present state of the channel and the asker; what cannot be known counts as an outsider."""

    def __init__(
        self,
        lookup: Lookup,
        team: str,
        roles: Roles,
        narrowed: Narrowing = lambda _, audience: audience,
    ) -> None:
        self._lookup = lookup
        self._narrowed = narrowed
        # The bot's own: in a shared channel an event may name the other workspace.
        self._team = team
        self._roles = roles

    def of(self, question: Question) -> Audience:
        """The widest audience that everybody who sees the reply belongs to; raises SlackUnavailableError."""
        is_elsewhere = self._team and question.user_team not in {"", self._team}
        if is_elsewhere or not self._lookup.is_insider(question.user):
            return Audience.PUBLIC
        if question.is_direct or question.response_url:
            asker = member_id(self._team, question.user)
            return widest_audience(self._roles, asker)
        among_members = not self._lookup.is_open_to_others(question.channel) and self._lookup.all_are_insiders(
            question.channel
        )
        widest = Audience.MEMBERS if among_members else Audience.PUBLIC
        return self._narrowed(ChannelId(question.channel), widest)
