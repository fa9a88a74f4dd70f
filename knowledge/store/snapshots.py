"""The whole database as one SQLite file, and back: the same file whichever server the data came from or goes to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, Integer, MetaData, Table, delete, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from knowledge.errors import StoreError
from knowledge.store.engine import at_one_moment, open_engine
from knowledge.store.event_tables import LeaseRow
from knowledge.store.migrate import is_migrated, migrate, sentence_about
from knowledge.store.tables import Base, MetaRow

ROWS_AT_ONCE = 500
MADE_BY_MIGRATING = frozenset({MetaRow.__tablename__, LeaseRow.__tablename__})
"""Tables in which rows do not say that anybody uses the database."""
NUMBERS_LEFT_OUT = 1_000_000
"""How far a restored table counts on: what was added after the backup is lost, but messages still name its numbers."""


def take_snapshot(url: str, file: Path) -> None:
    """Copy the database at one moment into a new file, while others read and write; raises StoreError."""
    engine = open_engine(url)
    try:
        _refuse_other_schema(engine)
        if engine.dialect.name == "sqlite":
            _copy_file(Path(str(engine.url.database)), file)
        else:
            _copy_rows(engine, _new_file(file))
    except DBAPIError as error:
        raise StoreError(sentence_about(engine, error)) from error
    finally:
        engine.dispose()


def put_snapshot(file: Path, url: str) -> None:
    """Fill a database that is empty or not there yet with what a file of this schema holds; raises StoreError."""
    engine = open_engine(url)
    try:
        migrate(engine)
        _refuse_rows(engine)
        _copy_rows(open_engine(f"sqlite:///{file}"), engine)
        _leave_numbers_out(engine)
    except DBAPIError as error:
        raise StoreError(sentence_about(engine, error)) from error
    finally:
        engine.dispose()


def count_rows(file: Path) -> dict[str, int]:
    """How many rows each table of a snapshot holds; raises StoreError where the file is damaged."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        try:
            [told] = database.execute("PRAGMA integrity_check").fetchone()
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            counts = {name: _count(database, name) for name in sorted(names) if not name.startswith("sqlite_")}
        except sqlite3.DatabaseError as error:
            told = str(error)
    if told != "ok":
        message = f"The database in the backup is damaged ({told}); use another backup."
        raise StoreError(message)
    return counts


def kept_out_of(file: Path) -> set[str]:
    """Where the sources lie of which a snapshot says that a document is in quarantine."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        found = database.execute("SELECT location FROM sources WHERE id IN (SELECT source FROM quarantine)")
        return {location for (location,) in found}


def _count(database: sqlite3.Connection, table: str) -> int:
    [number] = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - the file's own name for it
    return int(number)


def _copy_file(source: Path, file: Path) -> None:
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(file)) as there:
        here.backup(there)
        # Else a part of it could stand in a second file beside it.
        there.execute("PRAGMA journal_mode = DELETE")


def _new_file(file: Path) -> Engine:
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    return engine


def _copy_rows(source: Engine, target: Engine) -> None:
    with at_one_moment(source).connect() as here, target.begin() as there:
        for table in Base.metadata.sorted_tables:
            there.execute(delete(table))
        for table in Base.metadata.sorted_tables:
            _copy_table(table, here, there)
    for engine in (source, target):
        if engine.dialect.name == "sqlite":
            _close_file(engine)


def _copy_table(table: Table, here: Connection, there: Connection) -> None:
    found = here.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)).mappings()
    for rows in found.partitions(ROWS_AT_ONCE):
        there.execute(insert(table), [dict(row) for row in rows])
    if there.dialect.name == "postgresql":
        _go_on_counting(table, there)


def _go_on_counting(table: Table, there: Connection) -> None:
    """Have the next row get a number that no copied row has."""
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer):
            names = {"table": table.name, "column": column.name}
            sequence = there.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), names)
            highest = there.scalar(select(func.max(column)))
            if sequence and highest:
                value = highest + NUMBERS_LEFT_OUT
                there.execute(text("SELECT setval(:sequence, :value)"), {"sequence": sequence, "value": value})


def _leave_numbers_out(engine: Engine) -> None:
    """The same on SQLite, which counts on by itself."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as there:
            there.execute(text("UPDATE sqlite_sequence SET seq = seq + :more"), {"more": NUMBERS_LEFT_OUT})
        _close_file(engine)


def _close_file(engine: Engine) -> None:
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _refuse_other_schema(engine: Engine) -> None:
    with engine.execution_options(writes=False).connect() as connection:
        if not is_migrated(connection):
            message = "The database is of an older Solmu, or empty; start this one once, or back up with the older one."
            raise StoreError(message)


def _refuse_rows(engine: Engine) -> None:
    there = MetaData()
    there.reflect(engine, only=[name for name in inspect(engine).get_table_names() if name in Base.metadata.tables])
    with engine.execution_options(writes=False).connect() as connection:
        for table in there.sorted_tables:
            if table.name not in MADE_BY_MIGRATING and connection.execute(select(table).limit(1)).first():
                message = (
                    f"The database holds data already ({table.name}); a backup is only restored into an empty one. "
                    "Set SOLMU_DATABASE_URL or SOLMU_DATA_DIR to another."
                )
                raise StoreError(message)
