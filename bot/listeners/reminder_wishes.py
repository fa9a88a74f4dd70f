"""Listeners for the form in which one says when one wants to be reminded of events."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS
from bot.blocks.reminder_wishes import (
    MODE,
    OFFSETS,
    QUIET_FROM,
    QUIET_UNTIL,
    wishes_from,
    wishes_modal,
)
from bot.failures import note_failure
from bot.filled_in import FilledIn
from bot.listeners.whispering import Whispering
from bot.opening import Opening
from knowledge.events.reminders import Reminders

Payload = dict[str, Any]


class ReminderForm:
    """Everybody decides for themselves; guests too, who come to what is public."""

    def __init__(self, reminders: Reminders, opening: Opening, whispering: Whispering) -> None:
        self._reminders = reminders
        self._opening = opening
        self._whispering = whispering

    def open(self, body: Payload) -> None:
        """Show what was wished before."""
        language = self._whispering.language(body)
        self._opening.open(
            body, lambda person: wishes_modal(self._reminders.wishes(person), language), language, is_for_guests=True
        )

    def keep(self, ack: Ack, body: Payload) -> None:
        """The submitted form."""
        filled = FilledIn(body["view"])
        wishes = wishes_from(
            self._whispering.person(body),
            filled.choice(MODE),
            filled.choices(OFFSETS),
            filled.time(QUIET_FROM),
            filled.time(QUIET_UNTIL),
        )
        try:
            self._reminders.wish(wishes)
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            reference = note_failure("wishes about reminders were not kept")
            text = TEXTS.get("form.failed", self._whispering.language(body), reference=reference)
            ack(response_action="errors", errors={MODE: text})
        else:
            ack()
