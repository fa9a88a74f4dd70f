"""An index from which documents were taken out: what a search sees when the answer is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from knowledge.model import Audience, GenerationId, PassageId
from knowledge.ports import (
    Candidates,
    IndexContent,
    IndexShelf,
    LoadRows,
    Manifest,
    PassageIndex,
    Query,
    VectorKind,
    Vectors,
)


class WithoutPassages:
    """See `knowledge.ports.PassageIndex`; the passages never come up."""

    def __init__(self, index: PassageIndex, passages: Collection[PassageId]) -> None:
        self._index = index
        self._passages = passages

    @property
    def manifest(self) -> Manifest:
        """Of the whole index."""
        return self._index.manifest

    def candidates(self, query: Query, audiences: Collection[Audience], limit: int) -> Candidates:
        """The whole index's candidates but for the passages."""
        found = self._index.candidates(query, audiences, limit)
        return without(found, self._passages)

    def sentence_vectors(self, passages: Collection[PassageId]) -> Mapping[PassageId, Vectors]:
        """As the whole index."""
        return self._index.sentence_vectors(passages)


class ShelfWithoutPassages:
    """See `knowledge.ports.IndexShelf`; what is taken out can be changed between two searches."""

    def __init__(self, shelf: IndexShelf) -> None:
        self._shelf = shelf
        self.taken_out: Collection[PassageId] = frozenset()

    @property
    def vectors(self) -> VectorKind:
        """As the shelf."""
        return self._shelf.vectors

    def current(self) -> PassageIndex:
        """The current generation without what is taken out."""
        return WithoutPassages(self._shelf.current(), self.taken_out)

    def publish(self, content: IndexContent, load: LoadRows, *, anew: bool = False) -> Manifest:
        """As the shelf."""
        return self._shelf.publish(content, load, anew=anew)

    def kept(self) -> Sequence[Manifest]:
        """As the shelf."""
        return self._shelf.kept()

    def roll_back(self, to: GenerationId | None = None) -> Manifest:
        """As the shelf."""
        return self._shelf.roll_back(to)


def without(found: Candidates, passages: Collection[PassageId]) -> Candidates:
    """The candidates but for these passages."""
    kept = ~np.isin(found.ids, list(passages))
    return Candidates(
        found.ids[kept],
        found.vector[kept],
        found.lemma[kept],
        found.gram[kept],
        found.lift[kept],
        found.sentences[kept],
        tuple(language for language, stays in zip(found.languages, kept, strict=True) if stays),
        found.lemma_ideal,
        found.gram_ideal,
        found.lemma_rarity,
        found.gram_rarity,
    )
