"""What an admin does about documents that are kept out because they seem to hold a patient's data."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import QuarantinedDocument, SourceId
from knowledge.ports import Clock, UnitOfWorkFactory


class Quarantine:
    """Looks at them and lets one in; one that is left alone stays out."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def waiting(self) -> Sequence[QuarantinedDocument]:
        """Those that are kept out, by source and key."""
        with self._uow.reading() as work:
            return work.quarantine.all()

    def release(self, source: SourceId, key: str, by: str) -> QuarantinedDocument:
        """A false alarm: the next run indexes the document as it is now; raises NotFoundError.

        It holds for this content alone: once the document changes, it is looked at anew.
        """
        with self._uow() as work:
            document = work.quarantine.get(source, key)
            work.quarantine.release(document.content_hash, by, self._clock())
            work.quarantine.clear(source, key)
            # Else the run would pass over what failed before and has not changed.
            work.failures.clear(source, key)
            work.commit()
        return document
