"""Vectors in pgvector, on the same PostgreSQL as everything else: one table per model, one HNSW graph per language.

A graph for each language, since candidates are wanted for each: a language of few passages is searched among its own.
Who may read a passage is part of the query, which goes on through the graph until it has found enough of those.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, LiteralString

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector
from psycopg import Connection
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from knowledge.adapters.contents import LANGUAGES, ROW_TYPE
from knowledge.adapters.pgvector_database import VectorDatabase
from knowledge.adapters.vector_homes import Asked, VectorTable
from knowledge.model import ModelIdentity
from knowledge.ports import VectorKind, Vectors

BUILDING = {"maintenance_work_mem": "1GB", "max_parallel_maintenance_workers": "0"}
"""Memory of its own for the one who builds a graph: what processes share is scarce in containers."""
GRAPHS = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
INDEXED_FROM = 1000
"""Passages of a language from which it gets a graph; fewer are compared one by one, and exactly."""


class PgVectorServer:
    """See `vector_homes.VectorServer`; raises VectorsError for another database than PostgreSQL."""

    kind = VectorKind.PGVECTOR

    def __init__(self, database: str) -> None:
        self._database = VectorDatabase(database)

    def table(self, model: ModelIdentity) -> VectorTable:
        """The vectors of a model."""
        return PgVectorTable(self._database, model)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()


class PgVectorTable:
    """See `vector_homes.VectorTable`."""

    def __init__(self, database: VectorDatabase, model: ModelIdentity) -> None:
        self._database = database
        self._dimension = model.dimension
        self._name = f"passage_vectors_{hashlib.sha256(repr(model).encode()).hexdigest()[:12]}"

    def prepare(self) -> None:
        """Make the table where there is none."""
        with self._database() as connection:
            if connection.execute("SELECT to_regclass(%s)", [self._name]).fetchone() != (None,):
                return
            connection.execute(
                self._say(
                    "CREATE TABLE IF NOT EXISTS {table} (id bigint PRIMARY KEY, audience smallint NOT NULL, "
                    "language smallint NOT NULL, vector halfvec({dimension}) NOT NULL)",
                    dimension=Literal(self._dimension),
                )
            )
            # Beside the rest of its row, however long it is: looked at in another place it would cost a read more.
            connection.execute(self._say("ALTER TABLE {table} ALTER COLUMN vector SET STORAGE PLAIN"))

    def count(self) -> int:
        """How many passages it holds."""
        with self._database() as connection:
            return _number(connection, self._say("SELECT count(*) FROM {table}"))

    def stored(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.void], Vectors]:
        """What is stored of these passages."""
        command = self._say("SELECT id, audience, language, vector FROM {table} WHERE id = ANY(%s)")
        with self._database() as connection:
            found = connection.execute(command, [ids.tolist()], binary=True).fetchall()
        return np.array([row[:3] for row in found], dtype=ROW_TYPE), self._stacked([row[3] for row in found])

    def put(self, rows: NDArray[np.void], vectors: Vectors) -> None:
        """Store passages in one transaction, in the place of what was stored of them."""
        command = self._say(
            "INSERT INTO {table} VALUES (%s, %s, %s, %b) ON CONFLICT (id) DO UPDATE SET "
            "audience = excluded.audience, language = excluded.language, vector = excluded.vector"
        )
        values = [(*row, HalfVector(vector)) for row, vector in zip(rows.tolist(), vectors, strict=True)]
        with self._database() as connection:
            connection.cursor().executemany(command, values)

    def finish(self) -> None:
        """Give each language of many passages its graph; one that is there has taken in what was put."""
        with self._database() as connection:
            for name, value in BUILDING.items():
                connection.execute("SELECT set_config(%s, %s, true)", [name, value])
            for language in self._without_graph(connection):
                connection.execute(
                    self._say(
                        "CREATE INDEX IF NOT EXISTS {graph} ON {table} USING hnsw (vector halfvec_ip_ops) "
                        "WHERE language = {language}",
                        graph=Identifier(self._graph(language)),
                        language=Literal(language),
                    )
                )

    def forget(self, ids: NDArray[np.int64]) -> None:
        """Delete these passages."""
        with self._database() as connection:
            connection.execute(self._say("DELETE FROM {table} WHERE id = ANY(%s)"), [ids.tolist()])

    def nearest(self, asked: Sequence[Asked], audiences: Sequence[int]) -> Sequence[NDArray[np.int64]]:
        """The nearest of each language, all in one query."""
        readers = SQL(", ").join(map(Literal, audiences))
        # Numbers stand in the text: only so does the planner know which graph is meant, and for how many rows.
        parts = [
            self._say(
                "(SELECT {part}, id, vector <#> %b AS distance FROM {table} "
                "WHERE language = {language} AND audience IN ({readers}) ORDER BY vector <#> %b LIMIT {limit})",
                part=Literal(number),
                language=Literal(each.language),
                readers=readers,
                limit=Literal(each.limit),
            )
            for number, each in enumerate(asked)
        ]
        vectors = [HalfVector(each.vector) for each in asked for _ in range(2)]
        with self._database() as connection:
            found = connection.execute(SQL(" UNION ALL ").join(parts), vectors, binary=True).fetchall()
        ids: list[list[int]] = [[] for _ in asked]
        for number, passage, _ in sorted(found, key=lambda row: row[2]):
            ids[number].append(passage)
        return [np.array(each, dtype=np.int64) for each in ids]

    def at(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
        """The vectors of these passages."""
        rows, vectors = self.stored(ids)
        return rows["id"], vectors

    def _without_graph(self, connection: Connection[Any]) -> list[int]:
        there = {name for (name,) in connection.execute(GRAPHS)}
        waiting = [number for number in range(len(LANGUAGES)) if self._graph(number) not in there]
        some = "SELECT count(*) FROM (SELECT FROM {table} WHERE language = {language} LIMIT {enough}) AS counted"
        counts = {
            number: _number(connection, self._say(some, language=Literal(number), enough=Literal(INDEXED_FROM)))
            for number in waiting
        }
        return [number for number, count in counts.items() if count == INDEXED_FROM]

    def _graph(self, language: int) -> str:
        return f"{self._name}_{LANGUAGES[language].value}"

    def _say(self, command: LiteralString, **parts: Composable) -> Composed:
        return SQL(command).format(table=Identifier(self._name), **parts)

    def _stacked(self, vectors: Sequence[HalfVector]) -> Vectors:
        found = [vector.to_numpy() for vector in vectors]
        return np.array(found, dtype=np.float32).reshape(len(found), self._dimension)


def _number(connection: Connection[Any], command: Composed) -> int:
    row = connection.execute(command).fetchone()
    return 0 if row is None else int(row[0])
