"""The Home tab, drawn anew whenever somebody opens it or changes what it shows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.elements import Block
from bot.blocks.status import home_view
from bot.connection import NETWORK_ERRORS
from bot.delivery import SlackUnavailableError
from bot.failures import note_failure
from bot.locks import Locks
from bot.membership import Membership
from bot.overview import Overview
from knowledge.members.profiles import Profiles
from knowledge.model import Audience, Language, MemberId

Section = Callable[[MemberId, Language], Sequence[Block]]
"""Something more that stands on the tab of a person, in their language; nothing where it does not concern them."""
_log = logging.getLogger(__name__)


class Home:
    """The listener for `app_home_opened`."""

    def __init__(
        self,
        client: WebClient,
        overview: Overview,
        membership: Membership,
        profiles: Profiles,
        audience_of: Callable[[MemberId], Audience],
        sections: Sequence[Section] = (),
    ) -> None:
        self._client = client
        self._overview = overview
        self._membership = membership
        self._profiles = profiles
        self._audience_of = audience_of
        self._sections = sections
        self._locks = Locks()

    def show(self, event: dict[str, Any]) -> None:
        """Publish the tab for whoever opened it."""
        if event.get("tab") == "home":
            self.draw(event["user"])

    def draw(self, user: str) -> None:
        """Publish the tab of a person as things are now, in their language."""
        # One after the other for a person: else what was read before a change could be published after it.
        with self._locks.of(user):
            self._draw(user)

    def _draw(self, user: str) -> None:
        try:
            member = self._membership.member(user)
            language = self._profiles.language_of(member)
            profile = self._membership.home_blocks(user, language)
            sections = [section(member, language) for section in self._sections]
            view = home_view(self._overview.shelf(self._audience_of(member)), language, profile, sections)
            self._client.views_publish(user_id=user, view=view)
        except (SlackApiError, SlackUnavailableError, *NETWORK_ERRORS) as error:
            _log.warning("the Home tab could not be shown (%s)", type(error).__name__)
        except Exception:  # noqa: BLE001 - Bolt would log it without its traceback
            note_failure("the Home tab cannot be drawn")
