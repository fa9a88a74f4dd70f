"""Forgetting what is old: each kind of personal data is kept for as long as the settings say, and no longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from knowledge.ports import Clock, UnitOfWorkFactory
from knowledge.settings import Settings

_UNTIL_A_DAY = ("exclusions", "blind_exclusions", "rests")


@dataclass(frozen=True, slots=True)
class Terms:
    """How long is kept what people asked, what they said of answers and events, and who came to an event."""

    asked: timedelta
    said: timedelta
    attended: timedelta


class Retention:
    """A chore: cheap where nothing is old."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, terms: Terms) -> None:
        self._uow = uow
        self._clock = clock
        self._terms = terms

    def forget_old(self) -> int:
        """Erase what is past its term; returns how many rows went, what went with them not counted."""
        now = self._clock()
        with self._uow() as work:
            gone = sum(work.personal.forget(table, column, now - kept) for table, column, kept in self._by_time())
            # A wish not to meet somebody, or a rest after a no, holds for the whole of its last day.
            gone += sum(work.personal.forget(table, "until", now.date()) for table in _UNTIL_A_DAY)
            gone += work.inquiries.forget(now - self._terms.asked)
            gone += work.sign_ups.forget_past(now - self._terms.attended)
            work.commit()
        return gone

    def _by_time(self) -> Sequence[tuple[str, str, timedelta]]:
        """Tables with the column of the time that counts. What an answer was made of goes with its question."""
        return (
            ("questions", "asked_at", self._terms.asked),
            ("inquiry_replies", "at", self._terms.asked),
            ("answer_ratings", "at", self._terms.said),
            ("feedback", "at", self._terms.said),
        )


def terms_of(settings: Settings) -> Terms:
    """As the operator set them."""
    days = (settings.question_days, settings.feedback_days, settings.sign_up_days)
    return Terms(*(timedelta(days=each) for each in days))
