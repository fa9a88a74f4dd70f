"""What people think of an answer, and the passages behind it: buttons beneath every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.blocks.closing import GOOD
from bot.blocks.contexts import context_modal, message_modal
from bot.blocks.elements import TEXTS, Block
from bot.blocks.ratings import REASON, WORDS, reasons_modal
from bot.blocks.status import notice
from bot.clicked import clicked_value, reading
from bot.delivery import Outgoing
from bot.filled_in import FilledIn
from bot.listeners.deeds import Deeds, problem_text
from bot.listeners.whispering import Whispering
from bot.opening import Opening
from bot.visiting import Visitors
from knowledge.inquiries.contexts import Contexts
from knowledge.inquiries.ratings import Ratings
from knowledge.model import Complaint, Language, PassageId, QuestionId

Payload = dict[str, Any]


class AnswerClicks:
    """The listener for both. Nobody else sees what somebody thinks."""

    def __init__(
        self, ratings: Ratings, contexts: Contexts, visitors: Visitors, opening: Opening, whispering: Whispering
    ) -> None:
        self._ratings = ratings
        self._contexts = contexts
        self._visitors = visitors
        self._opening = opening
        self._whispering = whispering
        self._deeds = Deeds(whispering)

    def rate(self, body: Payload) -> None:
        """Thumbs up is thanked for; thumbs down opens the reasons."""
        word, _, name = clicked_value(body).partition(":")
        question, person = QuestionId(name), self._visitors.person(body)
        if word == GOOD:
            self._deeds.answer(body, lambda language: self._praised(question, body, language))
            return
        self._open(body, lambda language: reasons_modal(self._ratings.object(question, person), language))

    def explain(self, ack: Ack, body: Payload) -> None:
        """The reasons as they were filled in."""
        filled, question = FilledIn(body["view"]), QuestionId(str(body["view"]["private_metadata"]))
        reason = Complaint(filled.choice(REASON) or Complaint.OTHER.value)

        def keep(language: Language) -> Block:
            self._ratings.explain(question, self._visitors.person(body), reason, filled.text(WORDS))
            return message_modal("knowing.window", TEXTS.get("knowing.thanks.reason", language), language)

        self._deeds.submit(ack, body, keep, WORDS)

    def show(self, body: Payload) -> None:
        """A cited passage where it stands, for whoever may read it at this moment."""
        with reading("a citation"):
            passage = PassageId(int(clicked_value(body)))

        def make(language: Language) -> Block:
            audience = self._visitors.visitor(body).audience
            return context_modal(self._contexts.around(passage, audience), language)

        self._open(body, make)

    def _praised(self, question: QuestionId, body: Payload, language: Language) -> Outgoing:
        self._ratings.praise(question, self._visitors.person(body))
        return notice("knowing.thanks", language)

    def _open(self, body: Payload, make: Callable[[Language], Block]) -> None:
        """Open a window; one that says why, where what was wanted cannot be shown."""
        language = self._whispering.language(body)
        try:
            view = make(language)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever clicked is told
            view = message_modal("knowing.window", problem_text(error, language), language)
        self._opening.open(body, lambda _: view, language, is_for_guests=True)
