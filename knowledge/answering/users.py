"""Who uses what: the found use cases that name everything a question about users asks for."""

from __future__ import annotations

from knowledge.answering.wanted import asks_for_users, used_thing
from knowledge.documents import indexed_text
from knowledge.language.analysis import lemma_terms
from knowledge.model import DocumentKind, Hit
from knowledge.searching.search import Found


def users_found(found: Found) -> list[Hit]:
    """The best hit of each such use case, best first; none where the question does not ask for users.

    That a use case names the thing is evidence enough: it is what the catalogue is for.
    """
    if not asks_for_users(found.question):
        return []
    thing = set(lemma_terms(used_thing(found.question), found.language))
    hits = [hit for hit in found.hits if hit.document.kind is DocumentKind.USECASE and thing and thing <= _terms(hit)]
    return list({hit.document.id: hit for hit in reversed(hits)}.values())[::-1]


def _terms(hit: Hit) -> set[str]:
    text = indexed_text(hit.document.title, hit.passage.headings, hit.passage.text)
    return set(lemma_terms(text, hit.passage.language))
