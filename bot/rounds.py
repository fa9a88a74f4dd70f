"""What comes with time: the weekly round, proposals that expire, and the question how an introduction went."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.durable import Durable
from bot.introduction_notes import Change, Deed
from knowledge.introductions.proposals import Introductions
from knowledge.introductions.rounds import round_of
from knowledge.introductions.rules import TIMEZONE
from knowledge.introductions.schedule import Schedule
from knowledge.model import Act, ActOutcome, AuditEntry, MemberId, OccurrenceId, Round, RoundId
from knowledge.ports import Clock, Roles, UnitOfWorkFactory
from knowledge.roles import admit_staff

BEGUN_AT_ONCE = 200
"""At one look; the others are begun at the next ones."""


class Rounds:
    """Looks what is due and begins it. `schedule` is None where no weekly round is held by itself.

    `meetings` tells at which events people are to be proposed to each other by now.
    """

    def __init__(
        self,
        introductions: Introductions,
        uow: UnitOfWorkFactory,
        durable: Durable,
        schedule: Schedule | None,
        clock: Clock,
        roles: Roles,
        meetings: Callable[[], Sequence[OccurrenceId]] = tuple,
    ) -> None:
        self._introductions = introductions
        self._uow = uow
        self._durable = durable
        self._schedule = schedule
        self._clock = clock
        self._roles = roles
        self._meetings = meetings

    def held_this_week(self) -> Round | None:
        """The week's round, if it was held."""
        return self._held(round_of(self._clock()))

    def hold_for(self, by: MemberId) -> None:
        """Begin the week's round at somebody's wish; raises NotAllowedError and RolesUnknownError."""
        admit_staff(self._roles, by)
        with self._uow() as work:
            work.audit.add(AuditEntry(self._clock(), by, Act.ROUND, round_of(self._clock()), ActOutcome.ASKED))
            work.commit()
        self.hold()

    def hold(self) -> None:
        """Begin the week's round; however often and by whatever process, it is held once."""
        self._begin(round_of(self._clock()))

    def do_what_is_due(self) -> None:
        """Begin what the time has come for, and has not been done; what is under way already stays as it is."""
        # First of all, as it makes room for what a round proposes.
        for each in self._introductions.due()[:BEGUN_AT_ONCE]:
            deed = Deed.EXPIRE if each.is_open else Deed.FOLLOW_UP
            self._take_in(f"introduction:{each.id}", deed, each.id)
        since = self._schedule.due_since(self._clock().astimezone(TIMEZONE)) if self._schedule else None
        if since is not None and self._held(round_of(since)) is None:
            self._begin(round_of(since))
        for occurrence in self._meetings():
            self._take_in(f"meeting:{occurrence}", Deed.MEETING, occurrence)

    def _held(self, week: RoundId) -> Round | None:
        with self._uow.reading() as work:
            return next((held for held in work.introductions.rounds() if held.id == week), None)

    def _begin(self, week: RoundId) -> None:
        self._take_in(f"round:{week}", Deed.ROUND, week)

    def _take_in(self, name: str, deed: Deed, subject: str) -> None:
        # What failed is tried again in the next hour; what is done is not done twice, whatever its name.
        hour = f"{self._clock():%Y-%m-%dT%H}"
        self._durable.introductions.take_in(Change(f"{name}:{deed}:{hour}", deed, subject=subject))
