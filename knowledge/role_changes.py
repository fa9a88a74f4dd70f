"""Who came to have a role, and who lost one, as seen from one look to the next: kept in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from knowledge.errors import RolesUnknownError
from knowledge.model import SOLMU, Act, AuditEntry, MemberId, Role
from knowledge.ports import Clock, UnitOfWorkFactory

CHANGES = (Act.ROLE_GIVEN, Act.ROLE_TAKEN)


class RoleChanges:
    """Looks again and again. `everybody` tells who has which role now, or raises RolesUnknownError."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, everybody: Callable[[], Mapping[MemberId, Role]]) -> None:
        self._uow = uow
        self._clock = clock
        self._everybody = everybody

    def note(self) -> None:
        """Write down what has changed since the log last told; nothing while nobody can tell."""
        try:
            now = {f"{role}:{person}" for person, role in self._everybody().items()}
        except RolesUnknownError:
            return
        with self._uow.reading() as work:
            if now == _held(work.audit.of(CHANGES)):
                return
        with self._uow() as work:
            before = _held(work.audit.of(CHANGES))
            for act, subjects in ((Act.ROLE_TAKEN, before - now), (Act.ROLE_GIVEN, now - before)):
                for subject in sorted(subjects):
                    work.audit.add(AuditEntry(self._clock(), SOLMU, act, subject))
            work.commit()


def _held(changes: Sequence[AuditEntry]) -> set[str]:
    held: set[str] = set()
    for each in changes:
        if each.act is Act.ROLE_GIVEN:
            held.add(each.subject)
        else:
            held.discard(each.subject)
    return held
