"""The audit log in SQL: rows are added, read, and erased by age; the database itself refuses to change one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import String, and_, delete, func, insert, not_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.model import Act, ActOutcome, AuditEntry, MemberId
from knowledge.store.tables import Base, BigId


class AuditRow(Base):
    """An act, in the order in which they were written down."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(255))
    outcome: Mapped[str] = mapped_column(String(16))


class SqlAudit:
    """See `knowledge.ports.AuditRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: AuditEntry) -> None:
        """Write down."""
        values = {"at": entry.at, "who": entry.who, "act": entry.act.value, "subject": entry.subject}
        self._session.execute(insert(AuditRow).values(values | {"outcome": entry.outcome.value}))

    def since(self, moment: datetime) -> Sequence[AuditEntry]:
        """Everything from then on, the oldest first."""
        found = select(AuditRow).where(AuditRow.at >= moment).order_by(AuditRow.at, AuditRow.id)
        return [_entry(row) for row in self._session.scalars(found)]

    def latest(self, limit: int) -> Sequence[AuditEntry]:
        """The last ones, the newest first."""
        found = select(AuditRow).order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(limit)
        return [_entry(row) for row in self._session.scalars(found)]

    def of(self, acts: Collection[Act]) -> Sequence[AuditEntry]:
        """All of these kinds, the oldest first."""
        found = select(AuditRow).where(AuditRow.act.in_([act.value for act in acts])).order_by(AuditRow.id)
        return [_entry(row) for row in self._session.scalars(found)]

    def forget(self, before: datetime) -> int:
        """Erase what is older, but for the word that somebody has a role, as long as nothing later was told of it."""
        changes = AuditRow.act.in_([Act.ROLE_GIVEN.value, Act.ROLE_TAKEN.value])
        latest = select(func.max(AuditRow.id)).where(changes).group_by(AuditRow.subject)
        is_held = and_(AuditRow.act == Act.ROLE_GIVEN.value, AuditRow.id.in_(latest))
        old = and_(AuditRow.at < before, not_(is_held))
        count = self._session.scalar(select(func.count()).select_from(AuditRow).where(old))
        self._session.execute(delete(AuditRow).where(old))
        return count or 0


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(row.at, MemberId(row.who), Act(row.act), row.subject, ActOutcome(row.outcome))
