"""Messages to the bot and mentions of it: taken in as questions, everything else passed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.durable import Durable
from bot.incoming import is_direct_question, is_mention, question_from_message


class Messages:
    """Listeners for `message` and `app_mention` events; what they take in is written down when they return."""

    def __init__(self, durable: Durable, overhear: Callable[[dict[str, Any]], None]) -> None:
        self._durable = durable
        self._overhear = overhear

    def message(self, body: dict[str, Any]) -> None:
        """A message in a conversation that the bot is in: a question where it is direct, or asks everybody."""
        if is_direct_question(body["event"]):
            self._durable.take_in(question_from_message(body))
        else:
            self._overhear(body)

    def mention(self, body: dict[str, Any]) -> None:
        """Somebody wrote the bot's name in a channel."""
        if is_mention(body["event"]):
            self._durable.take_in(question_from_message(body))
