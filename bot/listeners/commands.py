"""Slash commands: questions that only the asker sees answered, and what admins may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.status import notice, status_message
from bot.delivery import Delivery, Outgoing
from bot.durable import Durable
from bot.incoming import command_id, question_from_command
from bot.listeners.replying import SlowHalves, tell
from bot.overview import Overview
from bot.reindexing import ReindexRequest
from bot.rights import Rights
from knowledge.model import Language
from knowledge.ports import Clock

STATUS, REINDEX = "status", "reindex"
Command = Mapping[str, Any]


class Commands:
    """Listeners for `/kysy` and `/solmu`."""

    def __init__(
        self,
        durable: Durable,
        overview: Overview,
        delivery: Delivery,
        clock: Clock,
        rights: Rights,
    ) -> None:
        self._durable = durable
        self._overview = overview
        self._slowly = SlowHalves(delivery, "the status")
        self._clock = clock
        self._rights = rights
        self._language_of = rights.language

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
        if refused := self._rights.why_not_admin("admin.refused", command):
            tell(ack, notice(refused, self._language_of(command)))
        elif action := actions.get(_word(command)):
            action(ack, command)
        else:
            tell(ack, notice("admin.help", self._language_of(command)))

    def show_status(self, command: Command) -> None:
        """The slow half of `/solmu status`."""
        language = self._language_of(command)
        self._slowly.reply(command["response_url"], lambda: self._status(language), language)

    def _status(self, language: Language) -> Outgoing:
        return status_message(self._overview.shelf(), self._overview.last_run(), self._overview.failures(), language)

    def _reindex(self, ack: Ack, command: Command) -> None:
        language = self._language_of(command)
        at, team = self._clock().timestamp(), command["team_id"]
        request = ReindexRequest(command_id(command), command["user_id"], language.value, at, team)
        self._durable.take_in_reindex(request)
        tell(ack, notice("reindex.taken", language))


def _word(command: Command) -> str:
    return str(command.get("text") or "").strip().casefold()


def _only_acknowledge(ack: Ack, _command: Command) -> None:
    ack()
