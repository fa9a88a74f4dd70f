"""How a segment's vectors are written, wherever they go."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.ports import Vectors

VECTORS = "vectors.faiss"
"""The file of a segment that holds its passages' vectors, where no server does."""


class VectorWriter(Protocol):
    """Writes the vectors of one segment, row by row."""

    def add(self, vectors: Vectors) -> None:
        """Take in the next rows; shape (count, dimension)."""
        ...

    def copy(self, segment: Path, places: NDArray[np.int64]) -> None:
        """Take in these rows of another segment, exactly as they are there."""
        ...

    def save(self) -> None:
        """Write what is not on the disk yet."""
        ...
