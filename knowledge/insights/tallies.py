"""Counting questions: how many were asked, and how they ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.insights.periods import Period
from knowledge.model import AnswerStatus, AskedQuestion


@dataclass(frozen=True, slots=True)
class Tally:
    """So many questions by so many people, each counted as one of the three ends."""

    answered: int = 0
    not_found: int = 0
    refused: int = 0
    people: int = 0

    @property
    def asked(self) -> int:
        """All of them."""
        return self.answered + self.not_found + self.refused


def count(questions: Iterable[AskedQuestion]) -> Tally:
    """The tally of these questions."""
    asked = list(questions)
    ends = Counter(each.status for each in asked)
    people = len({each.asker for each in asked} - {""})
    return Tally(ends[AnswerStatus.ANSWERED], ends[AnswerStatus.NOT_FOUND], ends[AnswerStatus.REFUSED], people)


def as_last_put(questions: Sequence[AskedQuestion]) -> list[AskedQuestion]:
    """The questions, oldest first, each as it was last changed: the id of a change goes on after that of its question.

    A change keeps the time of the question, so that it counts in the week in which it was asked.
    """
    known = {each.id: each for each in questions}
    latest: dict[str, AskedQuestion] = {}
    for each in questions:
        first = _first_of(each.id, known)
        asked_at = latest[first].asked_at if first in latest else each.asked_at
        latest[first] = replace(each, asked_at=asked_at)
    return list(latest.values())


def within(questions: Iterable[AskedQuestion], period: Period) -> list[AskedQuestion]:
    """Those that were asked in the period."""
    return [each for each in questions if period.start <= each.asked_at < period.end]


def _first_of(name: str, known: Iterable[str]) -> str:
    """The shortest known id with which this one begins, part by part."""
    parts = name.split(":")
    return next((head for end in range(1, len(parts)) if (head := ":".join(parts[:end])) in known), name)
