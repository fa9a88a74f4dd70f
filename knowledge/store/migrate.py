"""Bringing a database to the schema of this code, safely when several processes start at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from knowledge.errors import NewerDatabaseError, StoreError

SCRIPTS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x736F6C6D75
"""Key of the lock under which PostgreSQL is migrated: the letters of `solmu`."""


def migrate(engine: Engine) -> None:
    """Migrate to head; raises StoreError, NewerDatabaseError. A database at head is only read."""
    try:
        with engine.execution_options(writes=False).connect() as connection:
            if is_migrated(connection):
                return
        # SQLite's immediate transaction is the lock; PostgreSQL gets one of its own.
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            if not is_migrated(connection):
                command.upgrade(_config(connection), "head")
    except DatabaseError as error:
        raise StoreError(sentence_about(engine, error)) from error


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def is_migrated(connection: Connection) -> bool:
    """Whether the database has the schema of this code; raises NewerDatabaseError where it has a later one."""
    scripts = ScriptDirectory.from_config(_config())
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        message = (
            f"The database is at revision {current}, which this Solmu does not know; "
            f"install the newer Solmu that made it, or restore a backup made before the upgrade."
        )
        raise NewerDatabaseError(message)
    return current == scripts.get_current_head()


def sentence_about(engine: Engine, error: DBAPIError) -> str:
    """What is wrong with the database, and what to do about it."""
    where = engine.url.database if engine.dialect.name == "sqlite" else f"{engine.url.host}/{engine.url.database}"
    reason = " ".join(str(error.orig).split())
    if isinstance(error, OperationalError) and engine.dialect.name == "sqlite":
        return f"The database {where} cannot be opened ({reason}); check that its folder exists and can be written."
    if engine.dialect.name == "sqlite":
        return f"The file {where} is not a usable database ({reason}); move it away or set SOLMU_DATABASE_URL."
    return f"The database {where} cannot be used ({reason}); check SOLMU_DATABASE_URL and that the server runs."
