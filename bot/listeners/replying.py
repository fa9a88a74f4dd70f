"""Replies to a command, seen by whoever wrote it alone: with its acknowledgement, or once its slow half is done."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_bolt import Ack

from bot.blocks.answers import failure_message
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from knowledge.model import Language

_log = logging.getLogger(__name__)


def tell(ack: Ack, message: Outgoing) -> None:
    """Acknowledge with a message that nobody else sees."""
    ack(text=message.text, blocks=message.blocks, response_type="ephemeral", unfurl_links=False, unfurl_media=False)


def admit(ack: Ack, refused: str, language: Language) -> None:
    """Acknowledge, or tell whoever may not why: `refused` is the name of that text, empty for whoever may."""
    if refused:
        tell(ack, notice(refused, language))
    else:
        ack()


class SlowHalves:
    """Does what a command asks for, and says where it was written what came of it, whatever went wrong."""

    def __init__(self, delivery: Delivery, what: str) -> None:
        """`what` names in the log what is looked up or sent."""
        self._delivery = delivery
        self._what = what

    def reply(
        self, response_url: str, deed: Callable[[], Outgoing], language: Language, *, unsent: Outgoing | None = None
    ) -> None:
        """Do it and tell; `unsent` where Slack did not take what the deed sent, if it sends anything."""
        told = self._told(deed, language, unsent)
        try:
            self._delivery.respond(response_url, told)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("what came of a command about %s could not be told (%s)", self._what, type(error).__name__)

    def _told(self, deed: Callable[[], Outgoing], language: Language, unsent: Outgoing | None) -> Outgoing:
        try:
            return deed()
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever asked is told
            if unsent is not None and isinstance(error, SlackUnavailableError | UndeliverableError):
                _log.warning("%s could not be sent (%s)", self._what, type(error).__name__)
                return unsent
            return failure_message(note_failure(f"{self._what} cannot be told"), language)
