"""`/solmu audit`: the last acts that somebody may have to answer for, for admins; with `csv` a year as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from slack_bolt import Ack

from bot.blocks.audit import audit_message
from bot.blocks.elements import TEXTS, fallback
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing
from bot.files import Files
from bot.listeners.replying import SlowHalves, admit
from bot.naming import Naming
from bot.rights import Rights
from knowledge.auditing import AuditLog
from knowledge.errors import RolesUnknownError
from knowledge.members.profiles import NotAllowedError
from knowledge.model import SHELL, SOLMU, Language
from knowledge.ports import Clock

WORDS = frozenset({"audit", "loki", "logg"})
CSV = "csv"
SHOWN = 20
SPAN = timedelta(days=366)
Command = Mapping[str, Any]


def is_about_audit(command: Command) -> bool:
    """Whether a `/solmu` command is for this listener."""
    return not WORDS.isdisjoint(_words(command)[:1])


class AuditPages:
    """The listener. Names are asked of Slack for those lines alone that are shown."""

    def __init__(
        self, audit: AuditLog, rights: Rights, naming: Naming, delivery: Delivery, files: Files, clock: Clock
    ) -> None:
        self._audit = audit
        self._rights = rights
        self._naming = naming
        self._slowly = SlowHalves(delivery, "the audit log")
        self._files = files
        self._clock = clock

    def take_in(self, ack: Ack, command: Command) -> None:
        """Acknowledge, or refuse whoever is no admin."""
        admit(ack, self._rights.why_not_admin("audit.refused", command), self._rights.language(command))

    def show(self, command: Command) -> None:
        """The slow half: look, and show it or send the table."""
        language = self._rights.language(command)
        find = self._table if CSV in _words(command) else self._message
        unsent = notice("audit.unsent", language)
        self._slowly.reply(
            command["response_url"], lambda: self._told(command, find, language), language, unsent=unsent
        )

    def _told(self, command: Command, find: Callable[[Command, Language], Outgoing], language: Language) -> Outgoing:
        try:
            return find(command, language)
        except NotAllowedError:
            return notice("audit.refused", language)
        except RolesUnknownError:
            return notice("roles.unsure", language)

    def _message(self, command: Command, language: Language) -> Outgoing:
        entries = self._audit.latest(SHOWN, self._rights.person(command))
        people = sorted({each.who for each in entries} - {SHELL, SOLMU})
        return audit_message(entries, {each: self._naming.name(each) for each in people}, language)

    def _table(self, command: Command, language: Language) -> Outgoing:
        table = self._audit.table(self._clock() - SPAN, self._rights.person(command))
        name, comment = (TEXTS.get(f"audit.{part}", language) for part in ("file_name", "file"))
        self._files.send(str(command["user_id"]), name, table, fallback(comment))
        return notice("audit.sent", language)


def _words(command: Command) -> list[str]:
    return str(command.get("text") or "").casefold().split()
