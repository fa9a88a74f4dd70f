"""What people did together: came to events, were introduced, asked each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.insights.periods import Period
from knowledge.model import (
    NO_REPLY,
    Attendance,
    Inquiry,
    InquiryState,
    Introduction,
    IntroductionState,
    Occurrence,
    Outcome,
)
from knowledge.ports import UnitOfWork

AHEAD = timedelta(days=14)
"""How far is looked for what comes."""


@dataclass(frozen=True, slots=True)
class EventFigures:
    """Events held with those who had said that they come; sign-ups made, and events coming with theirs."""

    held: int = 0
    came: int = 0
    signed_up: int = 0
    coming: int = 0
    booked: int = 0


@dataclass(frozen=True, slots=True)
class IntroductionFigures:
    """Pairs that were proposed, and what became of them. Each is in one of the states; met and useful are among made.

    `ended` are those where one left, or did not want it any more.
    """

    proposed: int = 0
    made: int = 0
    declined: int = 0
    expired: int = 0
    open: int = 0
    ended: int = 0
    met: int = 0
    useful: int = 0


@dataclass(frozen=True, slots=True)
class InquiryFigures:
    """Questions put to the network; those that wait, had a reply that helped, and became part of what Solmu knows."""

    asked: int = 0
    open: int = 0
    helped: int = 0
    curated: int = 0


def event_figures(work: UnitOfWork, period: Period, now: datetime) -> EventFigures:
    """What happened by now of the period, and what comes after it."""
    until = min(now, period.end)
    held = work.events.between(period.start, until)
    coming = work.events.between(until, until + AHEAD)
    counts = work.sign_ups.counts([each.id for each in (*held, *coming)])

    def going(occurrences: Iterable[Occurrence]) -> int:
        return sum(counts.get(each.id, {}).get(Attendance.GOING, 0) for each in occurrences)

    said = work.sign_ups.said(period.start, period.end)
    return EventFigures(len(held), going(held), said.get(Attendance.GOING, 0), len(coming), going(coming))


def introduction_figures(introductions: Iterable[Introduction], start: datetime, end: datetime) -> IntroductionFigures:
    """Of what was proposed at or after `start` and before `end`."""
    own = [each for each in introductions if start <= each.proposed_at < end]
    states = Counter(each.state for each in own)
    outcomes = [{each.first.outcome, each.second.outcome} for each in own]
    return IntroductionFigures(
        len(own),
        states[IntroductionState.MADE],
        states[IntroductionState.DECLINED],
        states[IntroductionState.EXPIRED],
        states[IntroductionState.PROPOSED],
        states[IntroductionState.ENDED],
        sum(bool(each & {Outcome.MET, Outcome.USEFUL}) for each in outcomes),
        sum(Outcome.USEFUL in each for each in outcomes),
    )


def inquiry_figures(inquiries: Sequence[Inquiry], period: Period) -> InquiryFigures:
    """Of what was asked in the period; what its asker took back does not count, nor what nobody asked in a channel."""
    asked = [each for each in inquiries if not each.is_nominated]
    own = [each for each in asked if period.start <= each.made_at < period.end]
    states = Counter(each.state for each in own)
    return InquiryFigures(
        len(own),
        states[InquiryState.OPEN],
        sum(each.accepted != NO_REPLY for each in own),
        states[InquiryState.CURATED],
    )
