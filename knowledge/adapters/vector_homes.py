"""What the shelf asks of the place where passages' vectors are kept: files beside the words, or a server."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.contents import Contents
from knowledge.adapters.vector_writing import VectorWriter
from knowledge.model import Audience, ModelIdentity
from knowledge.ports import IndexContent, LoadRows, Query, VectorKind, Vectors


class GenerationVectors(Protocol):
    """The vectors of one generation's passages, by row."""

    def nearest(self, query: Query, limit: int, audiences: Collection[Audience]) -> Sequence[NDArray[np.int64]]:
        """The nearest readable rows, up to `limit` of each language of the passages."""
        ...

    def at(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of these ascending rows; shape (len(rows), dimension)."""
        ...


class VectorHome(Protocol):
    """Where the vectors of generations live."""

    @property
    def kind(self) -> VectorKind:
        """What a manifest calls it."""
        ...

    def open(self, contents: Contents) -> GenerationVectors:
        """The vectors of a generation that was published here; raises IndexDamagedError, VectorsError."""
        ...

    def fill(self, content: IndexContent, load: LoadRows, before: Contents | None) -> None:
        """See to it that every vector of the content is here, before anything else of a generation is written."""
        ...

    def writer(self, segment: Path, dimension: int) -> VectorWriter:
        """For a new segment."""
        ...

    def forget(self, model: ModelIdentity, passages: NDArray[np.int64]) -> None:
        """Let go of the vectors of passages that no generation holds any more."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A vector to which the nearest of one language are wanted."""

    language: int
    vector: NDArray[np.float32]
    limit: int


class VectorTable(Protocol):
    """The vectors of one model on a server: per passage its id, who may read it, its language, and its vector.

    Rows are of `contents.ROW_TYPE`. Everything raises VectorsError where the server cannot be used.
    """

    def prepare(self) -> None:
        """Make it where there is none."""
        ...

    def count(self) -> int:
        """How many passages it holds."""
        ...

    def stored(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.void], Vectors]:
        """What is stored of these passages by now, in any order; what is not there is absent."""
        ...

    def put(self, rows: NDArray[np.void], vectors: Vectors) -> None:
        """Store passages, in the place of what was stored of them."""
        ...

    def finish(self) -> None:
        """Have everything indexed that was put."""
        ...

    def forget(self, ids: NDArray[np.int64]) -> None:
        """Delete these passages."""
        ...

    def nearest(self, asked: Sequence[Asked], audiences: Sequence[int]) -> Sequence[NDArray[np.int64]]:
        """For each vector the ids of the nearest passages of its language that the audiences may read, best first."""
        ...

    def at(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
        """The vectors of these passages, in any order, each beside its id; what is not there is absent."""
        ...


class VectorServer(Protocol):
    """A server that keeps vectors."""

    @property
    def kind(self) -> VectorKind:
        """What a manifest calls it."""
        ...

    def table(self, model: ModelIdentity) -> VectorTable:
        """The vectors of a model, which need not be there yet."""
        ...
