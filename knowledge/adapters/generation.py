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
        table = contents.table
        self._ids, self._languages = table["id"].copy(), table["language"].copy()
        self._spoken = np.array(LANGUAGES, dtype=object)
        self._by_id = np.argsort(self._ids)
        self._readers: dict[frozenset[Audience], _Readers] = {}
        # Here, as the first question of each audience should not wait for it. All first: the others are often the same.
        for audience in reversed(Audience):
            self._readers_of(frozenset(audience.readable))

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
        readers = self._readers_of(frozenset(audiences))
        lemmas, grams = lemma_terms(query.text, query.language), gram_terms(query.text)
        lemma = readers.lemma.match(lemmas, alternative_lemmas(query.also))
        gram = readers.gram.match(grams)
        words = [_best(match.scores, limit, readers.allowed) for match in (lemma, gram)]
        near = self._vectors.nearest(query, limit, audiences)
        rows = np.unique(np.concatenate([*near, *words])).astype(np.int64)
        meaning = self._meaning(rows, query, readers.background)
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

    def _readers_of(self, audiences: frozenset[Audience]) -> _Readers:
        if audiences not in self._readers:
            allowed = self._contents.readable(audiences)
            same = next((each for each in self._readers.values() if np.array_equal(each.allowed, allowed)), None)
            self._readers[audiences] = same or _Readers(self._contents, allowed, Background(self._sample(allowed)))
        return self._readers[audiences]

    def _meaning(self, rows: NDArray[np.int64], query: Query, background: Background) -> Meaning:
        """What the vectors of ascending rows and of their sentences tell."""
        vectors, (sentences, sizes) = self._vectors.at(rows), self._sentences_at(rows)
        return background.meaning(query, self._languages[rows], vectors, sentences, sizes)

    def _sample(self, allowed: NDArray[np.bool_]) -> Mapping[int, Vectors]:
        """Vectors of passages spread evenly over the allowed rows, by language."""
        samples = {}
        for language in np.unique(self._languages[allowed]):
            rows = np.flatnonzero((self._languages == language) & allowed)
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


class _Readers:
    """What some audiences may read, by row, and what is usual among that.

    How rare a word is, how long passages are, and how near any passage is to a question, all decide what is found and
    whether it is enough: told from all passages, those that others may read would shine through.
    """

    def __init__(self, contents: Contents, allowed: NDArray[np.bool_], background: Background) -> None:
        self.allowed = allowed
        self.background = background
        self.lemma = LexicalIndex([segment.lemmas for segment in contents.segments], allowed)
        self.gram = LexicalIndex([segment.grams for segment in contents.segments], allowed)


def _best(scores: NDArray[np.float32], limit: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    # Looking for the best among many zeros would take several times as long.
    rows = np.flatnonzero(allowed & (scores > 0))
    if len(rows) <= limit:
        return rows
    return rows[np.argpartition(scores[rows], len(rows) - limit)[len(rows) - limit :]]
