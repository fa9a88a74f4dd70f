"""The domain's values: frozen, plain, and without a word about Slack, files or SQL."""

from knowledge.model.answers import Answer, AnswerStatus, AskedQuestion, Citation, Hit, Reason, ScoreParts
from knowledge.model.documents import (
    Audience,
    Document,
    DocumentKind,
    Language,
    ModelIdentity,
    Passage,
    PassageDraft,
    Source,
    SourceKind,
    UseCase,
)
from knowledge.model.identifiers import DocumentId, GenerationId, MemberId, PassageId, QuestionId, SourceId, TextHash
from knowledge.model.runs import FailureRecord, IndexRun, RunCounts, RunState

__all__ = [
    "Answer",
    "AnswerStatus",
    "AskedQuestion",
    "Audience",
    "Citation",
    "Document",
    "DocumentId",
    "DocumentKind",
    "FailureRecord",
    "GenerationId",
    "Hit",
    "IndexRun",
    "Language",
    "MemberId",
    "ModelIdentity",
    "Passage",
    "PassageDraft",
    "PassageId",
    "QuestionId",
    "Reason",
    "RunCounts",
    "RunState",
    "ScoreParts",
    "Source",
    "SourceId",
    "SourceKind",
    "TextHash",
    "UseCase",
]
