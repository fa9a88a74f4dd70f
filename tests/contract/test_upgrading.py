"""Upgrading without a stop: a new process migrates while the old one works, and several may start at once."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from knowledge.store import Store, open_store
from knowledge.store.engine import open_engine
from knowledge.store.migrate import SCRIPTS
from tests.builders import question

MIGRATIONS = sorted((SCRIPTS / "versions").glob("*.py"))
TAKES_AWAY = {"drop_table", "drop_column", "drop_constraint", "drop_index", "alter_column", "rename_table"}
CONTRACTING = {
    "0010_administration": "An index becomes one for each kind of run; no release came before 0.1.0.",
    "0012_longer_source_ids": "Columns only become wider: the release before reads and writes them as it did.",
}
"""Migrations that take something away or alter it, each with why the release before goes on working."""


def _calls(migration: Path) -> Iterator[ast.Call]:
    tree = ast.parse(migration.read_text(encoding="utf-8"))
    upgrades = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name != "downgrade"]
    for function in upgrades:
        yield from (node for node in ast.walk(function) if isinstance(node, ast.Call))


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_only_adds(migration: Path) -> None:
    """The release before goes on working on what the new one has migrated: nothing that it uses is taken away."""
    for call in _calls(migration):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        assert name not in TAKES_AWAY or migration.stem in CONTRACTING, f"{migration.name} calls {name}"


def test_the_migrations_are_one_chain() -> None:
    """Whoever starts knows which one comes next."""
    assert len(ScriptDirectory(str(SCRIPTS)).get_heads()) == 1


@pytest.mark.parametrize("starting", [4])
def test_of_several_that_start_at_once_one_migrates(store_url: str, starting: int) -> None:
    """The others wait, and find a database that is ready."""
    together = threading.Barrier(starting)

    def start() -> int:
        together.wait()
        store = open_store(store_url)
        with store.reading() as work:
            revision = work.revision()
        store.dispose()
        return revision

    with ThreadPoolExecutor(starting) as pool:
        assert list(pool.map(lambda _: start(), range(starting))) == [0] * starting


def test_the_old_process_works_while_the_new_one_migrates(store: Store, store_url: str) -> None:
    """It reads at once; what it writes may wait until the migration is over. A new column does not hurt it."""
    engine = open_engine(store_url)

    def write() -> None:
        with store() as work:
            work.questions.add(question("while"))
            work.commit()

    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as migrating:
            migrating.execute(text("CREATE TABLE newer (id INTEGER PRIMARY KEY)"))
            migrating.execute(text("ALTER TABLE questions ADD COLUMN newer TEXT"))
            written = pool.submit(write)
            with store.reading() as work:
                assert work.revision() == 0
        written.result(timeout=30)
    with store.reading() as work:
        assert work.questions.count() == 1
    engine.dispose()
