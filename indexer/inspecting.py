"""Looking into a document that was read for a patient's data; one that seems to hold some is kept out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from indexer.failures import ReadFailure
from knowledge.model import QuarantinedDocument
from knowledge.ports import DocumentContent, UnitOfWork
from knowledge.privacy import kind_of_personal_data

INSPECTION_VERSION = "2"
"""Changes whenever other texts would be kept out, so that documents that were read before are looked into again."""
CODE = "quarantined"
"""The failure's stable word."""
KINDS = {
    "identity_code": "a personal identity code",
    "patient_number": "a patient's or client's number",
    "birth_date": "a name with a date of birth",
    "patient_name": "a patient's or client's name",
    "health": "a name with health details",
    "address": "a name with an address and health details",
}
"""What is found, in words for an admin."""
Place = tuple[str, int | None, str]
"""A text with its page and heading."""


def suspicion(content: DocumentContent, now: datetime) -> QuarantinedDocument | None:
    """The first thing in it that seems to be a patient's, by kind and place; nothing of what it says."""
    document = content.document
    for text, page, heading in _texts(content):
        if kind := kind_of_personal_data(text):
            shown = "" if kind_of_personal_data(heading) else heading
            return QuarantinedDocument(document.source, document.key, content.content_hash, kind, page, shown, now)
    return None


def keep_out(work: UnitOfWork, content: DocumentContent, found: QuarantinedDocument) -> None:
    """Note it, and take out an earlier version: what was read of the document before is not to be found either."""
    work.documents.erase(content.document.id)
    work.quarantine.put(found)


def quarantined(found: QuarantinedDocument) -> ReadFailure:
    """The sentence for an admin."""
    return ReadFailure(
        CODE, f"The document seems to hold {what_and_where(found)} and is kept out; see docs/data-protection.md."
    )


def what_and_where(found: QuarantinedDocument) -> str:
    """The kind and the place, in words."""
    page = "" if found.page is None else f" on page {found.page}"
    heading = f" under “{found.heading}”" if found.heading else ""
    return f"{KINDS.get(found.kind, found.kind)}{page}{heading}"


def _texts(content: DocumentContent) -> Iterator[Place]:
    yield f"{content.document.title}\n{content.document.url}\n{content.document.publisher}", None, ""
    if content.use_case is not None:
        case = content.use_case
        yield "\n".join((case.title, case.organisation, case.contact, *case.topics)), None, ""
    for passage in content.passages:
        yield "\n".join((*passage.headings, passage.text)), passage.page, (passage.headings or ("",))[-1]
