"""What the database holds of persons, by the register, on SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Connection, Engine, RowMapping, Table, inspect, select

from knowledge.adapters.erasure_ledger import FileLedger, hashed
from knowledge.model import Exclusion, IntroductionId, MemberId
from knowledge.model.personal import Ending, Held, Spelling
from knowledge.model.wishes import mark_of
from knowledge.personal.erasing import Erasing
from knowledge.personal.register import IMPERSONAL, REGISTER, SUBJECTS
from knowledge.personal.retention import Retention, Terms
from knowledge.personal.telling import PersonalData
from knowledge.store import Store, open_store
from knowledge.store.engine import open_engine
from knowledge.store.tables import Base, UtcDateTime
from tests.builders import member
from tests.fakes import SetClock

ME, OTHER = MemberId("T1:UME0001"), MemberId("T1:UOTHER1")
ERASED = [held for held in REGISTER if held.ending is not Ending.KEPT]
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """The migrated database itself, beside its repositories."""
    open_store(store_url).dispose()
    engine = open_engine(store_url)
    yield engine
    engine.dispose()


def test_every_table_is_registered_once(engine: Engine) -> None:
    """A new table is either told to hold persons' data or told not to; what is told is there."""
    tables = set(inspect(engine).get_table_names()) - {"alembic_version"}
    personal = {held.table for held in REGISTER}
    assert tables == personal | IMPERSONAL.keys()
    assert personal & IMPERSONAL.keys() == set()


def test_every_column_that_looks_like_a_persons_is_registered() -> None:
    """A column called as persons are called, in a table that is registered, is registered itself."""
    names = {
        "asker",
        "person",
        "member",
        "author",
        "owner",
        "by",
        "to",
        "contact",
        "requested_by",
        "released_by",
        "who",
    }
    registered = {(held.table, held.column) for held in REGISTER}
    known_others = {("use_cases", "contact")}
    found = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in names
    }
    assert found - registered - known_others == set()


def test_shown_columns_exist() -> None:
    """What the register says is shown can be read."""
    for held in REGISTER:
        columns = Base.metadata.tables[held.table].columns.keys()
        assert {name.partition(".")[0] for name in (*held.shown, held.column)} <= set(columns), held


def test_a_persons_rows_are_counted_shown_and_erased(store: Store, engine: Engine) -> None:
    """Of two rows that differ in whom they name, the person's goes or is emptied; the other stays as it was."""
    for held in ERASED:
        with engine.begin() as connection:
            _fill(connection, held, ME)
            other = _fill(connection, held, OTHER)
        with store() as work:
            assert work.personal.count(held, ME) == 1, held
            assert len(work.personal.rows(held, ME)) == (1 if held.shown else 0)
            assert work.personal.people(held) == ({ME, OTHER} if held.spelling is Spelling.MEMBER else set())
            work.personal.erase(held, ME)
            work.personal.erase(held, ME)
            work.commit()
        with engine.begin() as connection:
            table = Base.metadata.tables[held.table]
            rows = connection.execute(select(table)).mappings().all()
            assert other in rows
            assert len(rows) == (2 if held.ending is Ending.NAME else 1), held
            assert not any("UME0001" in str(value) for row in rows for value in row.values()), held
            for each in reversed(Base.metadata.sorted_tables):
                connection.execute(each.delete())


def test_a_person_is_erased_whole(store: Store, engine: Engine, tmp_path: Path, clock: SetClock) -> None:
    """After the erasure no value of any table holds the person's id; the other person's summary is what it was."""
    with engine.begin() as connection:
        for held in ERASED:
            _fill(connection, held, ME)
            _fill(connection, held, OTHER)
    data, erasing = PersonalData(store, clock), Erasing(store, FileLedger(tmp_path / "erasures.jsonl"), clock)
    before = data.summary(OTHER)
    assert set(data.summary(ME)) == set(SUBJECTS)
    assert json.loads(data.export(ME))["data"]["questions"]["questions"][0]["asked_at"] == NOW.isoformat()
    erasing.erase(ME)
    assert data.summary(ME) == {}
    assert json.loads(data.export(ME))["data"] == {}
    assert data.summary(OTHER) == before
    with engine.connect() as connection:
        for table in Base.metadata.tables.values():
            assert "UME0001" not in str(connection.execute(select(table)).all()), table.name


def test_what_is_kept_says_why() -> None:
    """Only the audit log, and hashes that protect others, outlive an erasure; the register tells the reason."""
    kept = [held for held in REGISTER if held.ending is Ending.KEPT]
    assert {held.table for held in kept} == {"audit", "blind_exclusions", "rests"}
    assert all(held.why for held in kept)
    assert all(held.spelling is Spelling.HASHED and not held.shown for held in kept if held.table != "audit")


