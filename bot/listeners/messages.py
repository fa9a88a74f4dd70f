"""Messages to the bot and mentions of it: taken in as questions, everything else passed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.durable import Durable
from bot.incoming import (
    is_direct_question,
    is_in_others_thread,
    is_mention,
    is_talk_in_thread,
    names_somebody,
    question_from_message,
)
from bot.incoming_changes import deleted_question, edited_question, is_deletion, is_edit
from bot.listeners.inquiring import InquiryClicks
from bot.questions import Question
from knowledge.answering.conversations import Conversations
from knowledge.conduct.rules import reason_to_refuse
from knowledge.model import ChannelId, Reason, member_id

LET_BE = frozenset({Reason.EMPTY, Reason.SMALL_TALK})
"""What nobody in a channel waits for an answer to, unless they name the bot."""


class Messages:
    """Listeners for `message` and `app_mention` events; what they take in is written down when they return."""

    def __init__(
        self,
        durable: Durable,
        conversations: Conversations,
        inquiries: InquiryClicks,
        ask_everybody: Callable[[dict[str, Any]], None],
    ) -> None:
        self._durable = durable
        self._conversations = conversations
        self._inquiries = inquiries
        self._ask_everybody = ask_everybody

    def message(self, body: dict[str, Any]) -> None:
        """Something about a message in a conversation that the bot is in.

        What is said in a thread of a channel may also be a reply to a question that Solmu put there, and what begins
        one a question to everybody.
        """
        event = body["event"]
        if is_direct_question(event):
            self._durable.take_in(question_from_message(body))
            return
        self._inquiries.hear(body)
        self._ask_everybody(body)
        if is_edit(event):
            self._follow(edited_question(body))
        elif is_deletion(event):
            self._follow(deleted_question(body))
        elif is_talk_in_thread(body):
            self._overhear(body)

    def mention(self, body: dict[str, Any]) -> None:
        """Somebody wrote the bot's name in a channel."""
        if is_mention(body["event"]):
            self._durable.take_in(question_from_message(body))

    def _follow(self, question: Question) -> None:
        """A message was changed or deleted: in direct messages each is a question, elsewhere those it knows."""
        is_known = self._conversations.find(ChannelId(question.channel), question.ts) is not None
        if is_known or question.is_direct:
            self._durable.take_in(question)

    def _overhear(self, body: dict[str, Any]) -> None:
        """Only whoever is talking to the bot is answered; what others say to each other is none of its business."""
        question = question_from_message(body)
        who = member_id(question.team, question.user)
        is_for_others = names_somebody(body["event"]) or is_in_others_thread(body)
        if not self._conversations.hears(
            ChannelId(question.channel), question.thread, who, is_for_others=is_for_others
        ):
            return
        if question.withheld or reason_to_refuse(question.text) not in LET_BE:
            self._durable.take_in(question)
