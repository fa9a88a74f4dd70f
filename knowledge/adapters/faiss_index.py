"""Inner products by FAISS over the vectors of one segment, kept as 16-bit numbers in a mapped file."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.ports import Vectors

BLOCK = 4096
"""Vectors copied at once."""


class VectorBuilder:
    """Collects vectors in row order."""

    def __init__(self, dimension: int) -> None:
        # Half the memory and less than half the time of 32 bits; a cosine moves by some hundred-thousandths.
        kind = faiss.ScalarQuantizer.QT_fp16
        self._index = faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)

    def add(self, vectors: Vectors) -> None:
        """Take in the next rows; shape (count, dimension)."""
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def copy(self, other: VectorIndex, places: NDArray[np.int64]) -> None:
        """Take in these rows of a saved index, exactly as they are there."""
        for begin in range(0, len(places), BLOCK):
            self.add(other.at(places[begin : begin + BLOCK]))

    def save(self, path: Path) -> None:
        """Write the index."""
        faiss.write_index(self._index, str(path))


class Readable:
    """Which rows of a segment a search may bring up."""

    def __init__(self, rows: NDArray[np.bool_]) -> None:
        self.any = bool(rows.any())
        self.parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(np.packbits(rows, bitorder="little")))


class VectorIndex:
    """A saved index; raises RuntimeError where the file is gone or cut."""

    def __init__(self, path: Path) -> None:
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)

    @property
    def rows(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return int(self._index.d)

    def best(self, vector: NDArray[np.float32], limit: int, readable: Readable) -> tuple[Vectors, NDArray[np.int64]]:
        """The highest cosines among the readable rows and their places, best first; at most `limit`."""
        if not readable.any:
            return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
        query = np.ascontiguousarray(vector, dtype=np.float32)[None]
        # Said in each thread that searches: a second one, waiting for its core, makes one question slower, not faster.
        faiss.omp_set_num_threads(1)
        cosines, places = self._index.search(query, min(limit, self.rows), params=readable.parameters)
        found = places[0] >= 0
        return cosines[0][found], places[0][found]

    def at(self, places: NDArray[np.int64]) -> Vectors:
        """The vectors at these places; shape (len(places), dimension)."""
        if not len(places):
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors: Vectors = self._index.reconstruct_batch(places)
        return vectors
