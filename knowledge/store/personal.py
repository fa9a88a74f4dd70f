"""Rows that name a person, in SQL, for whatever table the register of personal data names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Table, Text, delete, func, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from knowledge.model import MemberId
from knowledge.model.personal import Ending, Held, Spelling
from knowledge.model.wishes import mark_of
from knowledge.ports.personal import Plain
from knowledge.store.tables import Base

NOBODY = ""


class SqlPersonal:
    """See `knowledge.ports.personal.PersonalRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self, held: Held, person: MemberId) -> Sequence[Plain]:
        """What is shown of them, as plain values for JSON, in no order."""
        if not held.shown:
            return []
        table = _table(held)
        columns = [_column(table, name).label(name) for name in held.shown]
        found = self._session.execute(select(*columns).where(_names(held, person)))
        return [{name: _plain(value) for name, value in row.items()} for row in found.mappings()]

    def count(self, held: Held, person: MemberId) -> int:
        """How many rows name the person there."""
        counted = select(func.count()).select_from(_table(held)).where(_names(held, person))
        return self._session.scalars(counted).one()

    def erase(self, held: Held, person: MemberId) -> None:
        """End them as the entry says; may be repeated."""
        table = _table(held)
        if held.ending is Ending.KEPT:
            return
        if held.ending is Ending.ROW:
            self._session.execute(delete(table).where(_names(held, person)))
        elif "." in held.column:
            self._empty_field(table, held, person)
        else:
            self._session.execute(update(table).where(_names(held, person)).values({held.column: NOBODY}))

    def people(self, held: Held) -> set[MemberId]:
        """Everybody whom a column names by workspace and user; nobody for other spellings."""
        if held.spelling is not Spelling.MEMBER:
            return set()
        found = self._session.scalars(select(_column(_table(held), held.column)).distinct())
        return {MemberId(each) for each in found if each}

    def forget(self, table: str, column: str, before: date) -> int:
        """Erase the rows whose time or day is earlier; returns how many."""
        named = Base.metadata.tables[table]
        gone = self._session.execute(delete(named).where(named.c[column] < before))
        return cast("CursorResult[Any]", gone).rowcount

    def _empty_field(self, table: Table, held: Held, person: MemberId) -> None:
        """JSON is read, changed and written back: the databases have no common way to change a part of it."""
        column, field = held.column.split(".")
        key = table.primary_key.columns[0]
        for name, data in self._session.execute(select(key, table.c[column]).where(_names(held, person))).all():
            self._session.execute(update(table).where(key == name).values({column: {**data, field: NOBODY}}))


def _table(held: Held) -> Table:
    return Base.metadata.tables[held.table]


def _column(table: Table, name: str) -> ColumnElement[Any]:
    column, _, field = name.partition(".")
    found = table.c[column]
    return cast("ColumnElement[Any]", found[field].as_string()) if field else found


def _names(held: Held, person: MemberId) -> ColumnElement[bool]:
    column = _column(_table(held), held.column)
    match held.spelling:
        case Spelling.USER:
            return column == person.partition(":")[2]
        case Spelling.HASHED:
            # As whoever greets writes them, of the person and of what is near the person; and as wishes do.
            hashes = (hashlib.sha256(text.encode()).hexdigest() for text in (person, f"near {person}"))
            return column.in_([*hashes, mark_of(person)])
        case Spelling.INSIDE:
            return sql_cast(column, Text).contains(person, autoescape=True)
        case _:
            return column == person


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
