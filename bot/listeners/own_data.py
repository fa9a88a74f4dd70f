"""`/tietoni` and its sisters: everybody sees, takes along and erases what Solmu knows of them, profile or not."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS, fallback
from bot.blocks.own_data import erased_modal, own_data_modal
from bot.delivery import SlackUnavailableError, UndeliverableError
from bot.durable import Durable
from bot.failures import note_failure
from bot.files import Files
from bot.filled_in import language_named
from bot.introduction_notes import Change, Deed
from bot.membership import Membership, user_in
from bot.opening import Opening
from knowledge.model import Language
from knowledge.personal.telling import PersonalData
from knowledge.ports import Clock

COMMANDS: Mapping[str, Language] = {
    "/tietoni": Language.FI,
    "/minauppgifter": Language.SV,
    "/mydata": Language.EN,
}
"""One command under three names, each in its language."""
Payload = dict[str, Any]
_log = logging.getLogger(__name__)


class OwnData:
    """The listener for the three commands and the buttons of their window. Everybody acts for themselves alone."""

    def __init__(
        self,
        personal: PersonalData,
        membership: Membership,
        opening: Opening,
        files: Files,
        durable: Durable,
        clock: Clock,
    ) -> None:
        self._personal = personal
        self._membership = membership
        self._opening = opening
        self._files = files
        self._durable = durable
        self._clock = clock

    def show(self, command: Payload) -> None:
        """Open the window; also for guests, of whom something may be kept as well."""
        language = COMMANDS[command["command"]]
        self._opening.open(
            dict(command),
            lambda person: own_data_modal(self._personal.summary(person), language),
            language,
            is_for_guests=True,
        )

    def export(self, body: Payload) -> None:
        """Send all of it as a file, in the person's direct messages, and say so in the window."""
        language, person = _language(body), self._membership.member_in(body)
        try:
            name, comment = TEXTS.get("own_data.file_name", language), TEXTS.get("own_data.file", language)
            self._files.send(user_in(body), name, self._personal.export(person), fallback(comment))
            note = TEXTS.get("own_data.sent", language)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("somebody's own data could not be sent (%s)", type(error).__name__)
            note = TEXTS.get("own_data.unsent", language)
        except Exception:  # noqa: BLE001 - whatever it is, whoever asked is told
            note = TEXTS.get("form.failed", language, reference=note_failure("own data cannot be told"))
        self._opening.replace(body, own_data_modal(self._personal.summary(person), language, note=note))

    def erase(self, ack: Ack, body: Payload) -> None:
        """Erase everything before Slack is told; those who waited for an answer of theirs are told."""
        person = self._membership.member_in(body)
        name = f"leave:{person}:{body['actions'][0]['action_ts']}"
        self._durable.introductions.carry_out(Change(name, Deed.LEAVE, person, at=self._clock().timestamp()))
        ack()

    def confirm(self, body: Payload) -> None:
        """The slow half of `erase`: what finished work remembers goes too, and the window says that it is done."""
        self._durable.forget_erased()
        self._opening.replace(body, erased_modal(_language(body)))


def _language(body: Payload) -> Language:
    return language_named((body.get("view") or {}).get("private_metadata"), Language.FI)
