"""What a member can wish for beside a yes or a no: to be left alone for a while, or not to meet somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.model import Exclusion, MemberId
from knowledge.ports import UnitOfWorkFactory


class Wishes:
    """Keeps them. A member who is gone raises NotFoundError."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    def snooze(self, member: MemberId, until: date) -> None:
        """Propose the member to nobody before that day."""
        with self._uow() as work:
            work.members.put(replace(work.members.lock(member), available_from=until, silent_rounds=0))
            work.commit()

    def resume(self, member: MemberId) -> None:
        """Propose the member again."""
        self.snooze(member, date.min)

    def exclude(self, wish: Exclusion) -> None:
        """Keep a confidential wish not to be introduced."""
        with self._uow() as work:
            work.members.lock(wish.by)
            work.members.exclude(wish)
            work.commit()

    def leave(self, member: MemberId) -> None:
        """Erase everything of the member."""
        with self._uow() as work:
            work.members.remove(member)
            work.commit()
