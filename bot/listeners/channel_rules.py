"""`/solmu channels`: the language of each channel, and whether a second coordinator must approve what goes there."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack

from bot.blocks.draft_texts import EXPECTED, problem_text
from bot.blocks.draft_windows import ASKS, CHANNEL, SPEAKS, rules_modal
from bot.blocks.elements import TEXTS
from bot.coordinating import Coordinating
from bot.failures import note_failure
from bot.filled_in import FilledIn
from bot.listeners.replying import admit
from knowledge.events.announcing import Announcing
from knowledge.events.boards import Boards
from knowledge.model import ChannelId, ChannelRule, Language

CHANNELS = "channels"
Payload = dict[str, Any]


def is_about_channels(command: Payload) -> bool:
    """Whether a `/solmu` command is for this listener."""
    return str(command.get("text") or "").strip().casefold() == CHANNELS


class ChannelRules:
    """Listeners for the command and its form."""

    def __init__(self, announcing: Announcing, boards: Boards, coordinating: Coordinating) -> None:
        self._announcing = announcing
        self._boards = boards
        self._at = coordinating

    def take_in(self, ack: Ack, command: Payload) -> None:
        """Acknowledge, or refuse whoever is neither coordinator nor admin."""
        admit(ack, self._at.why_not(command), self._at.language(command))

    def begin(self, command: Payload) -> None:
        """The form with what channels ask now."""
        self._at.show(command, rules_modal(self._boards.rules(), self._at.language(command)))

    def keep(self, ack: Ack, body: Payload) -> None:
        """The submitted form; it stays open with what was kept, for the next channel."""
        language, filled = self._at.language(body), FilledIn(body["view"])
        try:
            rule = ChannelRule(ChannelId(filled.conversation(CHANNEL)), bool(filled.choices(ASKS)), _spoken(filled))
            self._announcing.set_rule(rule, self._at.person(body))
            ack(response_action="update", view=rules_modal(self._boards.rules(), language))
        except EXPECTED as error:
            ack(response_action="errors", errors={CHANNEL: problem_text(error, language)})
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            text = TEXTS.get("form.failed", language, reference=note_failure("a channel's rule was not kept"))
            ack(response_action="errors", errors={CHANNEL: text})


def _spoken(filled: FilledIn) -> Language:
    return Language(filled.choice(SPEAKS) or Language.UNKNOWN.value)
