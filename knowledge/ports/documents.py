"""Where sources, documents, passages and vectors are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.model import (
    Audience,
    Document,
    DocumentId,
    ModelIdentity,
    Passage,
    PassageDraft,
    PassageId,
    Source,
    SourceId,
    TextHash,
    UseCase,
)
from knowledge.ports.basics import Vectors
from knowledge.ports.indexes import IndexEntry


class SourceRepository(Protocol):
    """The sources that admins added."""

    def add(self, source: Source) -> None: ...
    def get(self, source: SourceId) -> Source:
        """Raise NotFoundError where there is none."""
        ...

    def hold(self, source: SourceId) -> bool:
        """Keep the source from being removed until this transaction ends; false where it is gone already."""
        ...

    def find(self, location: str) -> Source | None: ...
    def all(self) -> Sequence[Source]: ...
    def next_id(self) -> SourceId: ...
    def set_audience(self, source: SourceId, audience: Audience) -> None: ...
    def set_link(self, source: SourceId, link: str) -> None: ...
    def remove(self, source: SourceId) -> None:
        """Erase the source with everything read from it, also from earlier generations' reach."""
        ...


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is remembered of a document to tell whether it changed.

    `revision` is the source's own cheap mark (size and time, ETag); `content_hash` is over the bytes,
    and `reader` names the reading rules' version, so that better rules read everything again. `url` is where its
    readers were sent last.
    """

    document: DocumentId
    key: str
    revision: str
    content_hash: str
    reader: str
    url: str


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """Everything that one reading of a document brings to the store."""

    document: Document
    revision: str
    content_hash: str
    reader: str
    passages: Sequence[PassageDraft]
    use_case: UseCase | None


class DocumentRepository(Protocol):
    """Documents and their passages. Replaced passages are retired, not deleted: kept generations still need them."""

    def states(self, source: SourceId) -> Mapping[str, DocumentState]:
        """The live documents of a source, by key."""
        ...

    def put(self, content: DocumentContent, now: datetime) -> None:
        """Insert or replace a document; passages whose text, page and headings did not change keep their ids."""
        ...

    def touch(self, document: DocumentId, revision: str, url: str) -> None:
        """Note a new cheap revision and address for unchanged bytes."""
        ...

    def retire(self, document: DocumentId, now: datetime) -> None:
        """Take a vanished document out of the next generation."""
        ...

    def erase(self, document: DocumentId) -> None:
        """Delete a document with its passages at once, also from earlier generations' reach."""
        ...

    def live(self) -> Sequence[Document]: ...
    def title(self, document: DocumentId) -> str:
        """What a document is called, retired ones included; empty where it is not known."""
        ...

    def passages(self, ids: Collection[PassageId]) -> Mapping[PassageId, tuple[Passage, Document]]:
        """Passages with their documents, retired ones included; ids that were erased are absent."""
        ...

    def of_document(self, document: DocumentId) -> Sequence[Passage]:
        """The live passages in reading order."""
        ...

    def live_passages(self) -> Iterator[tuple[Passage, Document]]:
        """Every live passage in order of id, streamed."""
        ...

    def retired(self) -> Sequence[PassageId]:
        """The passages that are kept for earlier generations alone, in order of id."""
        ...

    def live_entries(self) -> Sequence[IndexEntry]:
        """Every live passage's place in an index, in order of id; no text is read."""
        ...

    def use_cases(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, UseCase]: ...
    def live_use_cases(self) -> Sequence[tuple[Document, UseCase]]:
        """Every live use case with its document, in the order of `live`; no other document is read."""
        ...

    def purge_retired(self, before: datetime) -> int:
        """Delete passages and documents retired before that time; returns the number of passages."""
        ...

    def by_source(self) -> Mapping[SourceId, int]:
        """How many live documents, use cases among them, each source holds that holds any."""
        ...

    def counts(self, audiences: Collection[Audience] = frozenset(Audience)) -> Mapping[str, int]:
        """`documents`, `usecases` and `passages` that are live and meant for one of these."""
        ...


class VectorRepository(Protocol):
    """Vectors by text and model, of passages and of their sentences: the expensive part, never made twice."""

    def missing(self, hashes: Collection[TextHash], model: ModelIdentity) -> set[TextHash]: ...
    def missing_sentences(self, hashes: Collection[TextHash], model: ModelIdentity) -> set[TextHash]:
        """The texts whose sentences were not embedded by this model."""
        ...

    def lacking(self, model: ModelIdentity) -> Sequence[PassageId]:
        """The live passages whose text has no vector of this model, or whose sentences have none."""
        ...

    def put(self, vectors: Mapping[TextHash, NDArray[np.float32]], model: ModelIdentity) -> None: ...
    def put_sentences(self, sentences: Mapping[TextHash, Vectors], model: ModelIdentity) -> None:
        """Store the vectors of each text's sentences in order; 16 bits are kept of each number."""
        ...

    def get(self, hashes: Collection[TextHash], model: ModelIdentity) -> Mapping[TextHash, NDArray[np.float32]]: ...
    def sentences(self, hashes: Collection[TextHash], model: ModelIdentity) -> Mapping[TextHash, Vectors]:
        """The vectors of these texts' sentences, those that are there; each of shape (sentences, dimension)."""
        ...

    def models(self) -> Sequence[ModelIdentity]: ...
    def purge_unused(self, model: ModelIdentity) -> int:
        """Delete vectors of other models and of texts that no passage has; returns the number of texts' vectors."""
        ...
