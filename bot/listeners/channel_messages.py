"""What people ask each other in channels: Solmu answers it or offers to, where a channel's coordinators want that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.blocks.status import notice
from bot.clicked import where_to_respond
from bot.durable import Durable
from bot.failures import note_failure
from bot.incoming import is_mention, question_from_message
from bot.listeners.whispering import Whispering
from bot.offering import Offering
from bot.questions import Question
from knowledge.channels.manners import ChannelManners
from knowledge.channels.overhearing import is_open_question
from knowledge.model import ChannelId, Initiative
from knowledge.ports import Clock

CHANNELS = frozenset({"channel", "group"})
Payload = dict[str, Any]


class ChannelMessages:
    """Listeners for messages in which nobody mentions Solmu, and for the buttons of its offers."""

    def __init__(
        self, durable: Durable, manners: ChannelManners, offering: Offering, whispering: Whispering, clock: Clock
    ) -> None:
        self._durable = durable
        self._manners = manners
        self._offering = offering
        self._whispering = whispering
        self._clock = clock

    def hear(self, body: Payload) -> None:
        """Take a question in where all are answered; nothing of any other message is kept."""
        if _asks_everybody(body["event"]) and self._initiative(body) is Initiative.ANSWER:
            self._durable.take_in(replace(question_from_message(body), is_overheard=True))

    def consider(self, body: Payload) -> None:
        """Offer an answer, privately, to whoever asks something that Solmu is sure to know. An offer may be lost."""
        try:
            if _asks_everybody(body["event"]) and self._initiative(body) is Initiative.OFFER:
                self._offering.consider(question_from_message(body))
        except Exception:  # noqa: BLE001 - nobody asked Solmu
            note_failure("it cannot be told whether an answer is to be offered")

    def show(self, body: Payload) -> None:
        """The offer is taken up, for the asker's eyes alone."""
        question = self._question(body)
        if question is not None:
            alone: dict[str, Any] = {"response_url": where_to_respond(body), "ts": "", "thread": ""}
            self._durable.take_in(replace(question, id=f"offer:{question.id}", **alone))

    def answer(self, body: Payload) -> None:
        """The offer is taken up, in the thread of the question."""
        question = self._question(body)
        if question is not None:
            self._durable.take_in(question)

    def close(self, body: Payload) -> None:
        """Take away the offer that was clicked on."""
        self._offering.close(where_to_respond(body))

    def _question(self, body: Payload) -> Question | None:
        question = self._offering.question(body)
        if question is None:
            self._whispering.send(body, notice("channels.offer.gone", self._whispering.language(body)))
        return question

    def _initiative(self, body: Payload) -> Initiative:
        question = question_from_message(body)
        return self._manners.initiative(ChannelId(question.channel), question.spoken, self._clock())


def _asks_everybody(event: Mapping[str, Any]) -> bool:
    """Whether a person begins to talk in a channel by asking something; what stands in threads is left alone."""
    begins = "thread_ts" not in event and event.get("subtype") is None
    return (
        begins
        and event.get("channel_type") in CHANNELS
        and is_mention(event)
        and is_open_question(event.get("text") or "")
    )
