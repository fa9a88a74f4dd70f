"""Messages to the bot and mentions of it: taken in as questions, everything else passed over."""

from __future__ import annotations

from typing import Any

from bot.durable import Durable
from bot.incoming import is_direct_question, is_mention, question_from_message
from bot.listeners.inquiring import InquiryClicks


class Messages:
    """Listeners for `message` and `app_mention` events; what they take in is written down when they return."""

    def __init__(self, durable: Durable, inquiries: InquiryClicks) -> None:
        self._durable = durable
        self._inquiries = inquiries

    def message(self, body: dict[str, Any]) -> None:
        """A message in a conversation that the bot is in: a person's direct message is a question.

        What is said in a thread of a channel may be a reply to a question that Solmu put there.
        """
        if is_direct_question(body["event"]):
            self._durable.take_in(question_from_message(body))
        else:
            self._inquiries.hear(body)

    def mention(self, body: dict[str, Any]) -> None:
        """Somebody wrote the bot's name in a channel."""
        if is_mention(body["event"]):
            self._durable.take_in(question_from_message(body))
