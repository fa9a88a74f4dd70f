"""Where acts are kept that somebody may have to answer for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import Act, AuditEntry


class AuditRepository(Protocol):
    """The audit log. It grows, and is shortened by age alone: no entry is changed or taken out."""

    def add(self, entry: AuditEntry) -> None:
        """Write down, in the transaction in which the act is done."""
        ...

    def since(self, moment: datetime) -> Sequence[AuditEntry]:
        """Everything from then on, the oldest first."""
        ...

    def latest(self, limit: int) -> Sequence[AuditEntry]:
        """The last ones, the newest first."""
        ...

    def of(self, acts: Collection[Act]) -> Sequence[AuditEntry]:
        """All of these kinds, the oldest first."""
        ...

    def forget(self, before: datetime) -> int:
        """Erase what is older, as retention wants; returns how many entries.

        That a role was given stays until it is taken: else it would be taken for new and told again.
        """
        ...
