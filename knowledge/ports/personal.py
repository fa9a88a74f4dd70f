"""What is asked of the store about one person, table by table, and of the ledger of erasures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from knowledge.model import MemberId
from knowledge.model.personal import Held

Plain = Mapping[str, object]


class PersonalRepository(Protocol):
    """Rows that name a person, by the register's entries."""

    def rows(self, held: Held, person: MemberId) -> Sequence[Plain]:
        """What is shown of them, as plain values for JSON, in no order."""
        ...

    def count(self, held: Held, person: MemberId) -> int: ...
    def erase(self, held: Held, person: MemberId) -> None:
        """End them as the entry says; may be repeated."""
        ...

    def people(self, held: Held) -> set[MemberId]:
        """Everybody whom a column names by workspace and user; nobody for other spellings."""
        ...

    def forget(self, table: str, column: str, before: date) -> int:
        """Erase the rows whose time or day is earlier; returns how many."""
        ...


class ErasureLedger(Protocol):
    """That somebody was erased, told by a hash; kept apart from the database, so that no backup brings them back."""

    def note(self, person: MemberId, at: datetime) -> None: ...
    def since(self, moment: datetime) -> frozenset[str]:
        """The hashes of those who were erased then or later; raises StoreError where nobody can tell."""
        ...
