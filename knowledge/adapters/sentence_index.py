"""The vectors of every passage's sentences, row by row, as 16-bit numbers in a mapped file."""

from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.ports import Vectors

TYPE = np.dtype("<f2")


class SentenceBuilder:
    """Collects sentence vectors in row order, straight into the file: there are several times more than passages."""

    def __init__(self, path: Path, dimension: int) -> None:
        path.touch()
        self._path = path
        self._dimension = dimension
        self._starts = array("q", [0])

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each row's sentences begin, and at last where they end."""
        return np.array(self._starts, dtype=np.int64)

    def add(self, passages: list[Vectors]) -> None:
        """Take in the next rows' sentences, each of shape (sentences, dimension); none where they are not known."""
        for vectors in passages:
            self._starts.append(self._starts[-1] + len(vectors))
        joined = np.concatenate([np.zeros((0, self._dimension), dtype=TYPE), *passages])
        with self._path.open("ab") as file:
            file.write(joined.astype(TYPE).tobytes())


class SentenceIndex:
    """What was saved; raises OSError, ValueError where the file is gone or cut."""

    def __init__(self, path: Path, starts: NDArray[np.int64], dimension: int) -> None:
        self._starts = starts
        total = int(starts[-1])
        if path.stat().st_size != total * dimension * TYPE.itemsize:
            message = f"{path.name} holds {path.stat().st_size} bytes, expected {total} vectors of {dimension} numbers"
            raise ValueError(message)
        # An empty file cannot be mapped.
        self._vectors = (
            np.memmap(path, TYPE, "r", shape=(total, dimension)) if total else np.zeros((0, dimension), TYPE)
        )

    @property
    def rows(self) -> int:
        """How many passages there are."""
        return len(self._starts) - 1

    def at(self, place: int) -> Vectors:
        """The vectors of a row's sentences in order, shape (sentences, dimension); none where they are not known."""
        begin, end = self._starts[place : place + 2]
        return np.asarray(self._vectors[begin:end], dtype=np.float32)

    def of(self, places: NDArray[np.int64]) -> tuple[Vectors, NDArray[np.int64]]:
        """The vectors of these rows' sentences, one after another, and how many each row has."""
        begin, end = self._starts[places], self._starts[places + 1]
        sizes = np.asarray(end - begin, dtype=np.int64)
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.asarray(self._vectors[np.repeat(begin, sizes) + within], dtype=np.float32), sizes
