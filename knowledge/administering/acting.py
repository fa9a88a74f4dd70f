"""The one place where an administrative act is let happen: the right to it is looked at, and it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from knowledge.members.profiles import NotAllowedError
from knowledge.model import Act, ActOutcome, AuditEntry, MemberId
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

IsAdmin = Callable[[MemberId], bool]
"""Whether somebody is an admin at this moment."""


@dataclass(slots=True)
class Deed:
    """What is under way: its transaction, and what it is about, which may only show while it is done."""

    work: UnitOfWork
    subject: str


class Acting:
    """Admins act through this; whoever is none is refused at every act anew."""

    def __init__(self, uow: UnitOfWorkFactory, is_admin: IsAdmin, clock: Clock) -> None:
        self._uow = uow
        self._is_admin = is_admin
        self.clock = clock

    @contextmanager
    def act(self, by: MemberId, act: Act, subject: str = "", outcome: ActOutcome = ActOutcome.DONE) -> Iterator[Deed]:
        """Do something in one transaction, kept with its entry in the audit log where nothing is raised.

        Raises NotAllowedError before anything is done; that somebody tried is kept too.
        """
        self.admit(by, act, subject)
        with self._uow() as work:
            deed = Deed(work, subject)
            yield deed
            work.audit.add(AuditEntry(self.clock(), by, act, deed.subject, outcome))
            work.commit()

    @contextmanager
    def look(self, by: MemberId) -> Iterator[UnitOfWork]:
        """Only read; raises NotAllowedError."""
        self.refuse_others(by)
        with self._uow.reading() as work:
            yield work

    def admit(self, by: MemberId, act: Act, subject: str = "") -> None:
        """Raise NotAllowedError for whoever is no admin; that they tried this act is kept."""
        try:
            self.refuse_others(by)
        except NotAllowedError:
            with self._uow() as work:
                work.audit.add(AuditEntry(self.clock(), by, act, subject, ActOutcome.REFUSED))
                work.commit()
            raise

    def refuse_others(self, by: MemberId) -> None:
        """Raise NotAllowedError for whoever is no admin."""
        if not self._is_admin(by):
            message = f"{by} is no admin."
            raise NotAllowedError(message)
