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
from bot.membership import Membership
from knowledge.insights.overview import stored_names
from knowledge.insights.weekly import WeeklyInsights
from knowledge.introductions.schedule import read_schedule
from knowledge.model import member_id
from knowledge.wiring import Knowledge, insights_of, question_log_of


class Learning:
    """Makes everything of this kind from the same parts; `team` is the bot's own workspace."""

    def __init__(self, knowledge: Knowledge, lookup: Lookup, delivery: Delivery, files: Files, team: str) -> None:
        self._knowledge = knowledge
        self._lookup = lookup
        self._delivery = delivery
        self._files = files
        self._team = team
        settings = knowledge.settings
        self._staff = settings.coordinators | settings.admins
        self._sheets = InsightSheets(insights_of(knowledge, self._names))

    def listener(self, membership: Membership) -> InsightDesk:
        """Who listens to the command."""
        log, clock = question_log_of(self._knowledge, self._names), self._knowledge.clock
        return InsightDesk(self._sheets, log, membership, self._delivery, self._files, self._staff, clock)

    def writers(self) -> Writers:
        """Who writes the letter."""
        return InsightLetters(self._sheets, self._delivery, self._files, self._staff).writers()

    def chores(self) -> Sequence[Chore]:
        """What is to be done again and again."""
        settings, store, clock = self._knowledge.settings, self._knowledge.store, self._knowledge.clock
        coordinators = [member_id(self._team, user) for user in sorted(settings.coordinators)]
        return [WeeklyInsights(store, clock, read_schedule(settings.insights), coordinators).write_due]

    def _names(self) -> Iterator[str]:
        yield from self._lookup.all_names()
        yield from stored_names(self._knowledge.store)
