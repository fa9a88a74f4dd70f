"""Clicks about conversations, and whoever looks at their direct messages."""

from __future__ import annotations

import logging
from typing import Any

from bot.agent_view import AgentView
from bot.clicked import clicked_value, where_to_respond
from bot.delivery import SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.membership import Membership
from bot.withdrawing import Withdrawing
from knowledge.members.profiles import Profiles

_log = logging.getLogger(__name__)


class ConversationClicks:
    """Answers to the offer to remove an answer, and the pane in which conversations begin."""

    def __init__(
        self, withdrawing: Withdrawing, agent_view: AgentView, membership: Membership, profiles: Profiles
    ) -> None:
        self._withdrawing = withdrawing
        self._agent_view = agent_view
        self._membership = membership
        self._profiles = profiles

    def remove(self, body: dict[str, Any]) -> None:
        """Remove the answer, and the offer with it."""
        try:
            self._withdrawing.remove(clicked_value(body), self._membership.member_in(body))
        except SlackUnavailableError:
            _log.warning("Slack is not available; an answer is not removed")
            return
        except UndeliverableError as error:
            _log.warning("an answer cannot be removed: Slack says %s", error)
        self._withdrawing.take_away(where_to_respond(body))

    def keep(self, body: dict[str, Any]) -> None:
        """Remove the offer only."""
        self._withdrawing.take_away(where_to_respond(body))

    def show(self, event: dict[str, Any]) -> None:
        """Offer questions to begin with."""
        if event.get("tab") != "messages":
            return
        try:
            language = self._profiles.language_of(self._membership.member(event["user"]))
            self._agent_view.suggest(event["channel"], language)
        except Exception:  # noqa: BLE001 - Bolt would log it without its traceback
            note_failure("questions to begin with cannot be offered")
