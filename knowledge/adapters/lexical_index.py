"""BM25 over one kind of terms, row by row beside the vectors; the scores are those of the library `bm25s`."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75


class LexicalBuilder:
    """Collects the terms of one row after another; holds numbers only, so that long collections fit."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._rows: list[array[int]] = []

    def add(self, terms: Sequence[str]) -> None:
        """Take in the next row's terms."""
        known = self._vocabulary
        self._rows.append(array("i", [known.setdefault(term, len(known)) for term in terms]))

    def save(self, folder: Path) -> None:
        """Write the index; without any term nothing is written, and every score is 0."""
        folder.mkdir()
        if not self._vocabulary:
            return
        index = bm25s.BM25(method="lucene", k1=K1, b=B)
        index.index((self._rows, self._vocabulary), create_empty_token=False, show_progress=False)
        index.save(str(folder), show_progress=False)


class LexicalIndex:
    """A saved index, read through memory maps."""

    def __init__(self, folder: Path, rows: int) -> None:
        self._rows = rows
        empty = not any(folder.iterdir())
        self._index = None if empty else bm25s.BM25.load(str(folder), mmap=True, show_progress=False)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every row for these terms, 0 where none is shared; shape (rows,)."""
        known = self._index.vocab_dict if self._index is not None else {}
        numbers = [known[term] for term in terms if term in known]
        if self._index is None or not numbers:
            return np.zeros(self._rows, dtype=np.float32)
        return np.asarray(self._index.get_scores_from_ids(numbers), dtype=np.float32)

    def rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """The inverse document frequency of every term; one that no row has counts as the rarest."""
        known = self._index.vocab_dict if self._index is not None else {}
        starts = self._index.scores["indptr"] if self._index is not None else ()
        found = [known.get(term) for term in terms]
        frequencies = np.array([0 if number is None else starts[number + 1] - starts[number] for number in found])
        rarity = np.log(1 + (self._rows - frequencies + 0.5) / (frequencies + 0.5))  # As in Lucene's BM25.
        return dict(zip(terms, rarity.tolist(), strict=True))


def ideal(terms: Sequence[str], rarity: Mapping[str, float]) -> float:
    """About the score of a row of average length that holds every term once; 1 without terms."""
    return sum(rarity[term] for term in terms) / (1 + K1) if terms else 1.0
