"""Sources in SQL, and the counter that tells when searchable content has changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import Audience, Source, SourceId, SourceKind
from knowledge.store.tables import MetaRow, SourceRow


def bump_revision(session: Session) -> None:
    """Count one change of what can be searched, in the same transaction as the change."""
    session.execute(update(MetaRow).values(revision=MetaRow.revision + 1))


class SqlSources:
    """See `knowledge.ports.SourceRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, source: Source) -> None:
        """Store a new source."""
        self._session.execute(
            insert(SourceRow).values(
                id=source.id,
                kind=source.kind.value,
                location=source.location,
                audience=source.audience.value,
                columns=dict(source.columns),
                link=source.link,
                added_at=source.added_at,
            )
        )

    def get(self, source: SourceId) -> Source:
        """The source; raises NotFoundError."""
        row = self._session.get(SourceRow, source)
        if row is None:
            message = f"There is no source {source}; `python -m indexer list` shows the sources."
            raise NotFoundError(message)
        return _source(row)

    def hold(self, source: SourceId) -> bool:
        """Keep it from being removed until this transaction ends; false where it is gone already."""
        # On SQLite nobody else writes meanwhile.
        found = select(SourceRow.id).where(SourceRow.id == source).with_for_update(read=True, key_share=True)
        return self._session.scalars(found).one_or_none() is not None

    def find(self, location: str) -> Source | None:
        """The source at this very location."""
        row = self._session.scalars(select(SourceRow).where(SourceRow.location == location)).one_or_none()
        return None if row is None else _source(row)

    def all(self) -> Sequence[Source]:
        """Every source in the order they were added."""
        return [_source(row) for row in self._session.scalars(select(SourceRow).order_by(SourceRow.added_at))]

    def next_id(self) -> SourceId:
        """A source id that was never used."""
        number = self._session.scalars(
            update(MetaRow).values(next_source=MetaRow.next_source + 1).returning(MetaRow.next_source)
        ).one()
        return SourceId(f"s{number - 1}")

    def set_audience(self, source: SourceId, audience: Audience) -> None:
        """Change who may see the source, at once."""
        self.get(source)
        self._session.execute(update(SourceRow).where(SourceRow.id == source).values(audience=audience.value))
        bump_revision(self._session)

    def set_link(self, source: SourceId, link: str) -> None:
        """Change where readers find the source's files; its documents follow when they are next looked at."""
        self.get(source)
        self._session.execute(update(SourceRow).where(SourceRow.id == source).values(link=link))

    def remove(self, source: SourceId) -> None:
        """Erase the source; the foreign keys take documents, passages, use cases and failures with it."""
        self.get(source)
        self._session.execute(delete(SourceRow).where(SourceRow.id == source))
        bump_revision(self._session)


def _source(row: SourceRow) -> Source:
    return Source(
        SourceId(row.id),
        SourceKind(row.kind),
        row.location,
        Audience(row.audience),
        row.added_at,
        tuple(sorted(row.columns.items())),
        row.link,
    )
