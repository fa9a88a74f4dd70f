"""What members do about speaking for their organisation: they take it on, and hand it over to a colleague."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack

from bot.blocks.contacts import PERSON, given_modal, handing_modal, not_yours_modal
from bot.blocks.elements import TEXTS, Block
from bot.blocks.own_profile import taken_on_modal
from bot.durable import Durable
from bot.failures import note_failure
from bot.filled_in import FilledIn, language_named
from bot.introduction_notes import Change, Deed
from bot.membership import Membership
from bot.naming import Naming
from bot.opening import Opening
from knowledge.errors import NotFoundError
from knowledge.members.appointing import Appointments
from knowledge.members.profiles import NotAllowedError
from knowledge.model import Language, MemberId, shown
from knowledge.ports import Clock

Payload = dict[str, Any]
_log = logging.getLogger(__name__)


class ContactRole:
    """Listeners for the buttons and the form. Everybody acts for themselves; what they are is looked at anew."""

    def __init__(
        self,
        appointments: Appointments,
        membership: Membership,
        naming: Naming,
        opening: Opening,
        durable: Durable,
        clock: Clock,
    ) -> None:
        self._appointments = appointments
        self._membership = membership
        self._naming = naming
        self._opening = opening
        self._durable = durable
        self._clock = clock

    def take_on(self, ack: Ack, body: Payload) -> None:
        """Speak for one's organisation where nobody does; whether it came to that shows in what is drawn anew."""
        try:
            self._appointments.take_on(self._membership.member_in(body))
        except (NotFoundError, NotAllowedError):
            _log.info("a click came too late")
        ack()

    def confirm(self, body: Payload) -> None:
        """The slow half of `take_on`: whoever clicked in a window reads there what came of it."""
        own = self._membership.own(self._membership.member_in(body))
        if own is not None and body.get("view", {}).get("type") == "modal":
            language = language_named(body["view"].get("private_metadata"), self._membership.language_in(body))
            self._opening.replace(body, taken_on_modal(own, language))

    def open(self, body: Payload) -> None:
        """Ask who the next contact is, of the colleagues who show who they are."""
        language = self._membership.language_in(body)
        self._opening.open(body, lambda member: self._form(member, language), language)

    def hand_over(self, ack: Ack, body: Payload) -> None:
        """The submitted form: it is done before Slack is told; the new contact is told by work of its own."""
        language = language_named(body["view"].get("private_metadata"), Language.FI)
        try:
            view = self._handed(body, FilledIn(body["view"]).choice(PERSON), language)
        except (NotFoundError, NotAllowedError):
            ack(response_action="errors", errors={PERSON: TEXTS.get("contact.refused", language)})
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("a contact was not handed over"))
            ack(response_action="errors", errors={PERSON: text})
        else:
            ack(response_action="update", view=view)

    def _form(self, member: MemberId, language: Language) -> Block:
        own = self._membership.own(member)
        if own is None or not own.is_contact:
            return not_yours_modal(language)
        candidates = [each for each in self._appointments.candidates(own.member.organisation) if each.id != member]
        return handing_modal(own.organisation, self._naming.known_names(map(shown, candidates)), language)

    def _handed(self, body: Payload, successor: str, language: Language) -> Block:
        by, to = self._membership.member_in(body), MemberId(successor)
        own = self._membership.own(by)
        if own is None or not own.is_contact:
            message = f"{by} is not the contact of an organisation."
            raise NotAllowedError(message)
        name = f"contact:{body['view']['id']}:{by}:{to}"
        home, at = own.member.organisation, self._clock().timestamp()
        self._durable.introductions.carry_out(Change(name, Deed.HAND_OVER, by, subject=home, other=to, at=at))
        if self._appointments.organisation(home).contact != to:
            message = f"{to} is not the contact of {home}."
            raise NotAllowedError(message)
        return given_modal(self._naming.name(to), language)
