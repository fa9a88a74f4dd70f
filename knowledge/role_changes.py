"""Who came to have a role, and who lost one, as seen from one look to the next: kept in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from knowledge.model import SOLMU, Act, AuditEntry, MemberId, Role, team_of
from knowledge.ports import Clock, UnitOfWorkFactory

CHANGES = (Act.ROLE_GIVEN, Act.ROLE_TAKEN)


@dataclass(frozen=True, slots=True)
class KnownRoles:
    """Who has which role now, and the workspaces of which that cannot be told."""

    held: Mapping[MemberId, Role]
    unknown: Collection[str] = ()


class RoleChanges:
    """Looks again and again."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, everybody: Callable[[], KnownRoles]) -> None:
        self._uow = uow
        self._clock = clock
        self._everybody = everybody

    def note(self) -> None:
        """Write down what has changed since the log last told; nothing of workspaces of which nobody can tell now."""
        known = self._everybody()
        now = {f"{role}:{person}" for person, role in known.held.items()}
        with self._uow.reading() as work:
            if now == _held(work.audit.of(CHANGES), known.unknown):
                return
        with self._uow() as work:
            before = _held(work.audit.of(CHANGES), known.unknown)
            for act, subjects in ((Act.ROLE_TAKEN, before - now), (Act.ROLE_GIVEN, now - before)):
                for subject in sorted(subjects):
                    work.audit.add(AuditEntry(self._clock(), SOLMU, act, subject))
            work.commit()


def _held(changes: Sequence[AuditEntry], but_in: Collection[str]) -> set[str]:
    held: set[str] = set()
    for each in changes:
        if each.act is Act.ROLE_GIVEN:
            held.add(each.subject)
        else:
            held.discard(each.subject)
    return {each for each in held if team_of(MemberId(each.partition(":")[2])) not in but_in}
