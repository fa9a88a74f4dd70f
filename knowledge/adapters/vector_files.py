"""The vectors of passages in FAISS files, one in each segment: what one machine needs, and no server."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.contents import LANGUAGES, Contents
from knowledge.adapters.faiss_index import Readable, VectorBuilder, VectorIndex
from knowledge.adapters.vector_homes import GenerationVectors
from knowledge.adapters.vector_writing import VECTORS, VectorWriter
from knowledge.errors import IndexDamagedError
from knowledge.model import Audience, ModelIdentity
from knowledge.ports import IndexContent, LoadRows, Query, VectorKind, Vectors


class FileVectors:
    """See `vector_homes.GenerationVectors`."""

    def __init__(self, contents: Contents, indexes: Sequence[VectorIndex]) -> None:
        self._contents = contents
        self._indexes = indexes
        self._present = np.unique(contents.table["language"][contents.live])
        self._readers: dict[frozenset[Audience], list[list[Readable]]] = {}

    def nearest(self, query: Query, limit: int, audiences: Collection[Audience]) -> Sequence[NDArray[np.int64]]:
        """The nearest rows, at most `limit` of each language: the question's own must not crowd out the others."""
        nearest = []
        for language, readable in zip(self._present, self._readers_of(frozenset(audiences)), strict=True):
            vector = query.toward(LANGUAGES[language])
            parts = zip(self._indexes, self._contents.firsts.tolist(), readable, strict=False)
            found = [(index.best(vector, limit, rows), first) for index, first, rows in parts]
            cosines = np.concatenate([cosines for (cosines, _), _ in found])
            rows = np.concatenate([places + first for (_, places), first in found])
            nearest.append(rows[np.argsort(-cosines, kind="stable")[:limit]])
        return nearest

    def at(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of these ascending rows; shape (len(rows), dimension)."""
        none = np.zeros((0, self._contents.manifest.model.dimension), dtype=np.float32)
        parts = zip(self._indexes, self._contents.places(rows), strict=True)
        return np.concatenate([none, *(index.at(places) for index, places in parts)])

    def _readers_of(self, audiences: frozenset[Audience]) -> list[list[Readable]]:
        if audiences not in self._readers:
            self._readers[audiences] = self._readable(audiences)
        return self._readers[audiences]

    def _readable(self, audiences: frozenset[Audience]) -> list[list[Readable]]:
        """For each language of the passages, segment by segment."""
        allowed, languages = self._contents.readable(audiences), self._contents.table["language"]
        by_language = (allowed & (languages == language) for language in self._present)
        return [
            [Readable(rows[self._contents.rows_of(at)]) for at in range(len(self._indexes))] for rows in by_language
        ]


class FileWriter:
    """See `vector_homes.VectorWriter`."""

    def __init__(self, segment: Path, dimension: int) -> None:
        self._segment = segment
        self._builder = VectorBuilder(dimension)

    def add(self, vectors: Vectors) -> None:
        """Take in the next rows."""
        self._builder.add(vectors)

    def copy(self, segment: Path, places: NDArray[np.int64]) -> None:
        """Take in these rows of another segment."""
        self._builder.copy(VectorIndex(segment / VECTORS), places)

    def save(self) -> None:
        """Write the file."""
        self._builder.save(self._segment / VECTORS)


class FileHome:
    """See `vector_homes.VectorHome`. A segment's file is opened once, however many generations share it."""

    kind = VectorKind.FAISS

    def __init__(self) -> None:
        self._opened: WeakValueDictionary[str, VectorIndex] = WeakValueDictionary()

    def open(self, contents: Contents) -> GenerationVectors:
        """The files of a generation; raises IndexDamagedError where one is gone, cut or of another kind."""
        indexes = [self._index(contents.folder / segment.name) for segment in contents.segments]
        found = [(index.rows, index.dimension) for index in indexes]
        expected = [(segment.rows, contents.manifest.model.dimension) for segment in contents.segments]
        if found != expected:
            message = (
                f"The vectors of index generation {contents.folder.name} are of {found} rows and dimensions, expected "
                f"{expected}; run `python -m indexer rebuild`."
            )
            raise IndexDamagedError(message)
        return FileVectors(contents, indexes)

    def fill(self, content: IndexContent, load: LoadRows, before: Contents | None) -> None:
        """Nothing: vectors are written with their segments."""

    def writer(self, segment: Path, dimension: int) -> VectorWriter:
        """For a new segment."""
        return FileWriter(segment, dimension)

    def forget(self, model: ModelIdentity, passages: NDArray[np.int64]) -> None:
        """Nothing: files go with their generation."""

    def _index(self, segment: Path) -> VectorIndex:
        index = self._opened.get(segment.name)
        if index is None:
            try:
                index = self._opened[segment.name] = VectorIndex(segment / VECTORS)
            except RuntimeError as error:
                message = f"The vectors of {segment.name} cannot be opened; run `python -m indexer rebuild`."
                raise IndexDamagedError(message) from error
        return index
