"""`/solmu contact`: a coordinator hands over who speaks for an organisation, and both who are concerned are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import Ack

from bot.blocks.contacts import PERSON, appointed_modal, appointing_modal, choosing_modal, what_about
from bot.blocks.elements import TEXTS
from bot.blocks.status import notice
from bot.clicked import chosen_value
from bot.durable import Durable
from bot.failures import note_failure
from bot.filled_in import FilledIn, language_named
from bot.introduction_notes import Change, Deed
from bot.listeners.replying import tell
from bot.membership import Membership
from bot.naming import Naming
from bot.opening import Opening
from bot.rights import Rights
from knowledge.errors import NotFoundError
from knowledge.members.appointing import Appointments
from knowledge.members.profiles import NotAllowedError
from knowledge.model import Language, MemberId, Organisation, OrganisationId, shown
from knowledge.ports import Clock

CONTACT = "contact"
Payload = dict[str, Any]


def is_about_contact(command: Mapping[str, Any]) -> bool:
    """Whether a `/solmu` command is for these listeners."""
    return str(command.get("text") or "").casefold().split()[:1] == [CONTACT]


class ContactDesk:
    """The command, and the windows behind it.

    What they are is looked at anew at every click: a window can be open for long.
    """

    def __init__(
        self,
        appointments: Appointments,
        membership: Membership,
        naming: Naming,
        opening: Opening,
        durable: Durable,
        rights: Rights,
        clock: Clock,
    ) -> None:
        self._appointments = appointments
        self._membership = membership
        self._naming = naming
        self._opening = opening
        self._durable = durable
        self._rights = rights
        self._clock = clock

    def take_in(self, ack: Ack, command: Payload) -> None:
        """Acknowledge, or say why there is nothing to choose from."""
        language = self._language(command)
        if refused := self._why_not(command):
            tell(ack, notice(refused, language))
        elif not self._organisations(command):
            tell(ack, notice("contact.staff.none", language))
        else:
            ack()

    def open(self, command: Payload) -> None:
        """The slow half: show the organisations."""
        language = self._language(command)
        self._opening.open(command, lambda _: choosing_modal(self._organisations(command), language), language)

    def choose(self, body: Payload) -> None:
        """An organisation was chosen: show its members, as far as they can be named."""
        if self._why_not(body):
            return
        language = self._language_in(body)
        chosen = OrganisationId(chosen_value(body))
        named = self._naming.known_names(map(shown, self._appointments.candidates(chosen)))
        view = appointing_modal(self._organisations(body), chosen, named, language)
        self._opening.replace(body, view)

    def appoint(self, ack: Ack, body: Payload) -> None:
        """The submitted form: it is done before Slack is told; those concerned are told by work of its own."""
        language = self._language_in(body)
        try:
            refused = self._why_not(body)
            refusal = TEXTS.get(refused, language) if refused else self._kept(ack, body, language)
        except (NotFoundError, NotAllowedError):
            refusal = TEXTS.get("contact.staff.changed", language)
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("a contact was not handed over"))
            ack(response_action="errors", errors={PERSON: text})
            return
        if refusal:
            ack(response_action="errors", errors={PERSON: refusal})

    def _kept(self, ack: Ack, body: Payload, language: Language) -> str:
        """Do it and say so; or say why not."""
        organisation = what_about(body["view"].get("private_metadata"))[1]
        to = self._membership.member(FilledIn(body["view"]).choice(PERSON))
        before = self._appointments.organisation(organisation)
        if before.contact == to:
            return TEXTS.get("contact.staff.already", language)
        self._durable.introductions.carry_out(self._change(body, before, to))
        # Read again: meanwhile the member may have left, or another coordinator may have been quicker.
        if self._appointments.organisation(organisation).contact != to:
            return TEXTS.get("contact.staff.changed", language)
        view = appointed_modal(before.name, self._naming.name(to), before.contact, language)
        ack(response_action="update", view=view)
        return ""

    def _change(self, body: Payload, before: Organisation, to: MemberId) -> Change:
        return Change(
            f"contact:{body['view']['id']}:{before.contact}:{to}",
            Deed.APPOINT,
            self._membership.member_in(body),
            subject=before.id,
            first=before.contact,
            other=to,
            at=self._clock().timestamp(),
        )

    def _why_not(self, body: Payload) -> str:
        return self._rights.why_not_staff("contact.staff.refused", body)

    def _organisations(self, body: Payload) -> Sequence[Organisation]:
        return self._appointments.organisations(self._membership.member_in(body))

    def _language(self, body: Payload) -> Language:
        return self._membership.language_in(body)

    def _language_in(self, body: Payload) -> Language:
        return language_named(what_about(body["view"].get("private_metadata"))[0], self._language(body))
