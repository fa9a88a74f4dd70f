"""How much is answered in an hour, to one person and in one channel; whoever asks more waits for their turn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.model import ChannelId, MemberId, QuestionId, QueueSlot
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

HOUR = timedelta(hours=1)
KEPT = timedelta(hours=2)
INSTANT = timedelta(milliseconds=1)
"""Between turns of the same moment, so that the queue has an order."""
NO_LIMIT = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """When a question's turn comes, and which in the queue it is then: 0 where it does not have to wait."""

    due_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How many questions an hour are answered to one person, and in one channel that sets no number of its own."""

    person: int
    channel: int


class Budgets:
    """Gives every question its turn, once."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, limits: Limits) -> None:
        self._uow = uow
        self._clock = clock
        self._limits = limits

    def turn(self, question: QuestionId, asker: MemberId, channel: str, *, or_never: bool = False) -> Wait:
        """The question's turn, the same however often it is asked for; `channel` is empty where nobody else reads.

        With `or_never` none is kept for it where it would have to wait.
        """
        now = self._clock()
        with self._uow() as work:
            work.turns.lock()
            known = work.turns.find(question)
            own = work.turns.of(asker, now - HOUR)
            others = work.turns.at(channel, now - HOUR) if channel else ()
            if known is None:
                budgets = [
                    (_times(own), self._limits.person),
                    (_times(others), self._channel_limit(work, channel) if channel else NO_LIMIT),
                ]
                due_at = _alone(_earliest(now, budgets), {*_times(own), *_times(others)}, now)
                known = QueueSlot(question, asker, channel, due_at)
                if not (or_never and known.due_at > now):
                    work.turns.add(known)
                    work.commit()
        return Wait(known.due_at, _number(known, [*own, *others], now))

    def forget(self) -> None:
        """Erase turns that count no longer."""
        with self._uow() as work:
            work.turns.forget(self._clock() - KEPT)
            work.commit()

    def forget_person(self, person: MemberId) -> None:
        """Erase somebody's turns."""
        with self._uow() as work:
            work.turns.forget_person(person)
            work.commit()

    def _channel_limit(self, work: UnitOfWork, channel: str) -> int:
        return work.manners.of(ChannelId(channel)).hourly or self._limits.channel


def _times(turns: Sequence[QueueSlot]) -> list[datetime]:
    return [turn.due_at for turn in turns]


def _number(turn: QueueSlot, waiting: Sequence[QueueSlot], now: datetime) -> int:
    if turn.due_at <= now:
        return 0
    before = {each.question for each in waiting if now < each.due_at < turn.due_at}
    return len(before - {turn.question}) + 1


def _alone(moment: datetime, taken: Collection[datetime], now: datetime) -> datetime:
    """The moment, or for whoever has to wait the next one after it that nobody waits for."""
    while moment > now and moment in taken:
        moment += INSTANT
    return moment


def _earliest(now: datetime, budgets: Sequence[tuple[list[datetime], int]]) -> datetime:
    """The first moment at which one more fits into every budget, of times and how many of them an hour may hold."""
    limited = [(times, most) for times, most in budgets if most != NO_LIMIT]
    moments = sorted({now, *(each + HOUR for times, _ in limited for each in times if each + HOUR > now)})
    return next(moment for moment in moments if all(_fits(moment, times, most) for times, most in limited))


def _fits(moment: datetime, times: Sequence[datetime], most: int) -> bool:
    """Whether no hour that holds the moment would hold more than `most`."""
    ends = [moment, *(each for each in times if moment <= each < moment + HOUR)]
    return all(sum(end - HOUR < each <= end for each in times) < most for end in ends)
