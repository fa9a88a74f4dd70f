"""Erasing a person: first it is written down that it was asked for, then everything goes that the register names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from knowledge.members.parting import keep_for_others
from knowledge.model import MemberId
from knowledge.personal.register import REGISTER
from knowledge.ports import Clock, UnitOfWorkFactory
from knowledge.ports.personal import ErasureLedger


class Erasing:
    """What is done last for somebody who is erased, after others have been let go in good order."""

    def __init__(self, uow: UnitOfWorkFactory, ledger: ErasureLedger, clock: Clock) -> None:
        self._uow = uow
        self._ledger = ledger
        self._clock = clock

    def note(self, person: MemberId) -> None:
        """Write down that the person is erased: first, so that a crash after it cannot lose the wish, and at last."""
        self._ledger.note(person, self._clock())

    def erase(self, person: MemberId) -> None:
        """Erase what is left of them in every table; may be repeated."""
        with self._uow() as work:
            keep_for_others(work, person, self._clock())
            for held in REGISTER:
                work.personal.erase(held, person)
            work.commit()

    def erased_since(self, moment: datetime, hashed: Callable[[MemberId], str]) -> list[MemberId]:
        """Those who are in the database although they were erased then or later: a backup brought them back."""
        erased = self._ledger.since(moment)
        with self._uow.reading() as work:
            named = {person for held in REGISTER for person in work.personal.people(held)}
        return sorted(person for person in named if hashed(person) in erased)
