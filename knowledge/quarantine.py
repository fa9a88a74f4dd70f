"""What an admin does about documents that are kept out because they seem to hold a patient's data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from knowledge.auditing import note_from_shell
from knowledge.model import SHELL, Act, QuarantinedDocument, SourceId
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory


class Quarantine:
    """Looks at them and lets one in from the shell; one that is left alone stays out."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def waiting(self) -> Sequence[QuarantinedDocument]:
        """Those that are kept out, by source and key."""
        with self._uow.reading() as work:
            return work.quarantine.all()

    def release(self, source: SourceId, key: str) -> QuarantinedDocument:
        """A false alarm: see `release`."""
        with self._uow() as work:
            document = release(work, source, key, SHELL, self._clock())
            note_from_shell(work, self._clock, Act.QUARANTINE_RELEASE, released_subject(document))
            work.commit()
        return document


def release(work: UnitOfWork, source: SourceId, key: str, by: str, now: datetime) -> QuarantinedDocument:
    """A false alarm: the next run indexes the document as it is now; raises NotFoundError.

    It holds for this content alone: once the document changes, it is looked at anew.
    """
    document = work.quarantine.get(source, key)
    work.quarantine.release(document.content_hash, by, now)
    work.quarantine.clear(source, key)
    # Else the run would pass over what failed before and has not changed.
    work.failures.clear(source, key)
    return document


def released_subject(document: QuarantinedDocument) -> str:
    """What the audit log says was let in: the content, as a document's name may hold a person's."""
    return f"{document.source}:{document.content_hash[:16]}"
