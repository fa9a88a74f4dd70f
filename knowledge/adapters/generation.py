"""One open generation: how its segments answer together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.alternatives import alternative_lemmas
from knowledge.adapters.background import Background, Meaning
from knowledge.adapters.contents import AUDIENCES, LANGUAGES, Contents
from knowledge.adapters.faiss_index import Readable
from knowledge.adapters.lexical_index import LexicalIndex, ideal
from knowledge.adapters.segment import Segment
from knowledge.language.analysis import gram_terms, lemma_terms
from knowledge.model import Audience, PassageId
from knowledge.ports import Candidates, Manifest, Query, Vectors

BACKGROUND = 256
"""Passages of each language that tell what cosine any passage has with a question."""


class Generation:
    """See `knowledge.ports.PassageIndex`. Rows are those of all segments, one after another, the gone ones included."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
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
        rows = np.unique(np.concatenate([*self._nearest(query, limit, readers), *words])).astype(np.int64)
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
            numbers = [AUDIENCES.index(audience) for audience in audiences]
            allowed = self._contents.live & np.isin(self._contents.table["audience"], numbers)
            same = next((each for each in self._readers.values() if np.array_equal(each.allowed, allowed)), None)
            self._readers[audiences] = same or _Readers(self._contents, allowed, Background(self._sample(allowed)))
        return self._readers[audiences]

    def _nearest(self, query: Query, limit: int, readers: _Readers) -> Sequence[NDArray[np.int64]]:
        """The nearest rows, at most `limit` of each language: the question's own must not crowd out the others."""
        nearest = []
        for language, readable in zip(readers.present, readers.by_language, strict=True):
            vector = query.toward(LANGUAGES[language])
            parts = zip(self._contents.segments, self._contents.firsts.tolist(), readable, strict=False)
            found = [(segment.vectors.best(vector, limit, rows), first) for segment, first, rows in parts]
            cosines = np.concatenate([cosines for (cosines, _), _ in found])
            rows = np.concatenate([places + first for (_, places), first in found])
            nearest.append(rows[np.argsort(-cosines, kind="stable")[:limit]])
        return nearest

    def _meaning(self, rows: NDArray[np.int64], query: Query, background: Background) -> Meaning:
        """What the vectors of ascending rows and of their sentences tell."""
        vectors, (sentences, sizes) = self._vectors_at(rows), self._sentences_at(rows)
        return background.meaning(query, self._languages[rows], vectors, sentences, sizes)

    def _sample(self, allowed: NDArray[np.bool_]) -> Mapping[int, Vectors]:
        """Vectors of passages spread evenly over the allowed rows, by language."""
        samples = {}
        for language in np.unique(self._languages[allowed]):
            rows = np.flatnonzero((self._languages == language) & allowed)
            chosen = rows[np.linspace(0, len(rows) - 1, min(BACKGROUND, len(rows))).astype(np.int64)]
            vectors = self._vectors_at(chosen)
            samples[int(language)] = vectors[vectors.any(axis=1)]
        return samples

    def _vectors_at(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of these ascending rows; shape (len(rows), dimension)."""
        return np.concatenate([self._no_vectors(), *(segment.vectors.at(at) for segment, at in self._places(rows))])

    def _sentences_at(self, rows: NDArray[np.int64]) -> tuple[Vectors, NDArray[np.int64]]:
        """The vectors of these ascending rows' sentences, one after another, and how many each row has."""
        parts = [segment.sentences.of(at) for segment, at in self._places(rows)]
        vectors = np.concatenate([self._no_vectors(), *(vectors for vectors, _ in parts)])
        return vectors, np.concatenate([np.zeros(0, dtype=np.int64), *(sizes for _, sizes in parts)])

    def _places(self, rows: NDArray[np.int64]) -> list[tuple[Segment, NDArray[np.int64]]]:
        """Each segment with the places that ascending rows have in it."""
        firsts = self._contents.firsts
        cuts = np.searchsorted(rows, firsts)
        return [
            (segment, rows[cuts[at] : cuts[at + 1]] - firsts[at]) for at, segment in enumerate(self._contents.segments)
        ]

    def _no_vectors(self) -> Vectors:
        return np.zeros((0, self.manifest.model.dimension), dtype=np.float32)


class _Readers:
    """What some audiences may read: by row, and for each language of the passages segment by segment.

    What is usual is theirs too. How rare a word is, how long passages are, and how near any passage is to a question,
    all decide what is found and whether it is enough: told from all passages, others' would shine through.
    """

    def __init__(self, contents: Contents, allowed: NDArray[np.bool_], background: Background) -> None:
        self.allowed = allowed
        self.background = background
        self.lemma = LexicalIndex([segment.lemmas for segment in contents.segments], allowed)
        self.gram = LexicalIndex([segment.grams for segment in contents.segments], allowed)
        self.present = np.unique(contents.table["language"][allowed])
        self.by_language: list[list[Readable]] = []
        for language in self.present:
            rows = allowed & (contents.table["language"] == language)
            self.by_language.append([Readable(rows[contents.rows_of(at)]) for at in range(len(contents.segments))])


def _best(scores: NDArray[np.float32], limit: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    # Looking for the best among many zeros would take several times as long.
    rows = np.flatnonzero(allowed & (scores > 0))
    if len(rows) <= limit:
        return rows
    return rows[np.argpartition(scores[rows], len(rows) - limit)[len(rows) - limit :]]
