"""Connections to a PostgreSQL with pgvector, made ready for vectors, with failures told in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from pgvector.psycopg import register_vector
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from knowledge.errors import VectorsError

LEAST_VERSION = (0, 8)
"""From which on a search goes on until it has found enough that may be read."""
SETTINGS = {
    "hnsw.iterative_scan": "strict_order",
    "hnsw.ef_search": "800",
    "hnsw.max_scan_tuples": "100000",
    "jit": "off",
}
"""How far a search looks about; to compile a query that takes milliseconds would take longer than the query."""
EXTENSION = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"


class VectorDatabase:
    """Transactions; raises VectorsError for another database than PostgreSQL, and whenever one fails."""

    def __init__(self, database: str) -> None:
        try:
            url = make_url(database)
        except ArgumentError:
            url = make_url("sqlite://")
        if url.get_backend_name() != "postgresql":
            message = "SOLMU_VECTORS=pgvector needs a PostgreSQL database; set SOLMU_DATABASE_URL to one."
            raise VectorsError(message)
        self._engine = create_engine(
            url.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True, max_overflow=64
        )
        event.listen(self._engine, "connect", _prepare_or_close)

    @contextmanager
    def __call__(self) -> Iterator[psycopg.Connection[Any]]:
        """A transaction, committed at its end. No sentence names an address, nor anything that was asked."""
        try:
            with self._engine.begin() as connection:
                yield connection.connection.driver_connection  # type: ignore[misc] # psycopg's, as the URL says
        except psycopg.errors.UndefinedTable as error:
            message = "The database has no vectors of this model; run `python -m indexer vectors fill`."
            raise VectorsError(message) from error
        except (psycopg.Error, DBAPIError) as error:
            message = f"PostgreSQL cannot be asked for vectors ({_kind(error)}); see that it runs, then try again."
            raise VectorsError(message) from error

    def close(self) -> None:
        """Close every connection that nobody uses."""
        self._engine.dispose()


def _prepare_or_close(connection: Any, record: object) -> None:
    del record
    try:
        _prepare(connection)
    except Exception:
        # Nobody else will: it never gets into the pool.
        connection.close()
        raise


def _prepare(connection: Any) -> None:
    """See to pgvector being there, and to how it searches, on every new connection."""
    version = connection.execute(EXTENSION).fetchone() or _create(connection)
    if tuple(int(part) for part in version[0].split(".")[:2]) < LEAST_VERSION:
        least = ".".join(map(str, LEAST_VERSION))
        message = f"This PostgreSQL has pgvector {version[0]}; expected {least} or newer."
        raise VectorsError(message)
    register_vector(connection)
    # The extension knows its own settings only once it is loaded.
    connection.execute("SELECT '[1]'::vector")
    for name, value in SETTINGS.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])
    connection.commit()


def _create(connection: Any) -> tuple[str]:
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        connection.commit()
    except psycopg.Error as error:
        message = (
            "This PostgreSQL has no pgvector in Solmu's database, and it cannot be made from here; install pgvector "
            "and have an administrator run CREATE EXTENSION vector there, or set SOLMU_VECTORS=faiss."
        )
        raise VectorsError(message) from error
    version: tuple[str] = connection.execute(EXTENSION).fetchone()
    return version


def _kind(error: Exception) -> str:
    """The kind of failure alone: a driver's own words hold addresses and parameters."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return type(cause).__name__
