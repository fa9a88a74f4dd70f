"""Who will see a reply, and so which sources it may come from: asked of Slack anew whenever an answer is made."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.connection import NETWORK_ERRORS, code_of
from bot.delivery import SlackUnavailableError, is_passing
from bot.questions import Question
from knowledge.model import Audience

_log = logging.getLogger(__name__)


class Audiences:
    """Decides from the present state of the channel and the asker; what cannot be known counts as an outsider."""

    def __init__(self, client: WebClient, team: str, coordinators: frozenset[str]) -> None:
        self._client = client
        # The bot's own: in a shared channel an event may name the other workspace.
        self._team = team
        self._coordinators = coordinators

    def of(self, question: Question) -> Audience:
        """The widest audience that everybody who sees the reply belongs to; raises SlackUnavailableError."""
        if not self._is_member(question):
            return Audience.PUBLIC
        if question.is_direct or question.response_url:
            return Audience.COORDINATORS if question.user in self._coordinators else Audience.MEMBERS
        channel = self._ask("conversations.info", "channel", channel=question.channel)
        open_to_others = ("is_ext_shared", "is_pending_ext_shared", "is_org_shared")
        if not channel or any(channel.get(name) for name in open_to_others):
            return Audience.PUBLIC
        return Audience.MEMBERS

    def _is_member(self, question: Question) -> bool:
        """Of the workspace itself: neither a guest account nor somebody of another workspace."""
        if question.user_team and question.user_team != self._team:
            return False
        user = self._ask("users.info", "user", user=question.user)
        is_outside = any(user.get(name) for name in ("is_stranger", "is_restricted", "is_ultra_restricted", "deleted"))
        return user.get("team_id") == self._team and not is_outside

    def _ask(self, method: str, key: str, **arguments: str) -> Mapping[str, Any]:
        try:
            found = self._client.api_call(method, params=arguments).get(key)
        except SlackApiError as error:
            if is_passing(error):
                raise SlackUnavailableError(method) from error
            _log.warning("%s answered %s; the asker gets public sources only", method, code_of(error))
            return {}
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(method) from error
        return found if isinstance(found, dict) else {}
