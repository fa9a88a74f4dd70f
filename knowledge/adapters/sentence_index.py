"""The vectors of every passage's sentences, row by row, as 16-bit numbers in a file."""

from __future__ import annotations

import os
import weakref
from array import array
from pathlib import Path

import numpy as np
import torch
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
    """What was saved; raises OSError, ValueError where the file is gone or cut. Holds the file open."""

    def __init__(self, path: Path, starts: NDArray[np.int64], dimension: int) -> None:
        self._starts = starts
        self._dimension = dimension
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        size, expected = os.fstat(self._file).st_size, int(starts[-1]) * dimension * TYPE.itemsize
        if size != expected:
            message = f"{path.name} holds {size} bytes, expected {expected} of {int(starts[-1])} vectors"
            raise ValueError(message)

    @property
    def rows(self) -> int:
        """How many passages there are."""
        return len(self._starts) - 1

    def at(self, place: int) -> Vectors:
        """The vectors of a row's sentences in order, shape (sentences, dimension); none where they are not known."""
        return self.of(np.array([place], dtype=np.int64))[0]

    def of(self, places: NDArray[np.int64]) -> tuple[Vectors, NDArray[np.int64]]:
        """The vectors of these rows' sentences, one after another, and how many each row has."""
        begin, end = self._starts[places], self._starts[places + 1]
        joined = np.empty((int((end - begin).sum()), self._dimension), dtype=TYPE)
        if len(joined):
            self._read(joined, begin, end)
        # Torch is in memory anyway, and widens halves many times faster than numpy.
        widened: Vectors = torch.from_numpy(joined).float().numpy()
        return widened, np.asarray(end - begin, dtype=np.int64)

    def _read(self, into: NDArray[np.float16], begin: NDArray[np.int64], end: NDArray[np.int64]) -> None:
        """Read, not mapped: each look would leave its surroundings in memory, in the end hundreds of megabytes.

        Rows that follow one another are read at once.
        """
        width = self._dimension * TYPE.itemsize
        first = np.flatnonzero(np.concatenate([[True], begin[1:] != end[:-1]]))
        spans = zip(begin[first].tolist(), end[np.append(first[1:], len(end)) - 1].tolist(), strict=True)
        # In bytes: of 16-bit numbers Python makes no views.
        buffer, at = into.view(np.uint8).reshape(-1).data, 0
        for start, stop in spans:
            length = (stop - start) * width
            if os.preadv(self._file, [buffer[at : at + length]], start * width) != length:
                message = f"expected {length} bytes of sentence vectors, got fewer: the file was cut"
                raise ValueError(message)
            at += length
