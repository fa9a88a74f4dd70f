"""That one document replaces another: answers cite the new one and lead to the old; and that it does not after all."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from knowledge.administering.acting import Acting
from knowledge.errors import NotFoundError, SolmuError
from knowledge.model import Act, Document, DocumentId, MemberId, Replacement
from knowledge.ports import UnitOfWork

MOST_FOUND = 50


class CircleError(SolmuError):
    """A document would replace itself, straight or by way of others."""


class NarrowerError(SolmuError):
    """The new document may be seen by fewer people than the old one, to whom the answer would be lost."""


class Replacing:
    """Admins' word on it; every act raises NotAllowedError for others."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def search(self, words: str, by: MemberId) -> Sequence[Document]:
        """Documents whose titles or names hold all these words, in order of title."""
        wanted = words.casefold().split()
        with self._acting.look(by) as work:
            found = [each for each in work.documents.live() if _holds(each, wanted)]
        return sorted(found, key=lambda each: (each.title.casefold(), each.id))[:MOST_FOUND]

    def named(self, document: DocumentId, by: MemberId) -> Sequence[Document]:
        """The live document of this id, or none."""
        with self._acting.look(by) as work:
            return [each for each in work.documents.live() if each.id == document]

    def all(self, by: MemberId) -> Sequence[tuple[Replacement, Document, Document]]:
        """Every replacement with the old and the new document, the latest first."""
        with self._acting.look(by) as work:
            return work.replacements.all()

    def replace(self, old: DocumentId, new: DocumentId, by: MemberId) -> None:
        """Let the new document take the old one's place; raises CircleError, NarrowerError and NotFoundError."""
        with self._acting.act(by, Act.DOCUMENT_REPLACE, f"{old}:{new}") as deed:
            _refuse_gone(deed.work, old, new)
            last = _last(deed.work, new)
            _refuse_narrower(deed.work, old, last)
            if last == old:
                message = "A document cannot replace itself, neither straight nor by way of others."
                raise CircleError(message)
            now = self._acting.clock()
            deed.work.replacements.put(Replacement(old, last, by, now))
            # What the old one had replaced leads to the newest at once: nobody follows a chain.
            for each, _, _ in deed.work.replacements.all():
                if each.new == old:
                    deed.work.replacements.put(dataclasses.replace(each, new=last))

    def take_back(self, old: DocumentId, by: MemberId) -> None:
        """Let the old document stand for itself again; raises NotFoundError."""
        with self._acting.act(by, Act.DOCUMENT_REINSTATE, old) as deed:
            if not deed.work.replacements.take_back(old):
                message = f"Nothing replaces document {old}."
                raise NotFoundError(message)


def _holds(document: Document, wanted: Sequence[str]) -> bool:
    told = f"{document.title} {document.key}".casefold()
    return all(word in told for word in wanted)


def _refuse_gone(work: UnitOfWork, *documents: DocumentId) -> None:
    there = {each.id for each in work.documents.live()}
    for each in documents:
        if each not in there:
            message = f"There is no document {each} any more."
            raise NotFoundError(message)


def _refuse_narrower(work: UnitOfWork, old: DocumentId, new: DocumentId) -> None:
    audience = {each.id: each.audience for each in work.documents.live()}
    if audience[new] not in audience[old].readable:
        message = f"The new document is for {audience[new].value}, the old one for {audience[old].value}."
        raise NarrowerError(message)


def _last(work: UnitOfWork, document: DocumentId) -> DocumentId:
    found = work.replacements.replacing(document)
    return document if found is None else found
