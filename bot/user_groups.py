"""Who is in a user group of Slack at this moment."""

from __future__ import annotations

import logging
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.connection import NETWORK_ERRORS, code_of
from bot.delivery import SlackUnavailableError

METHOD = "usergroups.users.list"
GONE = frozenset({"no_such_subteam", "plan_upgrade_required"})
"""What Slack answers about a group that was switched off, or never was: nobody is in it."""
_log = logging.getLogger(__name__)


class UserGroups(Protocol):
    """Whoever knows."""

    def people_in(self, group: str) -> frozenset[str]:
        """The ids of those in it, nobody where it is switched off; raises SlackUnavailableError."""
        ...


class SlackUserGroups:
    """Asks Slack each time. A refusal for any other reason than that the group is gone says nothing about people."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def people_in(self, group: str) -> frozenset[str]:
        """The ids of those in it, nobody where it is switched off; raises SlackUnavailableError."""
        try:
            told = self._client.api_call(METHOD, params={"usergroup": group})
        except SlackApiError as error:
            if code_of(error) in GONE:
                _log.warning("the user group %s is switched off or gone: nobody is in it", group)
                return frozenset()
            raise SlackUnavailableError(METHOD) from error
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(METHOD) from error
        return frozenset(map(str, told.get("users") or ()))
