"""What the use cases need from the outside: the store, the embedding model, and the two indexes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.model import (
    AskedQuestion,
    Audience,
    Document,
    DocumentId,
    FailureRecord,
    GenerationId,
    IndexRun,
    Language,
    ModelIdentity,
    Passage,
    PassageDraft,
    PassageId,
    QuestionId,
    RunCounts,
    RunState,
    Source,
    SourceId,
    TextHash,
    UseCase,
)

Vectors = NDArray[np.float32]
"""Rows of unit length, shape (count, dimension)."""
Clock = Callable[[], datetime]
"""Now, in UTC and aware."""


class Embedder(Protocol):
    """Text to vectors of unit length, with the model's own prompts for questions and passages."""

    @property
    def identity(self) -> ModelIdentity:
        """Name, revision and dimension, as stored with every vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, in the order given; shape (len(texts), dimension)."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question; shape (dimension,)."""
        ...


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth fusing, column by column: row i of every array speaks of the same passage.

    `vector` is the cosine, `lemma` and `gram` BM25 scores (0 where no term is shared);
    every score is exact for every row, also where only one index brought the row up. `lemma_ideal` and
    `gram_ideal` are about what a passage holding every term of the question once would score: a score
    divided by them tells how much of the question a passage covers, comparable between questions.
    """

    ids: NDArray[np.int64]
    vector: NDArray[np.float32]
    lemma: NDArray[np.float32]
    gram: NDArray[np.float32]
    languages: tuple[Language, ...]
    lemma_ideal: float
    gram_ideal: float


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What a generation takes in for one passage. `indexed_text` is title, headings and text."""

    id: PassageId
    audience: Audience
    language: Language
    indexed_text: str
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself: enough to refuse it before it is used."""

    generation: GenerationId
    model: ModelIdentity
    passages: int
    documents: int
    revision: int
    built_at: datetime
    checksums: Mapping[str, str]


class PassageIndex(Protocol):
    """One published generation, read-only and safe to use from many threads."""

    @property
    def manifest(self) -> Manifest:
        """What is inside."""
        ...

    def candidates(
        self, text: str, language: Language, vector: NDArray[np.float32], audiences: Collection[Audience], limit: int
    ) -> Candidates:
        """The best `limit` passages of each index among those the audiences may read, united."""
        ...


class IndexShelf(Protocol):
    """Every kept generation, one of them current."""

    def current(self) -> PassageIndex:
        """The current generation, reopened when another process published; raises IndexMissingError."""
        ...

    def publish(self, rows: Iterable[IndexRow], model: ModelIdentity, *, revision: int, documents: int) -> Manifest:
        """Build aside, verify, make current by one atomic rename, drop the oldest beyond the number kept."""
        ...

    def kept(self) -> Sequence[Manifest]:
        """Manifests of the complete generations, newest first."""
        ...

    def roll_back(self, to: GenerationId | None = None) -> Manifest:
        """Make an earlier generation current (the one before the current where not named); raises NotFoundError."""
        ...


class SourceRepository(Protocol):
    """The sources that admins added."""

    def add(self, source: Source) -> None: ...
    def get(self, source: SourceId) -> Source:
        """Raise NotFoundError where there is none."""
        ...

    def find(self, location: str) -> Source | None: ...
    def all(self) -> Sequence[Source]: ...
    def next_id(self) -> SourceId: ...
    def set_audience(self, source: SourceId, audience: Audience) -> None: ...
    def remove(self, source: SourceId) -> None:
        """Erase the source with everything read from it, also from earlier generations' reach."""
        ...


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is remembered of a document to tell whether it changed.

    `revision` is the source's own cheap mark (size and time, ETag); `content_hash` is over the bytes,
    and `reader` names the reading rules' version, so that better rules read everything again.
    """

    document: DocumentId
    key: str
    revision: str
    content_hash: str
    reader: str


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

    def touch(self, document: DocumentId, revision: str) -> None:
        """Note a new cheap revision for unchanged bytes."""
        ...

    def retire(self, document: DocumentId, now: datetime) -> None:
        """Take a vanished document out of the next generation."""
        ...

    def live(self) -> Sequence[Document]: ...
    def passages(self, ids: Collection[PassageId]) -> Mapping[PassageId, tuple[Passage, Document]]:
        """Passages with their documents, retired ones included; ids that were erased are absent."""
        ...

    def of_document(self, document: DocumentId) -> Sequence[Passage]:
        """The live passages in reading order."""
        ...

    def live_passages(self) -> Iterator[tuple[Passage, Document]]:
        """Every live passage in order of id, streamed."""
        ...

    def use_cases(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, UseCase]: ...
    def purge_retired(self, before: datetime) -> int:
        """Delete passages and documents retired before that time; returns the number of passages."""
        ...

    def counts(self) -> Mapping[str, int]:
        """`documents`, `usecases` and `passages` that are live."""
        ...


class VectorRepository(Protocol):
    """Vectors by text and model: the expensive part, never made twice."""

    def missing(self, hashes: Collection[TextHash], model: ModelIdentity) -> set[TextHash]: ...
    def put(self, vectors: Mapping[TextHash, NDArray[np.float32]], model: ModelIdentity) -> None: ...
    def get(self, hashes: Collection[TextHash], model: ModelIdentity) -> Mapping[TextHash, NDArray[np.float32]]: ...
    def models(self) -> Sequence[ModelIdentity]: ...
    def purge_unused(self, model: ModelIdentity) -> int:
        """Delete vectors of other models and of texts that no passage has; returns the number of rows."""
        ...


class FailureRepository(Protocol):
    """The documents that could not be read, with the reason."""

    def record(self, failure: FailureRecord, revision: str) -> None: ...
    def clear(self, source: SourceId, key: str) -> None: ...
    def of(self, source: SourceId) -> Mapping[str, tuple[FailureRecord, str]]:
        """Failures by key, each with the revision that failed."""
        ...

    def all(self) -> Sequence[FailureRecord]: ...


class RunRepository(Protocol):
    """Indexing runs: the queue between the one who asks and the indexer, and its progress."""

    def request(self, run_id: str, requested_by: str, now: datetime) -> IndexRun:
        """Queue a run; returns the queued one instead where one already waits."""
        ...

    def claim(self, worker: str, now: datetime, stale_before: datetime) -> IndexRun | None:
        """Take the oldest queued run, or a running one whose heartbeat is older; atomic between processes."""
        ...

    def progress(self, run_id: str, phase: str, done: int, total: int, now: datetime) -> None: ...
    def finish(self, run_id: str, state: RunState, counts: RunCounts, message: str, now: datetime) -> None: ...
    def get(self, run_id: str) -> IndexRun:
        """Raise NotFoundError where there is none."""
        ...

    def latest(self) -> IndexRun | None: ...


class QuestionRepository(Protocol):
    """The questions asked and how they ended."""

    def add(self, question: AskedQuestion) -> None:
        """Store; a second time with the same id changes nothing."""
        ...

    def get(self, question: QuestionId) -> AskedQuestion:
        """Raise NotFoundError where there is none."""
        ...

    def count(self) -> int: ...


class UnitOfWork(Protocol):
    """One transaction: leaving rolls back, only `commit` keeps."""

    @property
    def sources(self) -> SourceRepository: ...
    @property
    def documents(self) -> DocumentRepository: ...
    @property
    def vectors(self) -> VectorRepository: ...
    @property
    def failures(self) -> FailureRepository: ...
    @property
    def runs(self) -> RunRepository: ...
    @property
    def questions(self) -> QuestionRepository: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def commit(self) -> None: ...
    def revision(self) -> int:
        """How often the searchable content has changed; grows with every put, retire, audience change and removal."""
        ...


class UnitOfWorkFactory(Protocol):
    """A fresh transaction per use case."""

    def __call__(self) -> UnitOfWork:
        """One that may write; writers wait for each other."""
        ...

    def reading(self) -> UnitOfWork:
        """One that only reads: it waits for nobody and nobody waits for it."""
        ...
