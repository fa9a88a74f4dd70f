"""A segment: passages indexed together in one folder, never changed, and shared by all generations that need them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.faiss_index import VectorBuilder, VectorIndex
from knowledge.adapters.postings import Postings, PostingsBuilder, join
from knowledge.adapters.sentence_index import SentenceBuilder, SentenceIndex
from knowledge.analysis import gram_terms, lemma_terms
from knowledge.ports import IndexRow

VECTORS, LEMMAS, GRAMS, SENTENCES = "vectors.faiss", "lemma", "gram", "sentences"
PAGE = 256
"""Rows taken in at once."""


class Segment:
    """An open segment; raises OSError, ValueError, RuntimeError where files are gone, cut or of different lengths."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.vectors = VectorIndex(folder / VECTORS)
        self.lemmas, self.grams = Postings.open(folder / LEMMAS), Postings.open(folder / GRAMS)
        self.sentences = SentenceIndex(folder / SENTENCES, self.vectors.dimension)
        self.rows = self.vectors.rows
        found = (len(self.lemmas.lengths), len(self.grams.lengths), self.sentences.rows)
        if found != (self.rows,) * 3:
            message = f"{self.name} holds {self.rows} vectors but lemmas, n-grams and sentences of {found} passages"
            raise ValueError(message)


class SegmentBuilder:
    """Writes a segment from what others still hold and from new rows."""

    def __init__(self, folder: Path, dimension: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._vectors = VectorBuilder(dimension)
        self._sentences = SentenceBuilder(folder / SENTENCES, dimension)
        self._taken: list[tuple[Segment, NDArray[np.bool_]]] = []
        self._lemmas, self._grams = PostingsBuilder(), PostingsBuilder()

    def take_over(self, segment: Segment, kept: NDArray[np.bool_]) -> None:
        """Take in the rows of another segment that are kept; to be called before `add`."""
        places = np.flatnonzero(kept).astype(np.int64)
        self._vectors.copy(segment.vectors, places)
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
        self._vectors.save(self._folder / VECTORS)
        self._sentences.save()
        new = (self._lemmas.built(), self._grams.built())
        old = ([(each.lemmas, kept) for each, kept in self._taken], [(each.grams, kept) for each, kept in self._taken])
        for name, before, added in zip((LEMMAS, GRAMS), old, new, strict=True):
            every = np.ones(len(added.lengths), dtype=np.bool_)
            (join([*before, (added, every)]) if before else added).save(self._folder / name)
