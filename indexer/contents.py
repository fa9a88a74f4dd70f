"""From the bytes of one document to what the store keeps of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath

from indexer.changes import Arrived
from indexer.inspecting import INSPECTION_VERSION
from indexer.passages import cut
from indexer.reading import failures
from indexer.reading.document import ReadDocument
from indexer.reading.reader import READER_VERSION, Reader
from indexer.sources.base import Fetched
from knowledge.documents import document_id
from knowledge.model import Document, DocumentKind, Language, PassageDraft, Source
from knowledge.ports import DocumentContent

RULES = f"{READER_VERSION}.{INSPECTION_VERSION}"
"""What a document is remembered with: whatever was read or inspected by other rules is read and inspected again."""


def read_content(
    source: Source, arrived: Arrived, reader: Reader, now: datetime
) -> tuple[DocumentContent, Sequence[str]]:
    """What to store of a document, and sentences about what could not be read of it; raises ReadFailure."""
    read = _read(arrived.fetched, reader)
    passages = cut(read)
    if not passages:
        raise failures.empty()
    document = Document(
        document_id(source.id, arrived.item.key),
        source.id,
        arrived.item.key,
        _kind(arrived.fetched),
        arrived.fetched.title or read.title or PurePosixPath(arrived.item.key).stem,
        arrived.item.url or read.url,
        _main_language(passages),
        source.audience,
        read.publisher,
        read.published,
        now,
    )
    row = arrived.fetched.row
    use_case = row.use_case(document) if row else None
    revision = arrived.fetched.revision
    return DocumentContent(document, revision, arrived.content_hash, RULES, passages, use_case), read.notes


def _read(fetched: Fetched, reader: Reader) -> ReadDocument:
    if fetched.row:
        return fetched.row.as_document()
    return fetched.answer or reader.read(fetched.content, fetched.name)


def _kind(fetched: Fetched) -> DocumentKind:
    if fetched.row:
        return DocumentKind.USECASE
    return DocumentKind.CURATED if fetched.answer else DocumentKind.DOCUMENT


def _main_language(passages: Sequence[PassageDraft]) -> Language:
    """The language of most of the text."""
    spoken: Counter[Language] = Counter()
    for passage in passages:
        spoken[passage.language] += len(passage.text)
    return spoken.most_common(1)[0][0]
