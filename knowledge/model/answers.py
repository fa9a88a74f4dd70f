"""What a question finds and how it ends."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.model.documents import Document, DocumentKind, Language, Passage, UseCase
from knowledge.model.identifiers import NO_GENERATION, DocumentId, GenerationId, MemberId, PassageId, QuestionId


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """The scores behind a hit: cosine and its lift, BM25 over lemmas and over character n-grams, and what fusion saw.

    `described` is in the order of `knowledge.searching.fusion.FEATURES`.
    """

    vector: float
    lift: float
    lemma: float
    gram: float
    described: tuple[float, ...]


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
    """Why a question was not answered from documents; each has its own sentence in three languages.

    UNSURE shows what comes nearest, without calling it an answer.
    """

    NONE = "none"
    THIN_EVIDENCE = "thin_evidence"
    UNSURE = "unsure"
    NOTHING_INDEXED = "nothing_indexed"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    PERSONAL_DATA = "personal_data"
    PATIENT_DATA = "patient_data"
    SMALL_TALK = "small_talk"
    CLINICAL_ADVICE = "clinical_advice"
    CRISIS = "crisis"
    OFF_TOPIC = "off_topic"
    NOBODY_KNOWS = "nobody_knows"


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands: `key` is the document's name inside its source.

    `score` is the quote's fit to the question, 0 to 1. `is_superseded` says that a newer version is cited too,
    `contradicts` which other cited documents say something else. The publisher of a CURATED one is the
    person who said it, empty where they agreed to no name. `earlier` are title and address of documents that were
    found too, and that an admin said it replaces; `successor` those of one that replaces it and is not cited.
    """

    document: DocumentId
    key: str
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
    is_superseded: bool = False
    is_official: bool = False
    contradicts: frozenset[DocumentId] = frozenset()
    kind: DocumentKind = DocumentKind.DOCUMENT
    earlier: tuple[tuple[str, str], ...] = ()
    successor: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a question: quotes with sources, or an honest sentence why there are none.

    `text` is the whole answer as plain text in `language`, quotes in their own language.
    `evidence` is the estimated probability that the answer is in what was found, 0 to 1. `written` is what a language
    model wrote, each sentence checked and marked with its citations as `[1]`; empty where the quotes stand alone, and
    `held_back` where that is because too little of what it wrote was grounded.
    """

    status: AnswerStatus
    reason: Reason
    language: Language
    text: str
    citations: tuple[Citation, ...] = ()
    use_cases: tuple[UseCase, ...] = ()
    evidence: float = 0.0
    took_ms: float = 0.0
    generation: GenerationId = NO_GENERATION
    written: str = ""
    held_back: bool = False


CHANGED = ":edited:"
"""Stands in the id of a changed question between that of the question and when it was changed."""


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
