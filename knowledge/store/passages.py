"""Passages in SQL: unchanged ones keep their ids, replaced ones are retired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, insert, inspect, select, update
from sqlalchemy.orm import Bundle, Session

from knowledge.model import (
    Audience,
    Document,
    DocumentId,
    DocumentKind,
    Language,
    Passage,
    PassageDraft,
    PassageId,
    SourceId,
    TextHash,
)
from knowledge.ports import IndexEntry
from knowledge.store.administration_tables import ReplacementRow
from knowledge.store.chunks import chunks
from knowledge.store.tables import Base, DocumentRow, PassageRow, SourceRow

BATCH = 1000
"""Rows fetched at once while streaming."""


class SqlPassages:
    """The passages' half of `knowledge.ports.DocumentRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def passages(self, ids: Collection[PassageId]) -> Mapping[PassageId, tuple[Passage, Document]]:
        """Passages with their documents, retired ones included; erased ones are absent."""
        found: dict[PassageId, tuple[Passage, Document]] = {}
        for chunk in chunks(ids):
            for row in self._session.execute(_with_document().where(PassageRow.id.in_(chunk))):
                passage, document = _pair(row)
                found[passage.id] = (passage, document)
        return found

    def of_document(self, document: DocumentId) -> Sequence[Passage]:
        """The live passages in reading order."""
        rows = self._session.scalars(
            select(PassageRow)
            .where(PassageRow.document == document, PassageRow.retired_at.is_(None))
            .order_by(PassageRow.ordinal)
        )
        return [_passage(row) for row in rows]

    def live_passages(self) -> Iterator[tuple[Passage, Document]]:
        """Every live passage in order of id, streamed."""
        rows = _with_document().where(PassageRow.retired_at.is_(None)).order_by(PassageRow.id)
        for row in self._session.execute(rows.execution_options(yield_per=BATCH)):
            yield _pair(row)

    def retired(self) -> Sequence[PassageId]:
        """The passages that only kept generations know, in order of id."""
        rows = select(PassageRow.id).where(PassageRow.retired_at.is_not(None)).order_by(PassageRow.id)
        return [PassageId(number) for number in self._session.scalars(rows)]

    def live_entries(self) -> Sequence[IndexEntry]:
        """Every live passage's place in an index, in order of id."""
        audiences = {audience.value: audience for audience in Audience}
        languages = {language.value: language for language in Language}
        rows = (
            select(PassageRow.id, SourceRow.audience, PassageRow.language)
            .join(DocumentRow, DocumentRow.id == PassageRow.document)
            .join(SourceRow, SourceRow.id == DocumentRow.source)
            .where(PassageRow.retired_at.is_(None))
            .order_by(PassageRow.id)
        )
        return [
            IndexEntry(PassageId(number), audiences[audience], languages[language])
            for number, audience, language in self._session.execute(rows)
        ]

    def _replace_passages(
        self,
        document: DocumentId,
        drafts: Sequence[tuple[PassageDraft, TextHash]],
        now: datetime,
    ) -> None:
        """Keep the ids of passages that are the same, wherever they moved; retire the rest and insert the new."""
        kept = self._by_identity(document)
        new, moved = [], []
        for ordinal, (draft, digest) in enumerate(drafts):
            same = kept[digest, draft.text, draft.page, draft.headings]
            if same:
                moved.append(
                    {
                        "id": same.pop(0),
                        "ordinal": ordinal,
                        "language": draft.language.value,
                    }
                )
            else:
                new.append(_values(document, ordinal, draft, digest))
        if moved:
            self._session.execute(update(PassageRow), moved)
        gone = [number for numbers in kept.values() for number in numbers]
        for chunk in chunks(gone):
            self._retire_passages(PassageRow.id.in_(chunk), now)
        if new:
            self._session.execute(insert(PassageRow), new)

    def _by_identity(
        self, document: DocumentId
    ) -> defaultdict[tuple[str, str, int | None, tuple[str, ...]], list[int]]:
        by_identity = defaultdict(list)
        live = select(PassageRow).where(PassageRow.document == document, PassageRow.retired_at.is_(None))
        for row in self._session.scalars(live.order_by(PassageRow.ordinal)):
            by_identity[row.text_hash, row.text, row.page, tuple(row.headings)].append(row.id)
        return by_identity

    def _retire_passages(self, which: ColumnElement[bool], now: datetime) -> None:
        self._session.execute(
            update(PassageRow)
            .where(which, PassageRow.retired_at.is_(None))
            .values(retired_at=now)
            .execution_options(synchronize_session=False)
        )


def _values(document: DocumentId, ordinal: int, draft: PassageDraft, digest: TextHash) -> dict[str, object]:
    return {
        "document": document,
        "ordinal": ordinal,
        "text": draft.text,
        "page": draft.page,
        "headings": list(draft.headings),
        "language": draft.language.value,
        "text_hash": digest,
    }


def _columns(name: str, table: type[Base]) -> Bundle[Any]:
    """Columns of a table under one name: passages are read for every question, and whole rows would take longer."""
    return Bundle(name, *(getattr(table, column.key) for column in inspect(table).columns))


@cache
def _with_document() -> Select[Any, str, str, Any]:
    return (
        select(
            _columns("passage", PassageRow), SourceRow.audience, ReplacementRow.new, _columns("document", DocumentRow)
        )
        .join(DocumentRow, DocumentRow.id == PassageRow.document)
        .join(SourceRow, SourceRow.id == DocumentRow.source)
        .outerjoin(ReplacementRow, ReplacementRow.old == DocumentRow.id)
    )


def _pair(row: Row[Any, str, str | None, Any]) -> tuple[Passage, Document]:
    passage, audience, replaced_by, document = row
    return _passage(passage), to_document(document, audience, replaced_by or "")


def _passage(row: PassageRow) -> Passage:
    return Passage(
        PassageId(row.id),
        DocumentId(row.document),
        row.ordinal,
        row.text,
        row.page,
        tuple(row.headings),
        Language(row.language),
        TextHash(row.text_hash),
    )


def to_document(row: DocumentRow, audience: str, replaced_by: str = "") -> Document:
    """A document with its source's present audience and what replaces it."""
    return Document(
        DocumentId(row.id),
        SourceId(row.source),
        row.key,
        DocumentKind(row.kind),
        row.title,
        row.url,
        Language(row.language),
        Audience(audience),
        row.publisher,
        row.published,
        row.read_at,
        DocumentId(replaced_by),
    )
