"""The Home tab, drawn anew whenever somebody opens it or changes what it shows."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.status import home_view
from bot.connection import NETWORK_ERRORS
from bot.delivery import SlackUnavailableError
from bot.failures import note_failure
from bot.membership import Membership
from bot.overview import Overview
from knowledge.members.profiles import Profiles

_log = logging.getLogger(__name__)


class Home:
    """The listener for `app_home_opened`."""

    def __init__(self, client: WebClient, overview: Overview, membership: Membership, profiles: Profiles) -> None:
        self._client = client
        self._overview = overview
        self._membership = membership
        self._profiles = profiles

    def show(self, event: dict[str, Any]) -> None:
        """Publish the tab for whoever opened it."""
        if event.get("tab") == "home":
            self.draw(event["user"])

    def draw(self, user: str) -> None:
        """Publish the tab of a person as things are now, in their language."""
        try:
            language = self._profiles.language_of(self._membership.member(user))
            view = home_view(self._overview.shelf(), language, self._membership.home_blocks(user, language))
            self._client.views_publish(user_id=user, view=view)
        except (SlackApiError, SlackUnavailableError, *NETWORK_ERRORS) as error:
            _log.warning("the Home tab could not be shown (%s)", type(error).__name__)
        except Exception:  # noqa: BLE001 - Bolt would log it without its traceback
            note_failure("the Home tab cannot be drawn")
