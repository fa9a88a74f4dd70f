"""The Home tab, drawn anew whenever somebody opens it."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.status import home_view
from bot.connection import NETWORK_ERRORS
from bot.failures import note_failure
from bot.overview import Overview
from knowledge.model import Language

_log = logging.getLogger(__name__)


class Home:
    """The listener for `app_home_opened`."""

    def __init__(self, client: WebClient, overview: Overview, language: Language) -> None:
        self._client = client
        self._overview = overview
        self._language = language

    def show(self, event: dict[str, Any]) -> None:
        """Publish the tab for whoever opened it."""
        if event.get("tab") != "home":
            return
        try:
            view = home_view(self._overview.shelf(), self._language)
            self._client.views_publish(user_id=event["user"], view=view)
        except (SlackApiError, *NETWORK_ERRORS) as error:
            _log.warning("the Home tab could not be shown (%s)", type(error).__name__)
        except Exception:  # noqa: BLE001 - Bolt would log it without its traceback
            note_failure("the Home tab cannot be drawn")
