"""What comes with time: the weekly round, proposals that expire, and the question how an introduction went."""

from __future__ import annotations

from bot.durable import Durable
from bot.introduction_notes import Change, Deed
from knowledge.introductions.proposals import Introductions
from knowledge.introductions.rounds import round_of
from knowledge.introductions.rules import TIMEZONE
from knowledge.introductions.schedule import Schedule
from knowledge.model import Round
from knowledge.ports import Clock, UnitOfWorkFactory


class Rounds:
    """Looks what is due and begins it. `schedule` is None where no weekly round is held by itself."""

    def __init__(
        self,
        introductions: Introductions,
        uow: UnitOfWorkFactory,
        durable: Durable,
        schedule: Schedule | None,
        clock: Clock,
    ) -> None:
        self._introductions = introductions
        self._uow = uow
        self._durable = durable
        self._schedule = schedule
        self._clock = clock

    def held_this_week(self) -> Round | None:
        """The week's round, if it was held."""
        week = round_of(self._clock())
        with self._uow.reading() as work:
            return next((held for held in work.introductions.rounds() if held.id == week), None)

    def hold(self) -> None:
        """Begin the week's round; however often and by whatever process, it is held once."""
        week = round_of(self._clock())
        self._take_in(Change(f"round:{week}", Deed.ROUND, subject=week))

    def do_what_is_due(self) -> None:
        """Begin what the time has come for, and has not been done; what is under way already stays as it is."""
        schedule, local = self._schedule, self._clock().astimezone(TIMEZONE)
        if schedule is not None and schedule.is_due(local) and self.held_this_week() is None:
            self.hold()
        for each in self._introductions.due():
            deed = Deed.EXPIRE if each.is_open else Deed.FOLLOW_UP
            self._take_in(Change(f"introduction:{each.id}:{deed}", deed, subject=each.id))

    def _take_in(self, change: Change) -> None:
        self._durable.introductions.take_in(change)
