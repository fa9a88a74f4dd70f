"""The one place where an administrative act is let happen: the right to it is looked at, then it is done or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from knowledge.members.profiles import NotAllowedError
from knowledge.model import MemberId
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

IsAdmin = Callable[[MemberId], bool]
"""Whether somebody is an admin at this moment."""


@dataclass(slots=True)
class Act:
    """What is under way: its transaction, and what it is about, which may only show while it is done."""

    work: UnitOfWork
    subject: str


class Acting:
    """Admins act through this; whoever is none is refused at every act anew."""

    def __init__(self, uow: UnitOfWorkFactory, is_admin: IsAdmin, clock: Clock) -> None:
        self._uow = uow
        self._is_admin = is_admin
        self.clock = clock

    def may(self, by: MemberId) -> bool:
        """Whether they are an admin."""
        return self._is_admin(by)

    @contextmanager
    def act(self, by: MemberId, deed: str, subject: str) -> Iterator[Act]:
        """Do something in one transaction, kept where nothing is raised; raises NotAllowedError before anything."""
        self.refuse_others(by, deed)
        with self._uow() as work:
            yield Act(work, subject)
            work.commit()

    @contextmanager
    def look(self, by: MemberId, deed: str) -> Iterator[UnitOfWork]:
        """Only read; raises NotAllowedError."""
        self.refuse_others(by, deed)
        with self._uow.reading() as work:
            yield work

    def refuse_others(self, by: MemberId, deed: str) -> None:
        """Raise NotAllowedError for whoever is no admin."""
        if not self._is_admin(by):
            message = f"{by} is no admin and may not do this: {deed}."
            raise NotAllowedError(message)
