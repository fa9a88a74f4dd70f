"""The domain's values: frozen, plain, and without a word about Slack, files or SQL."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NewType

SourceId = NewType("SourceId", str)
"""Short id of a source that an admin can type, such as `s3`."""
DocumentId = NewType("DocumentId", str)
"""Opaque id of a document; the same document keeps it through every reindexing."""
PassageId = NewType("PassageId", int)
"""Row id of a passage in SQL and its id in both indexes; never used twice."""
TextHash = NewType("TextHash", str)
"""SHA-256, in hex, of what is embedded of a passage: the key of its vector."""
MemberId = NewType("MemberId", str)
"""A person in one workspace, as `TEAM:USER`."""
QuestionId = NewType("QuestionId", str)
"""Id of one asked question; the same for every redelivery of the event that carried it."""
GenerationId = NewType("GenerationId", str)
"""Name of a published index generation; sorts by time of building."""


class Language(enum.StrEnum):
    """ISO 639 code; UNKNOWN where the text is too short or in none of the three."""

    FI = "fi"
    SV = "sv"
    EN = "en"
    UNKNOWN = "und"


class Audience(enum.StrEnum):
    """Who may see a source, from everybody to the narrowest circle."""

    PUBLIC = "public"
    MEMBERS = "members"
    COORDINATORS = "coordinators"

    @property
    def readable(self) -> frozenset[Audience]:
        """The audiences whose sources somebody of this audience may read: their own and every wider one."""
        order = list(Audience)
        return frozenset(order[: order.index(self) + 1])


class SourceKind(enum.StrEnum):
    """What a source's location points to."""

    FOLDER = "folder"
    FILE = "file"
    WEB = "web"
    USECASES = "usecases"


class DocumentKind(enum.StrEnum):
    """Whether a document is a text or one use case of a catalogue."""

    DOCUMENT = "document"
    USECASE = "usecase"


@dataclass(frozen=True, slots=True)
class Source:
    """A place that an admin pointed Solmu at.

    `location` is an absolute path or a URL. `columns` maps the catalogue's column names
    to Solmu's field names as (field, column) pairs, and is empty where they are guessed.
    """

    id: SourceId
    kind: SourceKind
    location: str
    audience: Audience
    added_at: datetime
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a source, as last read.

    `key` names it inside its source (relative path, URL, use-case id). `url` is what a reader can
    open, or empty. `publisher` is empty and `published` None where the document does not say.
    """

    id: DocumentId
    source: SourceId
    key: str
    kind: DocumentKind
    title: str
    url: str
    language: Language
    audience: Audience
    publisher: str
    published: date | None
    read_at: datetime


@dataclass(frozen=True, slots=True)
class UseCase:
    """What a catalogue says of a use case beside its text."""

    document: DocumentId
    title: str
    organisation: str
    stage: str
    topics: tuple[str, ...]
    contact: str
    url: str


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage as the indexer cut it, before it has an id.

    `text` stands verbatim in the document as read. `page` is 1-based, or None where the format has
    no pages. `headings` run from the outermost to the nearest.
    """

    text: str
    page: int | None
    headings: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage: the unit that is found, and inside which quotes are chosen."""

    id: PassageId
    document: DocumentId
    ordinal: int
    text: str
    page: int | None
    headings: tuple[str, ...]
    language: Language
    text_hash: TextHash


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which embedding model made a vector; vectors of two identities must never meet."""

    name: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """The raw scores behind a hit: cosine, and BM25 over lemmas and over character 5-grams."""

    vector: float
    lemma: float
    gram: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage with its document. `score` orders the hits of one query; higher is better."""

    passage: Passage
    document: Document
    score: float
    parts: ScoreParts


class AnswerStatus(enum.StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    REFUSED = "refused"


class Reason(enum.StrEnum):
    """Why a question was not answered from documents; each has its own sentence in three languages."""

    NONE = "none"
    THIN_EVIDENCE = "thin_evidence"
    NOTHING_INDEXED = "nothing_indexed"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    PERSONAL_DATA = "personal_data"
    SMALL_TALK = "small_talk"
    CLINICAL_ADVICE = "clinical_advice"


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands. `score` is the quote's fit to the question, 0 to 1."""

    document: DocumentId
    passage: PassageId
    title: str
    publisher: str
    published: date | None
    page: int | None
    headings: tuple[str, ...]
    url: str
    quote: str
    language: Language
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a question: quotes with sources, or an honest sentence why there are none.

    `text` is the whole answer as plain text in `language`, quotes in their own language.
    `evidence` is the estimated probability that the answer is in what was found, 0 to 1.
    """

    status: AnswerStatus
    reason: Reason
    language: Language
    text: str
    citations: tuple[Citation, ...] = ()
    use_cases: tuple[UseCase, ...] = ()
    evidence: float = 0.0
    took_ms: float = 0.0
    generation: GenerationId = GenerationId("")


@dataclass(frozen=True, slots=True)
class FailureRecord:
    """Why one document of a source could not be indexed, in words for an admin.

    `retriable` tells whether another try with the same bytes can help.
    """

    source: SourceId
    key: str
    code: str
    sentence: str
    retriable: bool
    failed_at: datetime


class RunState(enum.StrEnum):
    """How far an indexing run is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a run did, in documents; `passages` and `embedded` count passages."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    passages: int = 0
    embedded: int = 0


@dataclass(frozen=True, slots=True)
class IndexRun:
    """One synchronisation of all sources, asked for by a person or the shell, with its progress."""

    id: str
    state: RunState
    requested_by: str
    requested_at: datetime
    phase: str
    done: int
    total: int
    counts: RunCounts = field(default_factory=RunCounts)
    message: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as stored, with how it ended."""

    id: QuestionId
    asker: MemberId
    place: str
    text: str
    language: Language
    status: AnswerStatus
    generation: GenerationId
    took_ms: float
    asked_at: datetime
