"""One row stored, or what is stored under the same key replaced, on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.store.tables import Base


def upsert(session: Session, table: type[Base], values: Mapping[str, Any]) -> None:
    """Insert the values, or update the row of the same primary key."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    keys = _keys(table)
    rest = {name: value for name, value in values.items() if name not in keys}
    statement = dialect.insert(table).values(dict(values))
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def insert_once(session: Session, table: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert the values; false where a row of the same primary key is there, which stays as it is."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    keys = _keys(table)
    statement = dialect.insert(table).values(dict(values)).on_conflict_do_nothing(index_elements=keys)
    return session.execute(statement.returning(*(table.__table__.c[key] for key in keys))).first() is not None


def _keys(table: type[Base]) -> list[str]:
    return [column.name for column in inspect(table).primary_key]
