"""Database engines: SQLite tuned for several processes, or PostgreSQL, with failures told in a sentence."""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from knowledge.errors import StoreError

BUSY_MS = 30_000
"""How long a writer waits for another one, milliseconds."""
RETRY_SECONDS = 0.02


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; raises StoreError for any other URL.

    Its errors never show parameters: they may hold what a person wrote.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        message = (
            "SOLMU_DATABASE_URL cannot be understood; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."
        )
        raise StoreError(message) from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return _postgresql(parsed)
    message = (
        f"Solmu keeps its data in SQLite or PostgreSQL, not in {parsed.get_backend_name()}; set SOLMU_DATABASE_URL."
    )
    raise StoreError(message)


def at_one_moment(engine: Engine) -> Engine:
    """The same database for transactions that only read: each sees one moment, whatever others commit meanwhile."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(writes=False, isolation_level="REPEATABLE READ")
    return engine.execution_options(writes=False)


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    if in_memory:
        engine = create_engine(
            url, hide_parameters=True, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    del record
    if not isinstance(connection, sqlite3.Connection):
        message = f"expected a sqlite3 connection, got {type(connection).__name__}"
        raise TypeError(message)
    # The driver's own BEGIN comes too late and is never IMMEDIATE: _begin_sqlite sends it.
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {BUSY_MS}", "foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have the database keep a write-ahead log, which it then does for all time."""
    # SQLite does not wait with this one: whoever finds another process just changing over is refused at once.
    deadline = time.monotonic() + BUSY_MS / 1000
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(RETRY_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that later writes fails at once when another process wrote in between;
    # an immediate one waits its turn.
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True)
    except NoSuchModuleError as error:
        message = "PostgreSQL needs the package psycopg; run `pip install 'psycopg[binary]'`."
        raise StoreError(message) from error
