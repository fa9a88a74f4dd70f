"""A deleted question: what it said is forgotten, and its asker may have the answer removed."""

from __future__ import annotations

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.blocks.conversation import removal_offer
from bot.connection import NETWORK_ERRORS, SECONDS
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError, is_passing
from bot.questions import Question
from bot.spoken import SpokenIn
from knowledge.answering.conversations import Conversations
from knowledge.model import ChannelId, MemberId, Turn

_log = logging.getLogger(__name__)


class Withdrawing:
    """Offers to remove answers, and removes them."""

    def __init__(
        self, conversations: Conversations, client: WebClient, delivery: Delivery, spoken_in: SpokenIn
    ) -> None:
        self._conversations = conversations
        self._client = client
        self._delivery = delivery
        self._spoken_in = spoken_in

    def offer(self, question: Question, turn: Turn, *, doubtful: bool) -> None:
        """Ask the asker, where only they see it; raises SlackUnavailableError, UndeliverableError."""
        message = removal_offer(f"{turn.channel}:{turn.ts}", self._spoken_in(question))
        if question.is_direct:
            place = Place(question.channel, question.thread, since=question.ts)
            self._delivery.post(place, message, question.id, doubtful=doubtful)
        else:
            self._whisper(question, message)
        self._conversations.forget_words(turn)

    def remove(self, place: str, who: MemberId) -> None:
        """Remove the answer to a question of this person's; raises SlackUnavailableError, UndeliverableError."""
        channel, _, ts = place.partition(":")
        turn = self._conversations.find(ChannelId(channel), ts)
        if turn is None or turn.asker != who or not turn.answer:
            _log.info("an answer is not removed: it is gone, or another person's")
            return
        self._delivery.delete(Place(channel), turn.answer)
        self._conversations.remove(turn.id)

    def take_away(self, response_url: str) -> None:
        """Remove the offer itself, however it was answered."""
        try:
            WebhookClient(response_url, timeout=SECONDS).send_dict({"delete_original": True})
        except NETWORK_ERRORS as error:
            _log.info("an offer stays where it is (%s)", type(error).__name__)

    def _whisper(self, question: Question, message: Outgoing) -> None:
        try:
            self._client.chat_postEphemeral(
                channel=question.channel,
                user=question.user,
                thread_ts=question.thread if question.thread != question.ts else None,
                text=message.text,
                blocks=message.blocks,
            )
        except SlackApiError as error:
            if is_passing(error):
                raise SlackUnavailableError(question.channel) from error
            raise UndeliverableError(str(error.response.get("error"))) from error
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(question.channel) from error
