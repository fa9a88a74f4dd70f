"""Proposing what somebody wrote as an answer for others: the window, and what was filled in."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt import Ack

from bot.blocks.contexts import message_modal
from bot.blocks.elements import TEXTS, Block
from bot.blocks.nominating import QUESTION, TEXT, nomination_modal
from bot.clicked import reading
from bot.filled_in import FilledIn
from bot.incoming import is_by_person, plain
from bot.listeners.deeds import Deeds
from bot.listeners.whispering import Whispering
from bot.membership import Membership
from knowledge.inquiries.nominating import Nomination, Nominations
from knowledge.language.detecting import detect_language
from knowledge.model import ChannelId, Language
from knowledge.privacy import personal_data_in

Payload = dict[str, Any]


class NominatingClicks:
    """Listeners of the part of `add_knowledge` that is about a message without a link."""

    def __init__(self, nominations: Nominations, membership: Membership, whispering: Whispering) -> None:
        self._nominations = nominations
        self._membership = membership
        self._whispering = whispering
        self._deeds = Deeds(whispering)

    def is_possible(self, body: Payload) -> bool:
        """Whether the message has words, written by a person whom Solmu may ask; raises SlackUnavailableError."""
        message = body["message"]
        is_written = is_by_person(message) and bool(plain(message.get("text") or ""))
        return is_written and self._membership.admits_user(message["user"])

    def window(self, body: Payload, language: Language) -> Block:
        """The window in which the message is proposed; one that says why not, where it tells of a patient."""
        message = body["message"]
        text = plain(message.get("text") or "")
        if found := personal_data_in(text):
            told = TEXTS.get(f"nominate.withheld.{found.value}", language)
            return message_modal("channels.add.title", told, language)
        return nomination_modal(text, body["channel"]["id"], str(message["ts"]), message["user"], language)

    def keep(self, ack: Ack, body: Payload) -> None:
        """Have its author asked."""
        filled = FilledIn(body["view"])
        with reading("a form"):
            channel, ts, author = (str(each) for each in json.loads(body["view"]["private_metadata"]))

        def keep(language: Language) -> Block:
            question, text = filled.text(QUESTION), filled.text(TEXT)
            spoken = detect_language(f"{question} {text}")
            nomination = Nomination(
                ChannelId(channel),
                ts,
                self._membership.member(author),
                question,
                text,
                language if spoken is Language.UNKNOWN else spoken,
            )
            self._nominations.nominate(nomination, self._whispering.person(body))
            return message_modal("channels.add.title", TEXTS.get("nominate.done", language), language)

        self._deeds.submit(ack, body, keep, TEXT, outsiders="channels.add.outsiders")
