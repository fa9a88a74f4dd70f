"""What could not be indexed, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from knowledge.model import FailureRecord, SourceId
from knowledge.store.tables import FailureRow


class SqlFailures:
    """See `knowledge.ports.FailureRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, failure: FailureRecord, revision: str) -> None:
        """Note a failure in place of an earlier one of the same document."""
        self.clear(failure.source, failure.key)
        self._session.execute(
            insert(FailureRow).values(
                source=failure.source,
                key=failure.key,
                code=failure.code,
                sentence=failure.sentence,
                retriable=failure.retriable,
                failed_at=failure.failed_at,
                revision=revision,
            )
        )

    def clear(self, source: SourceId, key: str) -> None:
        """Forget the failure: the document was read, or is gone."""
        self._session.execute(delete(FailureRow).where(FailureRow.source == source, FailureRow.key == key))

    def of(self, source: SourceId) -> Mapping[str, tuple[FailureRecord, str]]:
        """A source's failures by key, each with the revision that failed."""
        rows = self._session.scalars(select(FailureRow).where(FailureRow.source == source))
        return {row.key: (_failure(row), row.revision) for row in rows}

    def all(self) -> Sequence[FailureRecord]:
        """Every failure, by source and key."""
        rows = self._session.scalars(select(FailureRow).order_by(FailureRow.source, FailureRow.key))
        return [_failure(row) for row in rows]


def _failure(row: FailureRow) -> FailureRecord:
    return FailureRecord(
        SourceId(row.source),
        row.key,
        row.code,
        row.sentence,
        row.retriable,
        row.failed_at,
    )
