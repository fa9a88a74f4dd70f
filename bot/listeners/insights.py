"""`/solmu insights` and `/solmu questions`: the week, and the question log, in a coordinator's own messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS, fallback
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing
from bot.files import Files
from bot.incoming import command_id
from bot.insights import InsightSheets
from bot.listeners.replying import SlowHalves, admit
from bot.rights import Rights
from knowledge.auditing import AuditLog
from knowledge.insights.overview import WEEKS
from knowledge.insights.periods import up_to_now
from knowledge.insights.question_log import QuestionLog
from knowledge.model import Act, Language
from knowledge.ports import Clock

INSIGHTS = frozenset({"insights", "katsaus", "översikt", "oversikt"})
QUESTIONS = frozenset({"questions", "kysymykset", "frågor", "fragor"})
WITH_TEXTS = frozenset({"texts", "tekstit", "texter"})
Command = Mapping[str, Any]


def is_about_insights(command: Command) -> bool:
    """Whether a `/solmu` command is for this listener."""
    return _first(command) in INSIGHTS | QUESTIONS


class InsightDesk:
    """The listener for those who look after the network."""

    def __init__(
        self,
        sheets: InsightSheets,
        log: QuestionLog,
        rights: Rights,
        delivery: Delivery,
        files: Files,
        clock: Clock,
        audit: AuditLog,
    ) -> None:
        self._sheets = sheets
        self._log = log
        self._rights = rights
        self._delivery = delivery
        self._slowly = SlowHalves(delivery, "the overview of the week")
        self._files = files
        self._clock = clock
        self._audit = audit

    def take_in(self, ack: Ack, command: Command) -> None:
        """Acknowledge, or refuse whoever is neither coordinator nor admin."""
        refused = self._rights.why_not_staff("insights_message.refused", command)
        admit(ack, refused, self._rights.language(command))

    def show(self, command: Command) -> None:
        """The slow half: send it to the coordinator's own messages, and say so where they asked."""
        language = self._rights.language(command)
        send: Callable[[Command, Language], Outgoing] = (
            self._send_insights if _first(command) in INSIGHTS else self._send_questions
        )
        unsent = notice("insights_message.unsent", language)
        self._slowly.reply(command["response_url"], lambda: send(command, language), language, unsent=unsent)

    def _send_insights(self, command: Command, language: Language) -> Outgoing:
        sheet = self._sheets.now(up_to_now(self._clock()), language)
        user, picture = str(command["user_id"]), sheet.picture
        self._files.send(user, picture.name, picture.content, sheet.comment)
        place = self._delivery.open_direct(user)
        self._delivery.post(place, sheet.message, f"insights:{command_id(command)}", doubtful=False)
        return notice("insights_message.sent", language)

    def _send_questions(self, command: Command, language: Language) -> Outgoing:
        last, with_texts = up_to_now(self._clock()), not WITH_TEXTS.isdisjoint(_words(command))
        table = self._log.as_table(last, WEEKS, language, with_texts=with_texts)
        self._audit.note(Act.INSIGHTS_EXPORT, "", self._rights.person(command))
        name = f"{TEXTS.get('insights_message.log_file', language)}-{last.last.isoformat()}.csv"
        comment = fallback(TEXTS.get("insights_message.log_comment", language))
        self._files.send(str(command["user_id"]), name, table, comment)
        return notice("insights_message.log_sent", language)


def _words(command: Command) -> list[str]:
    return str(command.get("text") or "").casefold().split()


def _first(command: Command) -> str:
    return next(iter(_words(command)), "")
