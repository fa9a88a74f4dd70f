"""`/solmu network`: how the network fares, for coordinators and admins; with `csv` as a table in their messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS, fallback
from bot.blocks.overview import overview_message
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing
from bot.files import Files
from bot.listeners.replying import SlowHalves, admit
from bot.naming import Naming
from bot.rights import Rights
from knowledge.auditing import AuditLog
from knowledge.members.overview import NetworkOverview, NetworkOverviews
from knowledge.members.reporting import as_table
from knowledge.model import Act, Language, MemberId

NETWORK, CSV = "network", "csv"
Command = Mapping[str, Any]


def is_about_network(command: Command) -> bool:
    """Whether a `/solmu` command is for this listener."""
    return _words(command)[:1] == [NETWORK]


class Staff:
    """The listener for those who look after the network."""

    def __init__(
        self,
        overviews: NetworkOverviews,
        naming: Naming,
        delivery: Delivery,
        files: Files,
        rights: Rights,
        audit: AuditLog,
    ) -> None:
        self._overviews = overviews
        self._naming = naming
        self._slowly = SlowHalves(delivery, "the network's overview")
        self._files = files
        self._rights = rights
        self._audit = audit
        self._language_of = rights.language

    def take_in(self, ack: Ack, command: Command) -> None:
        """Acknowledge, or refuse whoever is neither coordinator nor admin."""
        admit(ack, self._rights.why_not_staff("overview.refused", command), self._language_of(command))

    def show(self, command: Command) -> None:
        """The slow half: look, and show it or send the table."""
        language = self._language_of(command)

        def overview() -> Outgoing:
            return self._table(command, language) if CSV in _words(command) else self._message(language)

        unsent = notice("overview.unsent", language)
        self._slowly.reply(command["response_url"], overview, language, unsent=unsent)

    def _message(self, language: Language) -> Outgoing:
        overview = self._overviews.now()
        return overview_message(overview, self._names(overview), language)

    def _table(self, command: Command, language: Language) -> Outgoing:
        overview = self._overviews.now()
        table = as_table(overview, self._names(overview), language)
        comment = fallback(TEXTS.get("overview.file", language))
        self._audit.note(Act.NETWORK_EXPORT, "", self._rights.person(command))
        self._files.send(command["user_id"], TEXTS.get("overview.file_name", language), table, comment)
        return notice("overview.sent", language)

    def _names(self, overview: NetworkOverview) -> Mapping[MemberId, str]:
        return self._naming.names(each.shown for each in (*overview.unmatched, *overview.paused))


def _words(command: Command) -> list[str]:
    return str(command.get("text") or "").casefold().split()
