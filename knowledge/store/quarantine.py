"""Documents that are kept out, and contents that were released, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.errors import NotFoundError
from knowledge.model import QuarantinedDocument, SourceId
from knowledge.store.tables import Base
from knowledge.store.upserting import insert_once, upsert


class QuarantineRow(Base):
    """A document that is kept out; nothing of what it says."""

    __tablename__ = "quarantine"
    source: Mapped[str] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    page: Mapped[int | None]
    heading: Mapped[str]
    found_at: Mapped[datetime]


class ReleaseRow(Base):
    """A content that an admin has looked at and let in."""

    __tablename__ = "quarantine_releases"
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    released_by: Mapped[str] = mapped_column(String(64))
    released_at: Mapped[datetime]


class SqlQuarantine:
    """See `knowledge.ports.quarantine.QuarantineRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, document: QuarantinedDocument) -> None:
        """Store, or replace what is stored of the same document."""
        upsert(self._session, QuarantineRow, asdict(document))

    def get(self, source: SourceId, key: str) -> QuarantinedDocument:
        """The document; raises NotFoundError where it is not kept out."""
        row = self._session.get(QuarantineRow, (source, key), populate_existing=True)
        if row is None:
            message = f"Document {key} of source {source} is not in quarantine."
            raise NotFoundError(message)
        return _document(row)

    def clear(self, source: SourceId, key: str) -> None:
        """Forget it: the document was released, mended, or is gone."""
        self._session.execute(delete(QuarantineRow).where(QuarantineRow.source == source, QuarantineRow.key == key))

    def all(self) -> Sequence[QuarantinedDocument]:
        """Every one, by source and key."""
        rows = select(QuarantineRow).order_by(QuarantineRow.source, QuarantineRow.key)
        return [_document(row) for row in self._session.scalars(rows)]

    def release(self, content_hash: str, by: str, now: datetime) -> None:
        """Note that this content, and no other, may be indexed."""
        insert_once(self._session, ReleaseRow, {"content_hash": content_hash, "released_by": by, "released_at": now})

    def is_released(self, content_hash: str) -> bool:
        """Whether an admin let exactly this content in."""
        return self._session.get(ReleaseRow, content_hash) is not None


def _document(row: QuarantineRow) -> QuarantinedDocument:
    return QuarantinedDocument(
        SourceId(row.source), row.key, row.content_hash, row.kind, row.page, row.heading, row.found_at
    )
