"""The weekly letter: written down once a week for each coordinator, however many processes look at the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from knowledge.insights.periods import HOME, Period, up_to_yesterday
from knowledge.introductions.schedule import Schedule
from knowledge.model import Letter, LetterKind, MemberId
from knowledge.ports import Clock, UnitOfWorkFactory


class WeeklyInsights:
    """Has the letters written when their time has come; with no `schedule` never."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        schedule: Schedule | None,
        coordinators: Callable[[], Collection[MemberId]],
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._schedule = schedule
        self._coordinators = coordinators

    def write_due(self) -> int:
        """Write down what is due, about the seven days up to yesterday; returns how many letters are new."""
        now = self._clock()
        local = now.astimezone(HOME)
        since = self._schedule.due_since(local) if self._schedule else None
        if since is None:
            return 0
        year, week, _ = since.isocalendar()
        subject = up_to_yesterday(now).last.isoformat()
        letters = [
            Letter(f"insights:{year}-W{week:02}:{person}", person, LetterKind.INSIGHTS, subject, {}, now)
            for person in self._coordinators()
        ]
        with self._uow.reading() as work:
            missing = [each for each in letters if all(known.id != each.id for known in work.letters.of(each.to))]
        if not missing:
            return 0
        with self._uow() as work:
            # Another process may have been quicker: what is there stays as it is.
            added = sum(work.letters.add(each) for each in missing)
            work.commit()
        return added


def period_of(letter: Letter) -> Period:
    """The days that a letter is about."""
    return Period(date.fromisoformat(letter.subject))
