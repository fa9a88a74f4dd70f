"""Looking at a database without changing it, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from knowledge.errors import NewerDatabaseError, StoreError
from knowledge.store import open_store
from knowledge.store.engine import open_engine
from knowledge.store.looking import BEHIND, GOOD, NOT_YET, look_at


def test_a_database_in_use_is_good_and_stays_as_it_is(store_url: str) -> None:
    """Reached, migrated and writable; nothing is left behind."""
    store = open_store(store_url)
    assert look_at(store_url) == GOOD
    with store.reading() as work:
        assert work.leases.named("check") == []
    store.dispose()


def test_an_empty_database_is_not_migrated_by_looking(store_url: str) -> None:
    """Whoever only checks does not change a schema under a bot that runs."""
    engine = open_engine(store_url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert look_at(store_url) == BEHIND
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_newer_database_is_refused(store_url: str) -> None:
    """The sentence says what to install."""
    open_store(store_url).dispose()
    engine = open_engine(store_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'f00000000000'"))
    engine.dispose()
    with pytest.raises(NewerDatabaseError, match="install the newer Solmu"):
        look_at(store_url)


def test_no_file_is_made(tmp_path: Path) -> None:
    """Before the first start there is no database, and after looking there is none."""
    assert look_at(f"sqlite:///{tmp_path}/solmu.sqlite") == NOT_YET
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_away_is_told() -> None:
    """With where it was looked for, and without the password."""
    with pytest.raises(StoreError, match=r"127\.0\.0\.1/name cannot be used") as told:
        look_at("postgresql://user:secret-word@127.0.0.1:1/name")
    assert "secret-word" not in str(told.value)
