"""Looking at a database without changing it: reachable, of which schema, writable."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError

from knowledge.errors import StoreError
from knowledge.model import NEVER
from knowledge.store.engine import open_engine
from knowledge.store.event_tables import LeaseRow
from knowledge.store.migrate import is_migrated, sentence_about

NOT_YET = "there is none yet; it is made at the first start."
BEHIND = "it is reached; its tables are made or migrated when the bot or the indexer starts."
GOOD = "it is reached, migrated and writable."


def look_at(url: str) -> str:
    """A sentence about a database that can be used; raises StoreError, NewerDatabaseError where it cannot."""
    engine = open_engine(url)
    if engine.dialect.name == "sqlite" and engine.url.database and not Path(engine.url.database).is_file():
        return NOT_YET
    try:
        with engine.execution_options(writes=False).connect() as connection:
            if not is_migrated(connection):
                return BEHIND
        _write_nothing(engine)
    except DBAPIError as error:
        raise StoreError(sentence_about(engine, error)) from error
    finally:
        engine.dispose()
    return GOOD


def _write_nothing(engine: Engine) -> None:
    """Write a row and take it back: that a file can be opened does not say that it can be written."""
    with engine.connect() as connection:
        connection.execute(insert(LeaseRow).values(name="check", holder="check", until=NEVER))
        connection.rollback()
