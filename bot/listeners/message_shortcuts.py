"""The shortcuts on a message: answering it, and making a source of what it links to."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.blocks.contexts import message_modal
from bot.blocks.elements import TEXTS, Block, is_web_address
from bot.blocks.message_shortcuts import (
    AUDIENCE,
    IN_THREAD,
    PAGE,
    TEXT,
    WHERE,
    Spot,
    add_modal,
    answer_modal,
    pages_in,
    told_window,
    unpacked_spot,
)
from bot.blocks.status import notice
from bot.clicked import clicked_value, reading
from bot.durable import Durable
from bot.filled_in import FilledIn
from bot.incoming import plain, question_in_form
from bot.listeners.deeds import Deeds
from bot.listeners.nominating import NominatingClicks
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.opening import Opening
from knowledge.channels.suggesting import Suggestions
from knowledge.model import Audience, Language
from knowledge.privacy import personal_data_in

Payload = dict[str, Any]


class AnswerThis:
    """Listeners for `answer_message`: the shortcut, and its window once submitted."""

    def __init__(self, durable: Durable, lookup: Lookup, opening: Opening, whispering: Whispering) -> None:
        self._durable = durable
        self._lookup = lookup
        self._opening = opening
        self._whispering = whispering

    def open(self, body: Payload) -> None:
        """Show the message as a question, and ask where its answer is to go."""
        language, message = self._whispering.language(body), body["message"]
        spot = Spot(body["channel"]["id"], str(message.get("thread_ts") or message["ts"]))
        text = plain(message.get("text") or "")

        def drawn(_: object) -> Block:
            if found := personal_data_in(text):
                told = TEXTS.get(f"channels.answer.withheld.{found.value}", language)
                return message_modal("channels.answer.title", told, language)
            is_open = not spot.channel.startswith("D") and not self._lookup.closed_because(spot.channel)
            return answer_modal(text, spot, language, is_open=is_open)

        self._opening.open(body, drawn, language, is_for_guests=True)

    def ask(self, ack: Ack, body: Payload) -> None:
        """Take the question in."""
        filled = FilledIn(body["view"])
        with reading("a form"):
            spot = unpacked_spot(body["view"]["private_metadata"])
        is_shared = filled.choice(WHERE) == IN_THREAD
        where = {"channel": spot.channel, "thread": spot.thread} if is_shared else {}
        self._durable.take_in(question_in_form(filled.text(TEXT), body, **where))
        ack()


class AddToKnowledge:
    """Listeners for `add_knowledge`: the shortcut, its window once submitted, and the button in a suggestion."""

    def __init__(
        self, suggestions: Suggestions, nominating: NominatingClicks, opening: Opening, whispering: Whispering
    ) -> None:
        self._suggestions = suggestions
        self._nominating = nominating
        self._opening = opening
        self._whispering = whispering
        self._deeds = Deeds(whispering)

    def open(self, body: Payload) -> None:
        """Show the pages that the message links to; where there are none, what it says may be worth keeping."""
        pages, language = pages_in(body["message"].get("text") or ""), self._whispering.language(body)
        if pages:
            self._show(body, pages)
            return

        def drawn(person: object) -> Block:
            # Asked while the window is drawn: that Slack cannot be asked is told there.
            if self._nominating.is_possible(body):
                return self._nominating.window(body, language)
            return self._window(body, [])(person)

        self._opening.open(body, drawn, language, refusal=notice("channels.add.outsiders", language))

    def reopen(self, body: Payload) -> None:
        """Show the page that somebody suggested."""
        self._show(body, [clicked_value(body)])

    def keep(self, ack: Ack, body: Payload) -> None:
        """Add the chosen page, or suggest it, and tell what came of it."""

        def keep(language: Language) -> Block:
            return told_window(TEXTS.get(f"channels.outcome.{self._kept(body)}", language), language)

        self._deeds.submit(ack, body, keep, PAGE, outsiders="channels.add.outsiders")

    def _kept(self, body: Payload) -> str:
        filled, person = FilledIn(body["view"]), self._whispering.person(body)
        page = str(json.loads(body["view"]["private_metadata"])[int(filled.choice(PAGE))])
        # An address can hold personal data as any text can; it would be kept as a source's place.
        if not is_web_address(page) or personal_data_in(page):
            message = f"expected a web address, got one of {len(page)} characters that is none"
            raise ValueError(message)
        # Asked anew: whoever was an admin when the window opened may be none any more, and suggests then.
        if not self._suggestions.may_add(person):
            return self._suggestions.suggest(page, person).value
        audience = Audience(filled.choice(AUDIENCE) or Audience.MEMBERS.value)
        return self._suggestions.add(page, audience, person).value

    def _show(self, body: Payload, pages: list[str]) -> None:
        language = self._whispering.language(body)
        refusal = notice("channels.add.outsiders", language)
        self._opening.open(body, self._window(body, pages), language, refusal=refusal)

    def _window(self, body: Payload, pages: list[str]) -> Callable[[object], Block]:
        language, person = self._whispering.language(body), self._whispering.person(body)
        known = self._suggestions.is_known_to
        fresh = [each for each in pages if not (personal_data_in(each) or known(each, person))]
        if not fresh:
            text = TEXTS.get("channels.outcome.known" if pages else "channels.add.none", language)
            return lambda _: told_window(text, language)
        may_add = self._suggestions.offers_adding(person)
        return lambda _: add_modal(fresh, language, may_add=may_add)
