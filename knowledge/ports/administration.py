"""Where admins' care of sources, replaced documents and the indexers' signs of life are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import Audience, Document, DocumentId, Replacement, SourceCare, SourceId


class CareRepository(Protocol):
    """How sources fare, and when they are read by themselves."""

    def of(self, source: SourceId) -> SourceCare:
        """What is kept of it, or that nothing is."""
        ...

    def all(self) -> Mapping[SourceId, SourceCare]:
        """Of every source of which something is kept."""
        ...

    def schedule(self, source: SourceId, schedule: str, due_at: datetime) -> None:
        """Read it by this schedule from now on, first at this moment."""
        ...

    def due(self, now: datetime) -> Sequence[SourceCare]:
        """Those whose time has come."""
        ...

    def take_due(self, care: SourceCare, next_at: datetime) -> bool:
        """Put off to the next time; false where another process did so before. Atomic between processes."""
        ...

    def synced(self, source: SourceId, now: datetime) -> None:
        """It was read through; one that is gone by now changes nothing."""
        ...

    def failed(self, source: SourceId, trouble: str) -> None:
        """It could not be listed; one that is gone by now changes nothing."""
        ...

    def indexer_seen(self, name: str, now: datetime) -> None:
        """Note an indexer's sign of life."""
        ...

    def last_seen(self) -> datetime | None:
        """When any indexer last gave one; None where none ever did."""
        ...


class ReplacementRepository(Protocol):
    """Which documents an admin called replaced."""

    def put(self, replacement: Replacement) -> None:
        """Store, or replace what is stored of the same old document; answers follow at once."""
        ...

    def take_back(self, old: DocumentId) -> bool:
        """Forget; false where there was none."""
        ...

    def all(self) -> Sequence[tuple[Replacement, Document, Document]]:
        """Every one with the old and the new document, the latest first."""
        ...

    def successors(
        self, documents: Collection[DocumentId], audiences: Collection[Audience]
    ) -> Mapping[DocumentId, tuple[str, str]]:
        """Title and address of what replaces each of these, as far as these audiences may read it."""
        ...

    def replacing(self, document: DocumentId) -> DocumentId | None:
        """What replaces it, where something does."""
        ...
