"""A reply on its way into what Solmu knows: its author's consent, and a coordinator's approval."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack

from bot.blocks.contexts import message_modal
from bot.blocks.curating import ANSWER, AUDIENCE, QUESTION, curate_modal
from bot.blocks.elements import TEXTS, Block
from bot.blocks.inquiries import AGREE
from bot.blocks.status import notice
from bot.clicked import clicked_value
from bot.delivery import Outgoing
from bot.filled_in import FilledIn
from bot.listeners.deeds import Deeds, problem_text
from bot.listeners.whispering import Whispering
from bot.naming import NAMELESS, Naming
from bot.opening import Opening
from knowledge.inquiries.curating import Curation, Edited
from knowledge.inquiries.inquiring import NotYoursError
from knowledge.model import Audience, CuratedAnswer, InquiryId, Language

Payload = dict[str, Any]


class CurationClicks:
    """The listener for repliers and coordinators. Who may do what is looked up at every click."""

    def __init__(self, curation: Curation, naming: Naming, opening: Opening, whispering: Whispering) -> None:
        self._curation = curation
        self._naming = naming
        self._opening = opening
        self._whispering = whispering
        self._deeds = Deeds(whispering)

    def agree(self, body: Payload) -> None:
        """The replier lets the reply be kept, under their name or without it."""
        self._deeds.answer(body, lambda language: self._agreed(body, language))

    def refuse(self, body: Payload) -> None:
        """The replier does not."""
        self._deeds.answer(body, lambda language: self._refused(body, language))

    def retract(self, body: Payload) -> None:
        """The author takes the answer back."""
        self._deeds.answer(body, lambda language: self._retracted(body, language))

    def dismiss(self, body: Payload) -> None:
        """A coordinator does not take it in."""
        self._deeds.answer(body, lambda language: self._dismissed(body, language))

    def edit(self, body: Payload) -> None:
        """The form, for a coordinator."""
        language = self._whispering.language(body)
        try:
            view = curate_modal(self._offered(body), language)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever clicked is told
            view = message_modal("knowing.curate.title", problem_text(error, language), language)
        self._opening.open(body, lambda _: view, language)

    def approve(self, ack: Ack, body: Payload) -> None:
        """The form as a coordinator leaves it."""
        filled, inquiry = FilledIn(body["view"]), InquiryId(str(body["view"]["private_metadata"]))
        audience = Audience(filled.choice(AUDIENCE) or Audience.COORDINATORS.value)

        def keep(language: Language) -> Block:
            edited = Edited(filled.text(QUESTION), filled.text(ANSWER), audience)
            self._curation.approve(inquiry, edited, self._whispering.person(body))
            return message_modal("knowing.curate.title", TEXTS.get("knowing.curate.done", language), language)

        self._deeds.submit(ack, body, keep, ANSWER)

    def _offered(self, body: Payload) -> CuratedAnswer:
        if not self._curation.is_staff(self._whispering.person(body)):
            message = "Only coordinators take answers in."
            raise NotYoursError(message)
        return self._curation.offered(_inquiry(body))

    def _agreed(self, body: Payload, language: Language) -> Outgoing:
        person, name = self._whispering.person(body), ""
        if body["actions"][0]["action_id"] == AGREE:
            known = self._naming.name(person)
            name = "" if known == NAMELESS else known
        self._curation.agree(_inquiry(body), person, name)
        return notice("knowing.consent.given", language)

    def _refused(self, body: Payload, language: Language) -> Outgoing:
        self._curation.refuse(_inquiry(body), self._whispering.person(body))
        return notice("knowing.consent.refused", language)

    def _retracted(self, body: Payload, language: Language) -> Outgoing:
        self._curation.retract(_inquiry(body), self._whispering.person(body))
        return notice("knowing.retracted", language)

    def _dismissed(self, body: Payload, language: Language) -> Outgoing:
        self._curation.dismiss(_inquiry(body), self._whispering.person(body))
        return notice("knowing.curate.dismissed", language)


def _inquiry(body: Payload) -> InquiryId:
    return InquiryId(clicked_value(body))
