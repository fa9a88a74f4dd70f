"""`/solmu network`: how the network fares, for coordinators and admins; with `csv` as a table in their messages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.answers import failure_message
from bot.blocks.elements import TEXTS, fallback
from bot.blocks.overview import overview_message
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing, SlackUnavailableError, UndeliverableError
from bot.failures import note_failure
from bot.files import Files
from bot.listeners.replying import tell
from bot.naming import Naming
from knowledge.members.overview import NetworkOverview, NetworkOverviews
from knowledge.members.reporting import as_table
from knowledge.model import Language, MemberId

NETWORK, CSV = "network", "csv"
_log = logging.getLogger(__name__)
Command = Mapping[str, Any]


def is_about_network(command: Command) -> bool:
    """Whether a `/solmu` command is for this listener."""
    return _words(command)[:1] == [NETWORK]


class Staff:
    """The listener for those who look after the network: `staff` are their Slack ids."""

    def __init__(
        self,
        overviews: NetworkOverviews,
        naming: Naming,
        delivery: Delivery,
        files: Files,
        staff: frozenset[str],
        language_of: Callable[[Command], Language],
    ) -> None:
        self._overviews = overviews
        self._naming = naming
        self._delivery = delivery
        self._files = files
        self._staff = staff
        self._language_of = language_of

    def take_in(self, ack: Ack, command: Command) -> None:
        """Acknowledge, or refuse whoever is neither coordinator nor admin."""
        if self._may(command):
            ack()
            return
        told = notice("overview.refused", self._language_of(command))
        tell(ack, told)

    def show(self, command: Command) -> None:
        """The slow half: look, and show it or send the table."""
        if not self._may(command):
            return
        language = self._language_of(command)
        try:
            told = self._table(command["user_id"], language) if CSV in _words(command) else self._message(language)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("the overview could not be sent (%s)", type(error).__name__)
            told = notice("overview.unsent", language)
        except Exception:  # noqa: BLE001 - whatever it is, whoever asked is told
            told = failure_message(note_failure("the network's overview cannot be told"), language)
        try:
            self._delivery.respond(command["response_url"], told)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("the overview could not be shown (%s)", type(error).__name__)

    def _message(self, language: Language) -> Outgoing:
        overview = self._overviews.now()
        return overview_message(overview, self._names(overview), language)

    def _table(self, user: str, language: Language) -> Outgoing:
        overview = self._overviews.now()
        table = as_table(overview, self._names(overview), language)
        comment = fallback(TEXTS.get("overview.file", language))
        self._files.send(user, TEXTS.get("overview.file_name", language), table, comment)
        return notice("overview.sent", language)

    def _names(self, overview: NetworkOverview) -> Mapping[MemberId, str]:
        return self._naming.names(each.shown for each in (*overview.unmatched, *overview.paused))

    def _may(self, command: Command) -> bool:
        return command["user_id"] in self._staff


def _words(command: Command) -> list[str]:
    return str(command.get("text") or "").casefold().split()
