"""Exact inner products by FAISS, row by row."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.ports import Vectors


class VectorBuilder:
    """Collects vectors in row order."""

    def __init__(self, dimension: int) -> None:
        self._index = faiss.IndexFlatIP(dimension)

    def add(self, vectors: Vectors) -> None:
        """Take in the next rows; shape (count, dimension)."""
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def save(self, path: Path) -> None:
        """Write the index."""
        faiss.write_index(self._index, str(path))


class VectorIndex:
    """A saved index, read into memory."""

    def __init__(self, path: Path) -> None:
        self._index = faiss.read_index(str(path))

    @property
    def rows(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return int(self._index.d)

    def best(self, vector: NDArray[np.float32], limit: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The rows with the highest cosine among the allowed ones, best first; at most `limit`."""
        readable = np.flatnonzero(allowed).astype(np.int64)
        if not len(readable):
            return readable
        selector = None if len(readable) == len(allowed) else faiss.IDSelectorBatch(readable)
        parameters = None if selector is None else faiss.SearchParameters(sel=selector)
        query = np.ascontiguousarray(vector, dtype=np.float32)[None]
        found = self._index.search(query, min(limit, self.rows), params=parameters)[1][0]
        rows: NDArray[np.int64] = found[found >= 0]
        return rows

    def rows_at(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of these rows; shape (len(rows), dimension)."""
        if not len(rows):
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(rows)
        return vectors

    def scores(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of these rows; shape (len(rows),)."""
        scores: NDArray[np.float32] = self.rows_at(rows) @ vector
        return scores
