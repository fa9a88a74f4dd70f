"""The composition root of what coordinators learn of a week: on demand, and every week as a letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.clerk import Chore
from bot.delivery import Delivery
from bot.files import Files
from bot.insights import InsightSheets
from bot.letters.insights import InsightLetters
from bot.listeners.insights import InsightDesk
from bot.lookup import Lookup
from bot.mailing import Writers
from bot.rights import Rights
from knowledge.auditing import AuditLog
from knowledge.insights.overview import stored_names
from knowledge.insights.weekly import WeeklyInsights
from knowledge.introductions.schedule import read_schedule
from knowledge.ports import Roles
from knowledge.wiring import Knowledge, insights_of, question_log_of


class Learning:
    """Makes everything of this kind from the same parts."""

    def __init__(self, knowledge: Knowledge, lookup: Lookup, delivery: Delivery, files: Files, roles: Roles) -> None:
        self._knowledge = knowledge
        self._lookup = lookup
        self._delivery = delivery
        self._files = files
        self._roles = roles
        self._sheets = InsightSheets(insights_of(knowledge, self._names))

    def listener(self, rights: Rights, audit: AuditLog) -> InsightDesk:
        """Who listens to the command."""
        log, clock = question_log_of(self._knowledge, self._names), self._knowledge.clock
        return InsightDesk(self._sheets, log, rights, self._delivery, self._files, clock, audit)

    def writers(self) -> Writers:
        """Who writes the letter."""
        return InsightLetters(self._sheets, self._delivery, self._files).writers()

    def chores(self) -> Sequence[Chore]:
        """What is to be done again and again."""
        settings, store, clock = self._knowledge.settings, self._knowledge.store, self._knowledge.clock
        schedule = read_schedule(settings.insights)
        return [WeeklyInsights(store, clock, schedule, self._roles.coordinators).write_due]

    def _names(self) -> Iterator[str]:
        return known_names(self._knowledge, self._lookup)


def known_names(knowledge: Knowledge, lookup: Lookup) -> Iterator[str]:
    """What people are called, as far as Slack and the store tell; raises SlackUnavailableError."""
    yield from lookup.all_names()
    yield from stored_names(knowledge.store)
