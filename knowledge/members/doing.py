"""Which use cases are on a topic: proposed by the search over everything, kept where the topic is named or nearly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.errors import IndexMissingError
from knowledge.members.terms import all_terms, terms_of
from knowledge.members.topics import Topic, covers
from knowledge.model import Audience, DocumentId, DocumentKind, Hit, UseCase
from knowledge.ports import UnitOfWorkFactory
from knowledge.searching.search import Searcher

LOOKED_AT = 200
"""Hits among which the use cases are: guides on the same topic may come before them."""
ENOUGH = 0.9
"""The fit from which a use case is on the topic: 1 where its title or its topics hold all of the words."""
IN_THE_TEXT = 0.7
"""What words in the description count beside those in title and topics."""
HIGH_LIFT = 4.0
FULL_LIFT = 6.0
"""The lift up to which meaning counts, and that which would do without any word."""


class Doers:
    """Finds use cases for topics."""

    def __init__(self, searcher: Searcher, uow: UnitOfWorkFactory) -> None:
        self._searcher = searcher
        self._uow = uow

    def find(self, topic: Topic, audience: Audience) -> list[tuple[UseCase, float]]:
        """Those that the audience may read with their fits, best first; none where nothing is indexed."""
        try:
            found = self._searcher.find(topic.text, audience=audience, limit=LOOKED_AT, merge_alike=False)
        except IndexMissingError:
            return []
        hits = [hit for hit in found.hits if hit.document.kind is DocumentKind.USECASE]
        with self._uow.reading() as work:
            known = work.documents.use_cases([hit.document.id for hit in hits])
        fits = _best_fits(topic, hits, known)
        kept = [(known[document], fit) for document, fit in fits.items() if fit >= ENOUGH]
        return sorted(kept, key=lambda pair: -pair[1])


def _best_fits(topic: Topic, hits: Sequence[Hit], known: Mapping[DocumentId, UseCase]) -> dict[DocumentId, float]:
    fits: dict[DocumentId, float] = {}
    for hit in hits:
        document = hit.document.id
        if document in known:
            fits[document] = max(fits.get(document, 0.0), _fit(topic, hit, known[document]))
    return fits


def _fit(topic: Topic, hit: Hit, use_case: UseCase) -> float:
    named = max(covers(topic, all_terms(text)) for text in (use_case.title, *use_case.topics))
    told = covers(topic, terms_of(hit.passage.text, hit.passage.language))
    return max(named, IN_THE_TEXT * told) + min(max(hit.parts.lift, 0.0), HIGH_LIFT) / FULL_LIFT
