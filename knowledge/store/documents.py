"""Documents in SQL: what is live, what changed, and what only kept generations still need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from knowledge.documents import indexed_text, text_hash
from knowledge.model import Audience, Document, DocumentId, DocumentKind, SourceId, UseCase
from knowledge.ports import DocumentContent, DocumentState
from knowledge.store.passages import SqlPassages, to_document
from knowledge.store.sources import bump_revision
from knowledge.store.tables import DocumentRow, PassageRow, SourceRow, UseCaseRow
from knowledge.store.vectors import drop_vectors


class SqlDocuments(SqlPassages):
    """See `knowledge.ports.DocumentRepository`; passages are the base class's part."""

    def states(self, source: SourceId) -> Mapping[str, DocumentState]:
        """What is remembered of the source's live documents, by key."""
        columns = (
            DocumentRow.id,
            DocumentRow.key,
            DocumentRow.revision,
            DocumentRow.content_hash,
            DocumentRow.reader,
            DocumentRow.url,
        )
        live = select(*columns).where(DocumentRow.source == source, DocumentRow.retired_at.is_(None))
        return {
            key: DocumentState(DocumentId(number), key, *marks) for number, key, *marks in self._session.execute(live)
        }

    def put(self, content: DocumentContent, now: datetime) -> None:
        """Insert or replace the document with its use case and passages."""
        document = content.document
        row = self._session.get(DocumentRow, document.id) or DocumentRow(id=document.id)
        row.source, row.key, row.kind = (
            document.source,
            document.key,
            document.kind.value,
        )
        row.title, row.url, row.language = (
            document.title,
            document.url,
            document.language.value,
        )
        row.publisher, row.published, row.read_at = (
            document.publisher,
            document.published,
            document.read_at,
        )
        row.revision, row.content_hash, row.reader = (
            content.revision,
            content.content_hash,
            content.reader,
        )
        row.retired_at = None
        self._session.add(row)
        self._session.flush()
        self._put_use_case(document.id, content.use_case)
        hashed = [
            (draft, text_hash(indexed_text(document.title, draft.headings, draft.text))) for draft in content.passages
        ]
        self._replace_passages(document.id, hashed, now)
        bump_revision(self._session)

    def touch(self, document: DocumentId, revision: str, url: str) -> None:
        """Note a new cheap revision and address for unchanged bytes."""
        self._session.execute(update(DocumentRow).where(DocumentRow.id == document).values(revision=revision, url=url))

    def retire(self, document: DocumentId, now: datetime) -> None:
        """Take a vanished document out of the next generation."""
        self._session.execute(update(DocumentRow).where(DocumentRow.id == document).values(retired_at=now))
        self._retire_passages(PassageRow.document == document, now)
        bump_revision(self._session)

    def erase(self, document: DocumentId) -> None:
        """Delete it with its passages and their vectors at once; searches pass over ids that are gone."""
        texts = self._session.scalars(select(PassageRow.text_hash).where(PassageRow.document == document)).all()
        self._session.execute(delete(PassageRow).where(PassageRow.document == document))
        gone = self._session.execute(delete(DocumentRow).where(DocumentRow.id == document).returning(DocumentRow.id))
        if gone.all():
            drop_vectors(self._session, texts)
            bump_revision(self._session)

    def live(self) -> Sequence[Document]:
        """Every live document, by source and key."""
        rows = select(DocumentRow, SourceRow.audience).join(SourceRow, SourceRow.id == DocumentRow.source)
        live = rows.where(DocumentRow.retired_at.is_(None)).order_by(DocumentRow.source, DocumentRow.key)
        return [to_document(row, audience) for row, audience in self._session.execute(live)]

    def title(self, document: DocumentId) -> str:
        """What a document is called, retired ones included; empty where it is not known."""
        return self._session.scalars(select(DocumentRow.title).where(DocumentRow.id == document)).one_or_none() or ""

    def use_cases(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, UseCase]:
        """The use cases among these documents."""
        rows = self._session.scalars(select(UseCaseRow).where(UseCaseRow.document.in_(list(documents))))
        return {DocumentId(row.document): _use_case(row) for row in rows}

    def live_use_cases(self) -> Sequence[tuple[Document, UseCase]]:
        """Every live use case with its document, by source and key."""
        rows = select(DocumentRow, SourceRow.audience, UseCaseRow).join(SourceRow, SourceRow.id == DocumentRow.source)
        cases = rows.join(UseCaseRow, UseCaseRow.document == DocumentRow.id).where(DocumentRow.retired_at.is_(None))
        found = self._session.execute(cases.order_by(DocumentRow.source, DocumentRow.key))
        return [(to_document(row, audience), _use_case(case)) for row, audience, case in found]

    def purge_retired(self, before: datetime) -> int:
        """Delete what was retired before that time; returns the number of passages."""
        gone = self._session.execute(
            delete(PassageRow).where(PassageRow.retired_at < before).returning(PassageRow.id)
        ).all()
        needed = select(PassageRow.document)
        self._session.execute(delete(DocumentRow).where(DocumentRow.retired_at < before, DocumentRow.id.not_in(needed)))
        return len(gone)

    def by_source(self) -> Mapping[SourceId, int]:
        """How many live documents each source holds that holds any."""
        live = select(DocumentRow.source, func.count()).where(DocumentRow.retired_at.is_(None))
        return {SourceId(source): number for source, number in self._session.execute(live.group_by(DocumentRow.source))}

    def counts(self, audiences: Collection[Audience] = frozenset(Audience)) -> Mapping[str, int]:
        """`documents`, `usecases` and `passages` that are live and meant for one of these."""
        meant = DocumentRow.source.in_(
            select(SourceRow.id).where(SourceRow.audience.in_([each.value for each in audiences]))
        )
        live = select(DocumentRow.kind, func.count()).where(DocumentRow.retired_at.is_(None), meant)
        kinds: dict[str, int] = dict(iter(self._session.execute(live.group_by(DocumentRow.kind))))
        passages = select(func.count()).select_from(PassageRow).where(PassageRow.retired_at.is_(None))
        if set(audiences) != set(Audience):
            passages = passages.where(PassageRow.document.in_(select(DocumentRow.id).where(meant)))
        return {
            "documents": kinds.get(DocumentKind.DOCUMENT.value, 0) + kinds.get(DocumentKind.CURATED.value, 0),
            "usecases": kinds.get(DocumentKind.USECASE.value, 0),
            "passages": self._session.scalars(passages).one(),
        }

    def _put_use_case(self, document: DocumentId, use_case: UseCase | None) -> None:
        self._session.execute(delete(UseCaseRow).where(UseCaseRow.document == document))
        if use_case is not None:
            self._session.add(
                UseCaseRow(
                    document=document,
                    title=use_case.title,
                    organisation=use_case.organisation,
                    stage=use_case.stage,
                    topics=list(use_case.topics),
                    contact=use_case.contact,
                    url=use_case.url,
                )
            )


def _use_case(row: UseCaseRow) -> UseCase:
    return UseCase(
        DocumentId(row.document), row.title, row.organisation, row.stage, tuple(row.topics), row.contact, row.url
    )
