"""The vectors of passages on a server: a generation's files say what may be found, the server finds it.

A passage's text, and so its vector, never changes under its id: one row on the server serves every generation that
holds the passage. Who may read it and its language stand beside the vector, as the newest generation has them, and the
server looks at them while it searches. What it brings up is held against the generation's own table once more: a row
that this generation lacks, or that it has for other readers, never comes out.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.contents import AUDIENCES, LANGUAGES, Contents
from knowledge.adapters.vector_filling import fill
from knowledge.adapters.vector_homes import Asked, GenerationVectors, VectorServer, VectorTable
from knowledge.adapters.vector_writing import VectorWriter
from knowledge.errors import VectorsError
from knowledge.model import Audience, ModelIdentity
from knowledge.ports import IndexContent, LoadRows, Query, VectorKind, Vectors

MOST = 4096
"""Neighbours asked for at most, where many of the nearest are not of the generation."""
LOOKED_AT = 100
"""Passages by which a server shows that it is the right one."""
_log = logging.getLogger(__name__)


class ServedVectors:
    """See `vector_homes.GenerationVectors`."""

    def __init__(self, contents: Contents, table: VectorTable) -> None:
        self._contents = contents
        self._table = table
        self._ids, self._languages = contents.table["id"].copy(), contents.table["language"].copy()
        self._by_id = np.argsort(self._ids, kind="stable")
        self._sorted = self._ids[self._by_id]
        self._present: list[int] = np.unique(self._languages[contents.live]).tolist()

    def nearest(self, query: Query, limit: int, audiences: Collection[Audience]) -> Sequence[NDArray[np.int64]]:
        """The nearest readable rows, up to `limit` of each language; more are asked for where some do not count."""
        readable = self._contents.readable(audiences)
        if not readable.any():
            return []
        numbers = sorted(AUDIENCES.index(audience) for audience in audiences)
        found: dict[int, NDArray[np.int64]] = {}
        waiting, ask_for = self._present, limit
        while waiting:
            asked = [Asked(language, query.toward(LANGUAGES[language]), ask_for) for language in waiting]
            again = []
            for each, ids in zip(asked, self._table.nearest(asked, numbers), strict=True):
                rows = self._rows_of(ids)
                found[each.language] = rows[readable[rows] & (self._languages[rows] == each.language)][:limit]
                if len(found[each.language]) < limit and len(ids) == ask_for < MOST:
                    again.append(each.language)
            waiting, ask_for = again, min(2 * ask_for, MOST)
        return list(found.values())

    def at(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of these rows; zeros where the server has none, as where a passage is not embedded yet."""
        ids = self._ids[rows]
        vectors = np.zeros((len(ids), self._contents.manifest.model.dimension), dtype=np.float32)
        if len(ids):
            found, values = self._table.at(ids)
            order = np.argsort(ids)
            vectors[order[np.searchsorted(ids[order], found)]] = values
        return vectors

    def _rows_of(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of those ids that the generation has, in the order of the ids."""
        at = np.searchsorted(self._sorted, ids).clip(max=len(self._sorted) - 1)
        rows: NDArray[np.int64] = self._by_id[at[self._sorted[at] == ids]]
        return rows


class NoWriter:
    """See `vector_homes.VectorWriter`: the server has the vectors before a segment is written."""

    def add(self, vectors: Vectors) -> None:
        """Nothing."""

    def copy(self, segment: Path, places: NDArray[np.int64]) -> None:
        """Nothing."""

    def save(self) -> None:
        """Nothing."""


class ServerHome:
    """See `vector_homes.VectorHome`."""

    def __init__(self, server: VectorServer) -> None:
        self._server = server

    @property
    def kind(self) -> VectorKind:
        """What a manifest calls it."""
        return self._server.kind

    def open(self, contents: Contents) -> GenerationVectors:
        """The vectors of a generation; raises VectorsError where the server has none of its first passages."""
        table = self._server.table(contents.manifest.model)
        some = contents.table["id"][contents.live][:LOOKED_AT]
        if contents.manifest.is_complete and len(some) and not len(table.stored(some)[0]):
            message = f"{self.kind} has none of the index's vectors; run `python -m indexer rebuild`."
            raise VectorsError(message)
        return ServedVectors(contents, table)

    def fill(self, content: IndexContent, load: LoadRows, before: Contents | None) -> None:
        """Store what the server lacks; of a generation that is here already, only what changed since is looked at."""
        table = self._server.table(content.model)
        table.prepare()
        is_here = before is not None and before.manifest.vectors is self.kind
        fill(table, content, load, before if is_here else None)

    def writer(self, segment: Path, dimension: int) -> VectorWriter:
        """For a new segment, which gets no vectors."""
        del segment, dimension
        return NoWriter()

    def forget(self, model: ModelIdentity, passages: NDArray[np.int64]) -> None:
        """Delete the vectors of passages that no generation holds any more."""
        if len(passages):
            self._server.table(model).forget(passages)
            _log.info("%s forgot the vectors of %s passages", self.kind, len(passages))
