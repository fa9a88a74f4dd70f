"""A cited passage where it stands: with what comes before and after it, for whoever may read the document."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.errors import NotFoundError, SolmuError
from knowledge.model import Audience, Document, DocumentId, Passage, PassageId
from knowledge.ports import UnitOfWorkFactory

NEIGHBOURS = 1
"""How many passages are shown on each side."""


class OutOfReachError(SolmuError):
    """Somebody asks for a document that is not for them."""


@dataclass(frozen=True, slots=True)
class Context:
    """A passage in its document. One that `is_outdated` is no longer in the document as it was read last."""

    document: Document
    before: tuple[Passage, ...]
    passage: Passage
    after: tuple[Passage, ...]
    is_outdated: bool


class Contexts:
    """Finds them as things are at this moment."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    def document(self, document: DocumentId) -> Document:
        """A document as it is now; raises NotFoundError where it is gone."""
        with self._uow.reading() as work:
            passages = work.documents.of_document(document)
            found = work.documents.passages([each.id for each in passages[:1]])
        if not found:
            message = f"There is no document {document} any more."
            raise NotFoundError(message)
        return next(iter(found.values()))[1]

    def around(self, number: PassageId, audience: Audience) -> Context:
        """The passage and its neighbours.

        Raises NotFoundError where it is gone, or is for coordinators and `audience` is not; OutOfReachError.
        """
        with self._uow.reading() as work:
            found = work.documents.passages([number]).get(number)
            # That there is something for coordinators is for them alone to know.
            if found is None or found[1].audience not in {*audience.readable, *Audience.MEMBERS.readable}:
                message = f"There is no passage {number} any more."
                raise NotFoundError(message)
            passage, document = found
            if document.audience not in audience.readable:
                message = f"Passage {number} is for {document.audience.value}."
                raise OutOfReachError(message)
            there = list(work.documents.of_document(document.id))
        places = [place for place, each in enumerate(there) if each.id == number]
        if not places:
            return Context(document, (), passage, (), is_outdated=True)
        at = places[0]
        before, after = there[max(0, at - NEIGHBOURS) : at], there[at + 1 : at + 1 + NEIGHBOURS]
        return Context(document, tuple(before), passage, tuple(after), is_outdated=False)
