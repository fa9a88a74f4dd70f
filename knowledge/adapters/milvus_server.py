"""Vectors in Milvus, past one database: one collection per model, an HNSW graph over it, filters inside the search."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pymilvus import DataType, MilvusClient
from pymilvus.exceptions import MilvusException

from knowledge.adapters.contents import ROW_TYPE
from knowledge.adapters.vector_homes import Asked, VectorTable
from knowledge.errors import VectorsError
from knowledge.model import ModelIdentity
from knowledge.ports import VectorKind, Vectors

SECONDS = 10.0
"""Time after which a question's call is given up, and greeting the server."""
PATIENCE = 120.0
"""Time after which a call while filling is given up."""
GRAPH = {"M": 16, "efConstruction": 200}
LOOKED_AT = 200
"""Passages that a search keeps in sight at least."""
ALL_WRITTEN = "Strong"
"""What is read back while filling must be what was written; a question is content with what is there a moment later."""
NO_COLLECTION = 100
"""Milvus's own code."""
PART = 1000
"""Passages named in one request."""
# It logs its errors with addresses and filters; here they become sentences.
logging.getLogger("pymilvus").setLevel(logging.CRITICAL)


class MilvusServer:
    """See `vector_homes.VectorServer`; raises VectorsError where nobody answers at the address."""

    kind = VectorKind.MILVUS

    def __init__(self, url: str, token: str, database: str = "") -> None:
        """`database` is one of the server's, where several installations share it and the address names none."""
        if not url:
            message = "SOLMU_VECTORS=milvus needs the server's address; set SOLMU_VECTORS_URL."
            raise VectorsError(message)
        with _sentences():
            self._client = MilvusClient(url, token=token, db_name=database, timeout=SECONDS)

    def table(self, model: ModelIdentity) -> VectorTable:
        """The vectors of a model, loaded where there are any: a server that was restarted need not have them so."""
        table = MilvusTable(self._client, model)
        table.load()
        return table

    def close(self) -> None:
        """Hang up."""
        self._client.close()


class MilvusTable:
    """See `vector_homes.VectorTable`."""

    def __init__(self, client: MilvusClient, model: ModelIdentity) -> None:
        self._client = client
        self._dimension = model.dimension
        self._name = f"passage_vectors_{hashlib.sha256(repr(model).encode()).hexdigest()[:12]}"

    def prepare(self) -> None:
        """Make the collection with its graph where there is none."""
        with _sentences():
            if not self._client.has_collection(self._name):
                schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
                schema.add_field("id", DataType.INT64, is_primary=True)
                schema.add_field("audience", DataType.INT8)
                schema.add_field("language", DataType.INT8)
                schema.add_field("vector", DataType.FLOAT_VECTOR, dim=self._dimension)
                graph = MilvusClient.prepare_index_params()
                graph.add_index("vector", index_type="HNSW", metric_type="IP", params=GRAPH)
                self._client.create_collection(self._name, schema=schema)
                # Nothing is there yet that one would have to wait for.
                self._client.create_index(self._name, graph, sync=False)
        self.load()

    def load(self) -> None:
        """Have the server hold the collection ready for searching."""
        with _sentences():
            if self._client.has_collection(self._name):
                self._client.load_collection(self._name)

    def count(self) -> int:
        """How many passages it holds."""
        with _sentences():
            [found] = self._client.query(
                self._name, filter="", output_fields=["count(*)"], consistency_level=ALL_WRITTEN, timeout=PATIENCE
            )
        return int(found["count(*)"])

    def stored(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.void], Vectors]:
        """What is stored of these passages, the last writing included."""
        return self._read(ids, consistency_level=ALL_WRITTEN, timeout=PATIENCE)

    def put(self, rows: NDArray[np.void], vectors: Vectors) -> None:
        """Store passages, in the place of what was stored of them."""
        names = ROW_TYPE.names or ()
        values = [
            {**dict(zip(names, row, strict=True)), "vector": vector}
            for row, vector in zip(rows.tolist(), vectors, strict=True)
        ]
        with _sentences():
            self._client.upsert(self._name, values, timeout=PATIENCE)

    def finish(self) -> None:
        """Have what was put sealed, so that it is in the graph."""
        with _sentences():
            self._client.flush(self._name, timeout=PATIENCE)

    def forget(self, ids: NDArray[np.int64]) -> None:
        """Delete these passages."""
        with _sentences():
            for begin in range(0, len(ids), PART):
                self._client.delete(self._name, ids=ids[begin : begin + PART].tolist(), timeout=PATIENCE)

    def nearest(self, asked: Sequence[Asked], audiences: Sequence[int]) -> Sequence[NDArray[np.int64]]:
        """The nearest of each language, one search after another."""
        return [self._nearest(each, list(audiences)) for each in asked]

    def at(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
        """The vectors of these passages."""
        rows, vectors = self._read(ids, timeout=SECONDS)
        return rows["id"], vectors

    def _nearest(self, asked: Asked, audiences: list[int]) -> NDArray[np.int64]:
        with _sentences():
            [found] = self._client.search(
                self._name,
                data=[asked.vector],
                filter=f"language == {asked.language} and audience in {audiences}",
                limit=asked.limit,
                output_fields=["id"],
                timeout=SECONDS,
                search_params={"params": {"ef": max(LOOKED_AT, asked.limit)}},
            )
        return np.array([hit["id"] for hit in found], dtype=np.int64)

    def _read(self, ids: NDArray[np.int64], **how: Any) -> tuple[NDArray[np.void], Vectors]:
        found: list[dict[str, Any]] = []
        fields = [*(ROW_TYPE.names or ()), "vector"]
        with _sentences():
            for begin in range(0, len(ids), PART):
                part = ids[begin : begin + PART].tolist()
                found += self._client.query(self._name, filter=f"id in {part}", output_fields=fields, **how)
        rows = np.array([tuple(row[name] for name in fields[:-1]) for row in found], dtype=ROW_TYPE)
        vectors = np.array([row["vector"] for row in found], dtype=np.float32)
        return rows, vectors.reshape(len(found), self._dimension)


@contextmanager
def _sentences() -> Iterator[None]:
    """Failures in a sentence that names no address and nothing that was asked."""
    try:
        yield
    except MilvusException as error:
        if error.code == NO_COLLECTION:
            message = "Milvus has no vectors of this model; run `python -m indexer vectors fill`."
            raise VectorsError(message) from error
        message = (
            f"Milvus cannot be asked for vectors ({type(error).__name__}, code {error.code}); see that it runs and "
            "that SOLMU_VECTORS_URL and SOLMU_VECTORS_TOKEN are right, then try again."
        )
        raise VectorsError(message) from error
