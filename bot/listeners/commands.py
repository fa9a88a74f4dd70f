"""Slash commands: questions that only the asker sees answered, and what admins may do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.answers import failure_message
from bot.blocks.status import notice, status_message
from bot.delivery import Delivery, Outgoing, SlackUnavailableError, UndeliverableError
from bot.durable import Durable
from bot.failures import note_failure
from bot.incoming import command_id, question_from_command
from bot.listeners.replying import tell
from bot.overview import Overview
from bot.reindexing import ReindexRequest
from knowledge.model import Language
from knowledge.ports import Clock

STATUS, REINDEX = "status", "reindex"
_log = logging.getLogger(__name__)
Command = Mapping[str, Any]


class Commands:
    """Listeners for `/kysy` and `/solmu`."""

    def __init__(
        self,
        durable: Durable,
        overview: Overview,
        delivery: Delivery,
        clock: Clock,
        admins: frozenset[str],
        language_of: Callable[[Command], Language],
    ) -> None:
        self._durable = durable
        self._overview = overview
        self._delivery = delivery
        self._clock = clock
        self._admins = admins
        self._language_of = language_of

    def ask(self, ack: Ack, command: Command) -> None:
        """`/kysy QUESTION`."""
        question = question_from_command(command)
        if question.text or question.withheld:
            self._durable.take_in(question)
            ack()
        else:
            tell(ack, notice("ask.help", self._language_of(command)))

    def administer(self, ack: Ack, command: Command) -> None:
        """`/solmu status` and `/solmu reindex`."""
        actions: dict[str, Callable[[Ack, Command], None]] = {STATUS: _only_acknowledge, REINDEX: self._reindex}
        if command["user_id"] not in self._admins:
            tell(ack, notice("admin.refused", self._language_of(command)))
        elif action := actions.get(_word(command)):
            action(ack, command)
        else:
            tell(ack, notice("admin.help", self._language_of(command)))

    def show_status(self, command: Command) -> None:
        """The slow half of `/solmu status`."""
        if command["user_id"] not in self._admins or _word(command) != STATUS:
            return
        try:
            self._delivery.respond(command["response_url"], self._status(self._language_of(command)))
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("the status could not be shown (%s)", type(error).__name__)

    def _status(self, language: Language) -> Outgoing:
        try:
            return status_message(
                self._overview.shelf(), self._overview.last_run(), self._overview.failures(), language
            )
        except Exception:  # noqa: BLE001 - whatever it is, whoever asked is told
            return failure_message(note_failure("the status cannot be told"), language)

    def _reindex(self, ack: Ack, command: Command) -> None:
        language = self._language_of(command)
        request = ReindexRequest(command_id(command), command["user_id"], language.value, self._clock().timestamp())
        self._durable.take_in_reindex(request)
        tell(ack, notice("reindex.taken", language))


def _word(command: Command) -> str:
    return str(command.get("text") or "").strip().casefold()


def _only_acknowledge(ack: Ack, _command: Command) -> None:
    ack()
