"""Curated answers as sources of documents, one for each audience."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.documents import document_id
from knowledge.errors import NotFoundError
from knowledge.model import Audience, CuratedAnswer, DocumentId, InquiryId, Source, SourceId, SourceKind
from knowledge.ports import Clock, UnitOfWork

PLACE = "curated:"
"""Begins such a source's location; the audience follows."""


def answers_for(work: UnitOfWork, audience: Audience) -> Sequence[CuratedAnswer]:
    """The approved answers for this audience, in order of id."""
    return [each for each in work.inquiries.answers() if each.audience is audience]


def add_sources(work: UnitOfWork, clock: Clock) -> None:
    """Add a source for each audience that there are answers for."""
    known = {each.id for each in work.sources.all()}
    for audience in Audience:
        name = source_of(audience)
        if name not in known and answers_for(work, audience):
            place = f"{PLACE}{audience.value}"
            work.sources.add(Source(name, SourceKind.CURATED, place, audience, clock()))


def source_of(audience: Audience) -> SourceId:
    """The id of the audience's source."""
    return SourceId(f"curated-{audience.value}")


def document_of(answer: CuratedAnswer) -> DocumentId:
    """The document that the answer is read as."""
    return document_id(source_of(answer.audience), answer.inquiry)


def is_given(work: UnitOfWork, source: Source, key: str) -> bool:
    """Whether a source's answer is there, and not erased or taken back; it stays so until the transaction ends."""
    try:
        work.inquiries.lock(InquiryId(key))
        answer = work.inquiries.answer(InquiryId(key))
    except NotFoundError:
        return False
    return answer.is_approved and answer.audience is source.audience