def test_who_is_meant_by_a_hash_is_found(store: Store, engine: Engine) -> None:
    """A wish without a name and a rest are counted for whom they mean, and shown to whoever they are of, without it."""
    marks = [held for held in REGISTER if held.column == "mark"]
    for held in marks:
        with engine.begin() as connection:
            _row(connection, Base.metadata.tables[held.table], {"mark": mark_of(ME)})
    with store() as work:
        assert [(work.personal.count(held, ME), work.personal.count(held, OTHER)) for held in marks] == [(1, 0)] * 2
        work.members.put(member("UOTHER1"))
        work.members.exclude(Exclusion.suggested(OTHER, ME, IntroductionId("i1"), NOW.date()))
        work.commit()
    told = PersonalData(store, lambda: NOW).export(OTHER).decode()
    assert json.loads(told)["data"]["introductions"]["blind_exclusions"] == [
        {"for_all": False, "on_behalf_of": "", "until": "9999-12-31", "suggested_on": "2026-11-26"}
    ]
    assert mark_of(ME) not in told


def test_whoever_a_backup_brings_back_is_known(store: Store, engine: Engine, tmp_path: Path, clock: SetClock) -> None:
    """Those erased after the backup are found in the restored database; those erased before it, and others, are not."""
    erasing = Erasing(store, FileLedger(tmp_path / "erasures.jsonl"), clock)
    with engine.begin() as connection:
        for person in (ME, OTHER):
            _fill(connection, REGISTER[0], person)
    backed_up_at = clock()
    assert erasing.erased_since(backed_up_at, hashed) == []
    erasing.note(ME)
    assert erasing.erased_since(backed_up_at, hashed) == [ME]
    assert erasing.erased_since(backed_up_at + timedelta(seconds=1), hashed) == []
    assert "UME0001" not in (tmp_path / "erasures.jsonl").read_text()


def test_what_is_old_is_forgotten(store: Store, engine: Engine) -> None:
    """With the clock past a term the row goes; a moment before the term it is still there."""
    terms = {
        "questions": 20,
        "inquiry_replies": 20,
        "inquiries": 20,
        "answer_ratings": 10,
        "feedback": 10,
        "sign_ups": 30,
    }
    retention = Terms(timedelta(days=20), timedelta(days=10), timedelta(days=30))
    held = {each.table: each for each in REGISTER if each.table in terms}
    for table, days in terms.items():
        with engine.begin() as connection:
            _fill(connection, held[table], ME)
        Retention(store, lambda days=days: NOW + timedelta(days=days), retention).forget_old()  # type: ignore[misc]
        assert _count(store, held[table]) == 1, table
        late = NOW + timedelta(days=days, seconds=1)
        assert Retention(store, lambda late=late: late, retention).forget_old() >= 1  # type: ignore[misc]
        assert _count(store, held[table]) == 0, table


def _count(store: Store, held: Held) -> int:
    with store.reading() as work:
        return work.personal.count(held, ME)


_numbers = itertools.count(1)


def _fill(connection: Connection, held: Held, person: MemberId) -> RowMapping:
    """A row that names the person as the register says, with whatever it needs around it."""
    column, _, field = held.column.partition(".")
    named: object = {
        Spelling.MEMBER: person,
        Spelling.USER: person.partition(":")[2],
        Spelling.HASHED: hashlib.sha256(person.encode()).hexdigest(),
        Spelling.INSIDE: {"about": f"of {person} and others"},
    }[held.spelling]
    return _row(connection, Base.metadata.tables[held.table], {column: {field: named} if field else named})


def _row(connection: Connection, table: Table, given: dict[str, object]) -> RowMapping:
    """A row of the table with these values; what others it points to is made first."""
    values = dict(given)
    for column in table.columns:
        keys = [key.column for key in column.foreign_keys]
        if keys and column.name not in values:
            values[column.name] = _row(connection, keys[0].table, {})[keys[0].name]
        elif keys and not _is_there(connection, keys[0], values[column.name]):
            _row(connection, keys[0].table, {keys[0].name: values[column.name]})
        elif column.name not in values:
            values[column.name] = _value(column)
    return connection.execute(table.insert().values(values).returning(*table.columns)).mappings().one()


def _is_there(connection: Connection, key: Column[Any], value: object) -> bool:
    return connection.execute(select(key).where(key == value)).first() is not None


def _value(column: Column[Any]) -> object:
    """Something of the column's type that no other row has."""
    number = next(_numbers)
    kind = column.type.python_type if not isinstance(column.type, UtcDateTime | JSON) else type(column.type)
    made: dict[type, object] = {
        UtcDateTime: NOW,
        JSON: {},
        str: f"v{number}",
        int: number,
        float: 0.5,
        bool: False,
        bytes: b"0",
        date: NOW.date(),
    }
    return made[kind]
