"""The window in which coordinators set how Solmu behaves in a channel."""

from __future__ import annotations

from datetime import time
from typing import Any

from slack_bolt import Ack

from bot.blocks.draft_sheet import told_modal
from bot.blocks.elements import TEXTS, Block
from bot.blocks.manners import (
    AUDIENCE,
    HOURLY,
    INITIATIVE,
    LANGUAGES,
    QUIET_FROM,
    QUIET_UNTIL,
    block_of,
    manners_modal,
)
from bot.clicked import reading
from bot.coordinating import Coordinating
from bot.failures import note_failure
from bot.filled_in import FilledIn
from knowledge.channels.manners import ChannelManners
from knowledge.model import NEVER_QUIET, Audience, ChannelId, Initiative, Language, Manners

Payload = dict[str, Any]


class MannersForm:
    """Listeners for the button that opens the window, for the channel chosen in it, and for what is submitted."""

    def __init__(self, manners: ChannelManners, coordinating: Coordinating) -> None:
        self._manners = manners
        self._at = coordinating

    def open(self, body: Payload) -> None:
        """The channels for which something was set."""
        self._show(body, None)

    def pick(self, body: Payload) -> None:
        """The form of the channel that was chosen."""
        with reading("a menu of channels"):
            channel = ChannelId(str(body["actions"][0]["selected_conversation"]))
        self._show(body, channel)

    def keep(self, ack: Ack, body: Payload) -> None:
        """The submitted form; the window stays open with what was kept, for the next channel."""
        language, channel = self._at.language(body), ChannelId(body["view"]["private_metadata"])
        try:
            self._manners.set(_filled(FilledIn(body["view"]), channel), self._at.person(body))
            ack(response_action="update", view=manners_modal(self._manners.all(), None, language))
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("a channel's manners were not kept"))
            ack(response_action="errors", errors={block_of(INITIATIVE, channel): text})

    def _show(self, body: Payload, channel: ChannelId | None) -> None:
        self._at.show(body, self._at.outcome(body, lambda: self._drawn(body, channel)))

    def _drawn(self, body: Payload, channel: ChannelId | None) -> Block:
        language = self._at.language(body)
        if not self._at.is_staff(body):
            return told_modal(TEXTS.get("draft.refused", language), language)
        return manners_modal(self._manners.all(), channel, language)


def _filled(filled: FilledIn, channel: ChannelId) -> Manners:
    quiet_from, quiet_until = (filled.time(block_of(name, channel)) for name in (QUIET_FROM, QUIET_UNTIL))
    if time.max in {quiet_from, quiet_until}:
        quiet_from = quiet_until = NEVER_QUIET
    return Manners(
        channel,
        Initiative(filled.choice(block_of(INITIATIVE, channel))),
        tuple(map(Language, filled.choices(block_of(LANGUAGES, channel)))),
        Audience(filled.choice(block_of(AUDIENCE, channel))),
        quiet_from,
        quiet_until,
        int(filled.choice(block_of(HOURLY, channel))),
    )
