"""One open generation: how its segments answer together."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.alternatives import alternative_lemmas
from knowledge.adapters.background import Background, Meaning
from knowledge.adapters.contents import LANGUAGES, Contents
from knowledge.adapters.lexical_index import LexicalIndex, ideal
from knowledge.adapters.segment import Segment
from knowledge.adapters.vector_homes import GenerationVectors
from knowledge.language.analysis import gram_terms, lemma_terms
from knowledge.model import Audience, PassageId
from knowledge.ports import Candidates, Manifest, Query, Vectors

BACKGROUND = 256
"""Passages of each language that tell what cosine any passage has with a question."""


class Generation:
    """See `knowledge.ports.PassageIndex`. Rows are those of all segments, one after another, the gone ones included."""

    def __init__(self, contents: Contents, vectors: GenerationVectors) -> None:
        self._contents = contents
        self._vectors = vectors
        table, live = contents.table, contents.live
        self._ids, self._languages = table["id"].copy(), table["language"].copy()
        self._spoken = np.array(LANGUAGES, dtype=object)
        self._by_id = np.argsort(self._ids)
        self._lemma = LexicalIndex([segment.lemmas for segment in contents.segments], live)
        self._gram = LexicalIndex([segment.grams for segment in contents.segments], live)
        self._present = np.unique(self._languages[live])
        self._background = Background(self._sample())
        self._allowed: dict[frozenset[Audience], NDArray[np.bool_]] = {}

    @property
    def manifest(self) -> Manifest:
        """What is inside."""
        return self._contents.manifest

    @property
    def segments(self) -> Mapping[str, Segment]:
        """The open segments by name, for the next generation to use."""
        return {segment.name: segment for segment in self._contents.segments}

    def candidates(self, query: Query, audiences: Collection[Audience], limit: int) -> Candidates:
        """The best readable rows of each index, united, with all scores."""
        allowed = self._allowed_to(frozenset(audiences))
        lemmas, grams = lemma_terms(query.text, query.language), gram_terms(query.text)
        lemma = self._lemma.match(lemmas, alternative_lemmas(query.also))
        gram = self._gram.match(grams)
        words = [_best(match.scores, limit, allowed) for match in (lemma, gram)]
        near = self._vectors.nearest(query, limit, audiences)
        rows = np.unique(np.concatenate([*near, *words])).astype(np.int64)
        meaning = self._meaning(rows, query)
        return Candidates(
            ids=self._ids[rows],
            vector=meaning.cosine,
            lemma=lemma.scores[rows],
            gram=gram.scores[rows],
            lift=meaning.lift,
            sentences=meaning.sentences,
            languages=tuple(self._spoken[self._languages[rows]]),
            lemma_ideal=ideal(lemmas, lemma.rarity),
            gram_ideal=ideal(grams, gram.rarity),
            lemma_rarity=lemma.rarity,
            gram_rarity=gram.rarity,
        )

    def sentence_vectors(self, passages: Collection[PassageId]) -> Mapping[PassageId, Vectors]:
        """The vectors of each passage's sentences; passages whose sentences are not known are absent."""
        found = {}
        for number in passages:
            at = int(np.searchsorted(self._ids, number, sorter=self._by_id))
            row = int(self._by_id[at]) if at < len(self._ids) else -1
            if row >= 0 and self._ids[row] == number:
                segment = int(np.searchsorted(self._contents.firsts, row, side="right")) - 1
                place = row - int(self._contents.firsts[segment])
                vectors = self._contents.segments[segment].sentences.at(place)
                if len(vectors):
                    found[number] = vectors
        return found

    def _allowed_to(self, audiences: frozenset[Audience]) -> NDArray[np.bool_]:
        """By row, whether these audiences may read it."""
        if audiences not in self._allowed:
            self._allowed[audiences] = self._contents.readable(audiences)
        return self._allowed[audiences]

    def _meaning(self, rows: NDArray[np.int64], query: Query) -> Meaning:
        """What the vectors of ascending rows and of their sentences tell."""
        vectors, (sentences, sizes) = self._vectors.at(rows), self._sentences_at(rows)
        return self._background.meaning(query, self._languages[rows], vectors, sentences, sizes)

    def _sample(self) -> Mapping[int, Vectors]:
        """Vectors of passages spread evenly over the rows, by language."""
        samples = {}
        for language in self._present:
            rows = np.flatnonzero((self._languages == language) & self._contents.live)
            chosen = rows[np.linspace(0, len(rows) - 1, min(BACKGROUND, len(rows))).astype(np.int64)]
            vectors = self._vectors.at(chosen)
            samples[int(language)] = vectors[vectors.any(axis=1)]
        return samples

    def _sentences_at(self, rows: NDArray[np.int64]) -> tuple[Vectors, NDArray[np.int64]]:
        """The vectors of these ascending rows' sentences, one after another, and how many each row has."""
        places = zip(self._contents.segments, self._contents.places(rows), strict=True)
        parts = [segment.sentences.of(at) for segment, at in places]
        none = np.zeros((0, self.manifest.model.dimension), dtype=np.float32)
        vectors = np.concatenate([none, *(vectors for vectors, _ in parts)])
        return vectors, np.concatenate([np.zeros(0, dtype=np.int64), *(sizes for _, sizes in parts)])


def _best(scores: NDArray[np.float32], limit: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    # Looking for the best among many zeros would take several times as long.
    rows = np.flatnonzero(allowed & (scores > 0))
    if len(rows) <= limit:
        return rows
    return rows[np.argpartition(scores[rows], len(rows) - limit)[len(rows) - limit :]]
