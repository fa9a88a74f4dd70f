"""A segment: passages indexed together in one folder, never changed, and shared by all generations that need them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.arrays import open_arrays, save_arrays
from knowledge.adapters.postings import Postings, PostingsBuilder, join
from knowledge.adapters.sentence_index import SentenceBuilder, SentenceIndex
from knowledge.adapters.vector_writing import VectorWriter
from knowledge.language.analysis import gram_terms, lemma_terms
from knowledge.ports import IndexRow

WORDS, SENTENCES = "words.npys", "sentences.f16"
FIELDS = len(Postings.__slots__)
PAGE = 256
"""Rows taken in at once."""


class Segment:
    """The words and sentences of an open segment; raises OSError, ValueError, TypeError where files are damaged."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self.name = folder.name
        *words, starts = open_arrays(folder / WORDS)
        self.lemmas, self.grams = Postings(*words[:FIELDS]), Postings(*words[FIELDS:])
        self.sentences = SentenceIndex(folder / SENTENCES, starts, dimension)
        self.rows = self.sentences.rows
        found = (len(self.lemmas.lengths), len(self.grams.lengths))
        if found != (self.rows,) * 2:
            message = f"{self.name} holds sentences of {self.rows} passages but lemmas and n-grams of {found}"
            raise ValueError(message)


class SegmentBuilder:
    """Writes a segment from what others still hold and from new rows."""

    def __init__(self, folder: Path, dimension: int, vectors: VectorWriter) -> None:
        folder.mkdir()
        self._folder = folder
        self._vectors = vectors
        self._sentences = SentenceBuilder(folder / SENTENCES, dimension)
        self._taken: list[tuple[Segment, NDArray[np.bool_]]] = []
        self._lemmas, self._grams = PostingsBuilder(), PostingsBuilder()

    def take_over(self, folder: Path, segment: Segment, kept: NDArray[np.bool_]) -> None:
        """Take in the rows of another segment, in that folder, that are kept; to be called before `add`."""
        places = np.flatnonzero(kept).astype(np.int64)
        self._vectors.copy(folder, places)
        for begin in range(0, len(places), PAGE):
            self._sentences.add([segment.sentences.at(int(place)) for place in places[begin : begin + PAGE]])
        self._taken.append((segment, kept))

    def add(self, rows: Iterable[IndexRow]) -> int:
        """Take in new rows; returns their number."""
        rest, count = iter(rows), 0
        while page := list(islice(rest, PAGE)):
            self._vectors.add(np.stack([row.vector for row in page]))
            self._sentences.add([row.sentence_vectors for row in page])
            for row in page:
                self._lemmas.add(lemma_terms(row.indexed_text, row.language))
                self._grams.add(gram_terms(row.indexed_text))
            count += len(page)
        return count

    def save(self) -> None:
        """Write what is not on the disk yet."""
        self._vectors.save()
        lemmas = self._joined([(segment.lemmas, kept) for segment, kept in self._taken], self._lemmas.built())
        grams = self._joined([(segment.grams, kept) for segment, kept in self._taken], self._grams.built())
        save_arrays(self._folder / WORDS, [*lemmas.arrays, *grams.arrays, self._sentences.starts])

    def _joined(self, taken: Sequence[tuple[Postings, NDArray[np.bool_]]], new: Postings) -> Postings:
        return join([*taken, (new, np.ones(len(new.lengths), dtype=np.bool_))]) if taken else new
