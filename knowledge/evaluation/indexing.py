"""A question set's documents in a throw-away Solmu: the real store, model and index."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.evaluation.collection import Line
from knowledge.language.detecting import detect_language
from knowledge.language.sentences import pack_sentences, split_sentences
from knowledge.model import (
    Audience,
    Document,
    DocumentId,
    DocumentKind,
    PassageDraft,
    Source,
    SourceId,
    SourceKind,
)
from knowledge.ports import Clock, DocumentContent, Embedder, IndexShelf, UnitOfWorkFactory
from knowledge.publishing import Publisher

PASSAGE_WORDS = 200
SOURCE = SourceId("s1")


def index_documents(
    documents: Sequence[Line],
    uow: UnitOfWorkFactory,
    shelf: IndexShelf,
    embedder: Embedder,
    clock: Clock,
    embedded: Callable[[int], None],
) -> int:
    """Store, embed and publish the documents, reusing what the folder already holds; returns the passages."""
    with uow() as work:
        if work.sources.find("evaluation") is None:
            work.sources.add(Source(SOURCE, SourceKind.FILE, "evaluation", Audience.PUBLIC, clock()))
        known = work.documents.states(SOURCE)
        for line in documents:
            if line.id not in known:
                work.documents.put(document_content(line, clock), clock())
        work.commit()
    return Publisher(uow, shelf, embedder).publish(embedded).passages


def document_content(line: Line, clock: Clock) -> DocumentContent:
    """A set's document as a reading of it, cut into passages of whole sentences."""
    language = detect_language(line.text)
    groups = pack_sentences(split_sentences(line.text, language), PASSAGE_WORDS)
    passages = [PassageDraft(" ".join(group), None, (), language) for group in groups]
    document = Document(
        DocumentId(line.id),
        SOURCE,
        line.id,
        DocumentKind.DOCUMENT,
        line.title,
        "",
        language,
        Audience.PUBLIC,
        "",
        None,
        clock(),
    )
    return DocumentContent(document, "", "", "", passages, None)
