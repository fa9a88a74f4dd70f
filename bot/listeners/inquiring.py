"""Putting a question to the network: the form, what is said in the thread, and the asker's word on what helped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.contexts import message_modal
from bot.blocks.elements import TEXTS, Block
from bot.blocks.inquiries import CHANNEL, NAMED, TEXT, ask_modal
from bot.blocks.status import notice
from bot.clicked import clicked_value
from bot.delivery import Outgoing
from bot.filled_in import FilledIn
from bot.hearing import heard_in
from bot.inquiring import InquiryPosting
from bot.listeners.deeds import Deeds, RefusedError, problem_text
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.opening import Opening
from knowledge.inquiries.inquiring import Inquiries, Wish, inquiry_id
from knowledge.model import ChannelId, InquiryId, Language, QuestionId

Payload = dict[str, Any]
CHANGED, DELETED = "message_changed", "message_deleted"


class InquiryClicks:
    """The listener for askers."""

    def __init__(
        self,
        inquiries: Inquiries,
        posting: InquiryPosting,
        lookup: Lookup,
        opening: Opening,
        whispering: Whispering,
    ) -> None:
        self._inquiries = inquiries
        self._posting = posting
        self._lookup = lookup
        self._opening = opening
        self._whispering = whispering
        self._deeds = Deeds(whispering)

    def begin(self, body: Payload) -> None:
        """The form, for whoever asked the question."""
        language = self._whispering.language(body)
        try:
            asked = self._inquiries.question(QuestionId(clicked_value(body)), self._whispering.person(body))
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever clicked is told
            sentence = problem_text(error, language)
            told = message_modal("knowing.form.title", sentence, language)
            self._opening.open(body, lambda _: told, language, is_for_guests=True)
            return
        refusal = notice("knowing.outsiders", language)
        self._opening.open(body, lambda _: ask_modal(asked, language), language, refusal=refusal)

    def submit(self, ack: Ack, body: Payload) -> None:
        """The form as it was filled in; what is written down now is posted in a moment."""
        filled = FilledIn(body["view"])
        wish = Wish(filled.text(TEXT), ChannelId(filled.conversation(CHANNEL)), bool(filled.choices(NAMED)))

        def keep(language: Language) -> Block:
            if self._lookup.closed_because(wish.channel):
                raise RefusedError(CHANNEL, TEXTS.get("knowing.form.closed", language))
            self._inquiries.ask(_question(body), self._whispering.person(body), wish)
            return message_modal("knowing.form.title", TEXTS.get("knowing.form.done", language), language)

        self._deeds.submit(ack, body, keep, TEXT, outsiders="knowing.outsiders")

    def post(self, body: Payload) -> None:
        """Post what was submitted, if it was taken in."""
        name = inquiry_id(_question(body))
        for inquiry in self._inquiries.waiting():
            if inquiry.id == name:
                self._posting.post(inquiry, doubtful=False)

    def accept(self, body: Payload) -> None:
        """The asker says that a reply helped."""
        self._deeds.answer(body, lambda language: self._accepted(body, language))

    def hear(self, body: Mapping[str, Any]) -> None:
        """Take in a message, an edit or a deletion where it is in the thread of an inquiry."""
        event = body["event"]
        kind, channel = event.get("subtype"), ChannelId(str(event.get("channel") or ""))
        if kind == DELETED:
            self._unsay(event, channel)
        elif kind == CHANGED:
            self._hear(body, event.get("message") or {}, channel)
        else:
            self._hear(body, event, channel)

    def _hear(self, body: Mapping[str, Any], message: Mapping[str, Any], channel: ChannelId) -> None:
        heard = heard_in(message, channel, str(body.get("team_id") or ""))
        if heard is not None:
            self._inquiries.hear(heard)

    def _unsay(self, event: Mapping[str, Any], channel: ChannelId) -> None:
        before = event.get("previous_message") or {}
        if before.get("thread_ts"):
            self._inquiries.unsay(channel, before["thread_ts"], str(event.get("deleted_ts")))

    def _accepted(self, body: Payload, language: Language) -> Outgoing:
        name, _, ts = clicked_value(body).partition(":")
        inquiry, _ = self._inquiries.reply(InquiryId(name), ts)
        self._inquiries.accept(inquiry.id, ts, self._whispering.person(body))
        self._posting.show_answered(inquiry)
        return notice("knowing.reply.accepted", language)


def _question(body: Payload) -> QuestionId:
    return QuestionId(str(body["view"]["private_metadata"]))
