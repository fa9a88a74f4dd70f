"""The audit log for those who may read it: the last acts, all since a day as a table, and what retention ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from knowledge.members.profiles import NotAllowedError
from knowledge.members.spreadsheet import write_rows
from knowledge.model import SHELL, Act, AuditEntry, MemberId
from knowledge.ports import Clock, Roles, UnitOfWork, UnitOfWorkFactory
from knowledge.roles import admit_staff

COLUMNS = ("when", "who", "act", "subject", "outcome")


class AuditLog:
    """Notes acts that have no transaction of their own, such as exports, and tells of all."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, roles: Roles) -> None:
        self._uow = uow
        self._clock = clock
        self._roles = roles

    def note(self, act: Act, subject: str, by: MemberId) -> None:
        """Write down what is done next; raises NotAllowedError for whoever is not on the staff, RolesUnknownError."""
        admit_staff(self._roles, by)
        with self._uow() as work:
            work.audit.add(AuditEntry(self._clock(), by, act, subject))
            work.commit()

    def latest(self, limit: int, by: MemberId) -> Sequence[AuditEntry]:
        """The last acts, the newest first; raises NotAllowedError for whoever is no admin, RolesUnknownError."""
        self._admit(by)
        with self._uow.reading() as work:
            return work.audit.latest(limit)

    def table(self, since: datetime, by: MemberId) -> bytes:
        """All since then as a CSV table, which is an act itself; raises as `latest`."""
        self._admit(by)
        with self._uow() as work:
            content = noted_table(work, since, by, self._clock())
            work.commit()
        return content

    def _admit(self, by: MemberId) -> None:
        if not self._roles.is_admin(by):
            message = "Only admins read the audit log."
            raise NotAllowedError(message)


def noted_table(work: UnitOfWork, since: datetime, by: MemberId, now: datetime) -> bytes:
    """All since then as a CSV table with one line more, which tells that it was made."""
    work.audit.add(AuditEntry(now, by, Act.AUDIT_EXPORT))
    return as_csv(work.audit.since(since))


def as_csv(entries: Sequence[AuditEntry]) -> bytes:
    """A table that spreadsheet programs open; times in UTC."""
    rows = [(each.at.isoformat(), each.who, each.act.value, each.subject, each.outcome.value) for each in entries]
    return write_rows([COLUMNS, *rows])


def forget_old(uow: UnitOfWorkFactory, clock: Clock, kept: timedelta) -> None:
    """Erase what retention no longer keeps."""
    with uow() as work:
        work.audit.forget(clock() - kept)
        work.commit()


def note_from_shell(work: UnitOfWork, clock: Clock, act: Act, subject: str = "") -> None:
    """Write down, in its transaction, what a command on the machine itself does."""
    work.audit.add(AuditEntry(clock(), SHELL, act, subject))


def note_shell_act(uow: UnitOfWorkFactory, clock: Clock, act: Act, subject: str = "") -> None:
    """The same of what has no transaction of its own."""
    with uow() as work:
        note_from_shell(work, clock, act, subject)
        work.commit()
