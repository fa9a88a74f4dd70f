"""What the models of Solmu are fitted to: what searching, ranking, doubting and quoting saw for known questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answering import evidence
from knowledge.answering.sentence_fit import describe, describe_meaning
from knowledge.evaluation.collection import Line
from knowledge.evaluation.models import Example, standard
from knowledge.evaluation.quotable import Quotable
from knowledge.evaluation.taken_out import ShelfWithoutPassages
from knowledge.model import Audience, PassageId
from knowledge.ports import Embedder
from knowledge.searching import fusion, ranking
from knowledge.searching.crossing import moved
from knowledge.searching.fusion import fuse, language_pair, language_pairs
from knowledge.searching.search import PER_INDEX, RANKED, Searcher

ACROSS = "squad2-en2fi"
"""The set whose questions are in another language than the documents."""
OWN = "own"
"""Questions about documents in all languages."""
HARDEST = 100
"""Candidates that fusion is fitted to: the rest tell nothing that these do not."""
DEPTH = 12
"""Hits of a search whose evidence is judged, as when a question is answered."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the set it is from, the document that answers it (or none), and that document's passages.

    `article` are the passages of all documents that were cut from the same article: with them, the subject is gone.
    """

    origin: str
    line: Line
    document: str
    passages: frozenset[PassageId]
    article: frozenset[PassageId]


class Observer:
    """Looks at the index of all sets' documents as the searcher does."""

    def __init__(self, searcher: Searcher, shelf: ShelfWithoutPassages) -> None:
        self._searcher = searcher
        self._shelf = shelf

    def fusion(self, question: Question) -> Example:
        """The hardest candidates and the relevant ones, as fusion sees them."""
        query = self._searcher.query(question.line.text)
        candidates = self._shelf.current().candidates(query, Audience.COORDINATORS.readable, PER_INDEX)
        rows = fusion.features(candidates)
        label = np.isin(candidates.ids, list(question.passages))
        case = language_pairs(candidates, query.language)
        # In a set of one language no answer is in another: such rows would teach to mistrust what is only rare there.
        kept = (label | _hard(rows)) & ((case == "same") | (question.origin in {ACROSS, OWN}))
        return Example(question.document, rows[kept], case[kept], label[kept])

    def ranking(self, question: Question) -> Example:
        """The first of the fused candidates, as ranking sees them."""
        query = self._searcher.query(question.line.text)
        candidates = self._shelf.current().candidates(query, Audience.COORDINATORS.readable, PER_INDEX)
        hits = self._searcher.load(candidates, fuse(candidates, query.language), Audience.COORDINATORS, RANKED)
        return Example(
            question.document,
            ranking.features(hits, candidates),
            np.array([language_pair(query.language, hit.passage.language) for hit in hits]),
            np.array([hit.passage.id in question.passages for hit in hits]),
        )

    def evidence(self, question: Question) -> Iterator[Example]:
        """What a search sees with the answer indexed, with its document taken out, and with the article taken out.

        For a question that nothing answers, only the first.
        """
        without_answer = (question.passages, question.article) if question.document else ()
        for taken_out in (frozenset[PassageId](), *without_answer):
            self._shelf.taken_out = taken_out
            found = self._searcher.find(question.line.text, audience=Audience.COORDINATORS, limit=DEPTH)
            pair = language_pair(found.language, found.hits[0].passage.language)
            label = np.array([bool(question.document) and not taken_out])
            yield Example(
                question.document or question.line.id, evidence.features(found)[None], np.array([pair]), label
            )
        self._shelf.taken_out = frozenset()


def quoting_by_words(quotable: Quotable) -> Example:
    """A passage's sentences as their words show them."""
    rows = describe(quotable.question, quotable.sentences, quotable.language, quotable.above)
    return Example(quotable.document, rows, np.array(["words"] * len(rows)), np.array(quotable.holds))


def quoting_by_meaning(quotable: Quotable, embedder: Embedder) -> Example:
    """A passage's sentences as their words and their vectors show them."""
    rows = describe(quotable.question, quotable.sentences, quotable.language, quotable.above)
    vector = embedder.embed_query(quotable.question)
    toward = moved(vector, quotable.asked_in, embedder.language_means).get(quotable.language, vector)
    cosines = embedder.embed_passages(quotable.sentences) @ toward
    pair = language_pair(quotable.asked_in, quotable.language)
    meaning = describe_meaning(rows, cosines.astype(np.float64))
    return Example(quotable.document, meaning, np.array([pair] * len(rows)), np.array(quotable.holds))


def observe(
    questions: Sequence[Question], look: Callable[[Question], Example], done: Callable[[], None]
) -> list[Example]:
    """What there is to see of every question, in order."""
    examples = []
    for question in questions:
        examples.append(look(question))
        done()
    return examples


def _hard(rows: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The first by the sum of their standard scores."""
    means, scales = standard(rows)
    places = np.argsort(np.argsort(-((rows - means) / scales).sum(axis=1), kind="stable"))
    return np.asarray(places < HARDEST, dtype=np.bool_)
