"""The bot's own pane in Slack: questions to begin with, and names of conversations. Both may fail: they adorn."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.conversation import prompts
from bot.blocks.elements import shorten
from bot.connection import NETWORK_ERRORS, hurried
from bot.delivery import Place
from knowledge.model import Language

LONGEST_NAME = 80
_log = logging.getLogger(__name__)


class AgentView:
    """Draws what Slack shows around direct messages."""

    def __init__(self, client: WebClient) -> None:
        self._client = hurried(client)

    def suggest(self, channel: str, language: Language) -> None:
        """Offer questions to somebody who looks at their direct messages."""
        heading, asked = prompts(language)
        self._try(
            "questions to begin with are not shown",
            lambda: self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=heading, prompts=asked
            ),
        )

    def name(self, place: Place, title: str) -> None:
        """Call a conversation by what was asked in it first."""
        name = shorten(title, LONGEST_NAME)
        self._try(
            "a conversation has no name",
            lambda: self._client.assistant_threads_setTitle(
                channel_id=place.channel, thread_ts=place.thread, title=name
            ),
        )

    def _try(self, what: str, call: Callable[[], object]) -> None:
        try:
            call()
        except (SlackApiError, *NETWORK_ERRORS) as error:
            _log.info("%s (%s)", what, type(error).__name__)
