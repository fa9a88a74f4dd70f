"""Offering an answer to whoever asked others: seen by them alone, and only where Solmu is sure to have one."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.audience import Audiences
from bot.blocks.offers import offer_message
from bot.clicked import clicked_value
from bot.connection import NETWORK_ERRORS, SECONDS, code_of
from bot.incoming import question_from_message
from bot.questions import Question
from knowledge.answering.answerer import Answerer
from knowledge.model import AnswerStatus

CONFIDENT = 0.5
"""The evidence from which an answer is offered unasked; far less is enough for whoever asks."""
REMEMBERED = 500
"""So many questions that came are known when Slack brings them again."""
_log = logging.getLogger(__name__)


class Offering:
    """Offers answers, and finds the questions of those that are taken up: no text of theirs is kept here."""

    def __init__(self, client: WebClient, answerer: Answerer, audiences: Audiences) -> None:
        self._client = client
        self._answerer = answerer
        self._audiences = audiences
        self._considered: OrderedDict[str, None] = OrderedDict()

    def consider(self, question: Question) -> None:
        """Offer an answer where there is a good one that everybody in the channel may see."""
        if self._is_known(question.id):
            return
        answer = self._answerer.ask(question.text, audience=self._audiences.of(question))
        if answer.status is not AnswerStatus.ANSWERED or answer.evidence < CONFIDENT:
            return
        message = offer_message(answer, question.ts)
        try:
            self._client.chat_postEphemeral(
                channel=question.channel, user=question.user, text=message.text, blocks=message.blocks
            )
        except SlackApiError as error:
            _log.info("an answer is not offered: Slack says %s", code_of(error))
        except NETWORK_ERRORS as error:
            _log.info("an answer is not offered (%s)", type(error).__name__)

    def question(self, body: Mapping[str, Any]) -> Question | None:
        """The question to which a clicked offer belongs; None where it is gone, or somebody else's."""
        channel, ts = body["channel"]["id"], clicked_value(body)
        try:
            found = self._client.conversations_history(channel=channel, latest=ts, inclusive=True, limit=1)
        except SlackApiError as error:
            _log.warning("the question of an offer cannot be read: Slack says %s", code_of(error))
            return None
        message: dict[str, Any] = next(iter(found.get("messages") or ()), {})
        if message.get("ts") != ts or message.get("user") != body["user"]["id"]:
            return None
        return question_from_message({"team_id": body["team"]["id"], "event": message | {"channel": channel}})

    def close(self, response_url: str) -> None:
        """Take the offer away; where Slack will not, it stays."""
        try:
            WebhookClient(response_url, timeout=SECONDS).send_dict({"delete_original": True})
        except NETWORK_ERRORS as error:
            _log.info("an offer stays there (%s)", type(error).__name__)

    def _is_known(self, question: str) -> bool:
        if question in self._considered:
            return True
        self._considered[question] = None
        while len(self._considered) > REMEMBERED:
            self._considered.popitem(last=False)
        return False
