"""What is kept of documents that are kept out, and of false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import QuarantinedDocument, SourceId


class QuarantineRepository(Protocol):
    """Documents that wait for an admin, and contents that an admin has looked at and released."""

    def put(self, document: QuarantinedDocument) -> None:
        """Store, or replace what is stored of the same document."""
        ...

    def get(self, source: SourceId, key: str) -> QuarantinedDocument:
        """Raise NotFoundError where it is not kept out."""
        ...

    def clear(self, source: SourceId, key: str) -> None:
        """Forget it: the document was released, mended, or is gone."""
        ...

    def all(self) -> Sequence[QuarantinedDocument]:
        """Every one, by source and key."""
        ...

    def release(self, content_hash: str, by: str, now: datetime) -> None:
        """Note that this content, and no other, may be indexed."""
        ...

    def is_released(self, content_hash: str) -> bool: ...
