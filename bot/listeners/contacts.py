"""`/solmu contact`: a coordinator hands over who speaks for an organisation, and both who are concerned are told."""

from __future__ import annotations

from collections.abc import Mapping
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
from bot.membership import Membership, user_in
from bot.naming import Naming
from bot.opening import Opening
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
    """The command, and the windows behind it; `staff` are the Slack ids of coordinators and admins.

    What they are is looked at anew at every click: a window can be open for long.
    """

    def __init__(
        self,
        appointments: Appointments,
        membership: Membership,
        naming: Naming,
        opening: Opening,
        durable: Durable,
        staff: frozenset[str],
        clock: Clock,
    ) -> None:
        self._appointments = appointments
        self._membership = membership
        self._naming = naming
        self._opening = opening
        self._durable = durable
        self._staff = staff
        self._clock = clock

    def take_in(self, ack: Ack, command: Payload) -> None:
        """Acknowledge, or say why there is nothing to choose from."""
        language = self._language(command)
        if not self._may(command):
            tell(ack, notice("contact.staff.refused", language))
        elif not self._appointments.organisations():
            tell(ack, notice("contact.staff.none", language))
        else:
            ack()

    def open(self, command: Payload) -> None:
        """The slow half: show the organisations."""
        organisations, language = self._appointments.organisations(), self._language(command)
        if self._may(command) and organisations:
            self._opening.open(command, lambda _: choosing_modal(organisations, language), language)

    def choose(self, body: Payload) -> None:
        """An organisation was chosen: show its members, as far as they can be named."""
        if not self._may(body):
            return
        language = self._language_in(body)
        chosen = OrganisationId(chosen_value(body))
        people = self._naming.names(shown(each) for each in self._appointments.candidates(chosen))
        named = {member: name for member, name in people.items() if name}
        view = appointing_modal(self._appointments.organisations(), chosen, named, language)
        self._opening.replace(body, view)

    def appoint(self, ack: Ack, body: Payload) -> None:
        """The submitted form: it is done before Slack is told; those concerned are told by work of its own."""
        language = self._language_in(body)
        try:
            refusal = self._kept(ack, body, language) if self._may(body) else "refused"
        except (NotFoundError, NotAllowedError):
            refusal = "changed"
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("a contact was not handed over"))
            ack(response_action="errors", errors={PERSON: text})
            return
        if refusal:
            ack(response_action="errors", errors={PERSON: TEXTS.get(f"contact.staff.{refusal}", language)})

    def _kept(self, ack: Ack, body: Payload, language: Language) -> str:
        """Do it and say so; or the name of the reason why not."""
        organisation = what_about(body["view"].get("private_metadata"))[1]
        to = self._membership.member(FilledIn(body["view"]).choice(PERSON))
        before = self._appointments.organisation(organisation)
        if before.contact == to:
            return "already"
        self._durable.introductions.carry_out(self._change(body, before, to))
        # Read again: meanwhile the member may have left, or another coordinator may have been quicker.
        if self._appointments.organisation(organisation).contact != to:
            return "changed"
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

    def _may(self, body: Payload) -> bool:
        return user_in(body) in self._staff

    def _language(self, body: Payload) -> Language:
        return self._membership.language_in(body)

    def _language_in(self, body: Payload) -> Language:
        return language_named(what_about(body["view"].get("private_metadata"))[0], self._language(body))
