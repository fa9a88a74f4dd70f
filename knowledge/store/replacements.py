"""Which documents an admin called replaced, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, aliased

from knowledge.model import Audience, Document, DocumentId, Replacement
from knowledge.store.administration_tables import ReplacementRow
from knowledge.store.passages import to_document
from knowledge.store.tables import DocumentRow, SourceRow
from knowledge.store.upserting import upsert


class SqlReplacements:
    """See `knowledge.ports.ReplacementRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, replacement: Replacement) -> None:
        """Store, or replace what is stored of the same old document."""
        values = {"old": replacement.old, "new": replacement.new, "by": replacement.by, "at": replacement.at}
        upsert(self._session, ReplacementRow, values)

    def take_back(self, old: DocumentId) -> bool:
        """Forget; false where there was none."""
        gone = delete(ReplacementRow).where(ReplacementRow.old == old).returning(ReplacementRow.old)
        return self._session.execute(gone).first() is not None

    def all(self) -> Sequence[tuple[Replacement, Document, Document]]:
        """Every one with the old and the new document, the latest first."""
        old, new, old_source, new_source = (
            aliased(DocumentRow),
            aliased(DocumentRow),
            aliased(SourceRow),
            aliased(SourceRow),
        )
        found = (
            select(ReplacementRow, old, old_source.audience, new, new_source.audience)
            .join(old, old.id == ReplacementRow.old)
            .join(new, new.id == ReplacementRow.new)
            .join(old_source, old_source.id == old.source)
            .join(new_source, new_source.id == new.source)
            .order_by(ReplacementRow.at.desc(), ReplacementRow.old)
        )
        return [
            (_replacement(row), to_document(before, narrow), to_document(after, wide))
            for row, before, narrow, after, wide in self._session.execute(found)
        ]

    def successors(
        self, documents: Collection[DocumentId], audiences: Collection[Audience]
    ) -> Mapping[DocumentId, tuple[str, str]]:
        """Title and address of what replaces each of these, as far as these audiences may read it."""
        found = (
            select(ReplacementRow.old, DocumentRow.title, DocumentRow.url)
            .join(DocumentRow, DocumentRow.id == ReplacementRow.new)
            .join(SourceRow, SourceRow.id == DocumentRow.source)
            .where(
                ReplacementRow.old.in_(documents),
                DocumentRow.retired_at.is_(None),
                SourceRow.audience.in_([each.value for each in audiences]),
            )
        )
        return {DocumentId(old): (title, url) for old, title, url in self._session.execute(found)}

    def replacing(self, document: DocumentId) -> DocumentId | None:
        """What replaces it, where something does."""
        row = self._session.get(ReplacementRow, document, populate_existing=True)
        return None if row is None else DocumentId(row.new)


def _replacement(row: ReplacementRow) -> Replacement:
    return Replacement(DocumentId(row.old), DocumentId(row.new), row.by, row.at)
