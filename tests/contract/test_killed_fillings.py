"""A filling killed in the middle: what it stored stays, and the next one stores the rest."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.adapters import vector_filling
from knowledge.adapters.generations import GenerationShelf
from knowledge.adapters.pgvector_server import PgVectorServer
from knowledge.adapters.served_vectors import ServerHome
from knowledge.adapters.vector_homes import VectorTable
from knowledge.model import Audience, Language, ModelIdentity
from knowledge.ports import IndexRow, Query
from knowledge.wiring import utc_now
from tests.builders import publish, row
from tests.conftest import PostgreSQL

PASSAGES = 4000
MODEL = ModelIdentity("small", "1", 4)
FILLING = """
import pathlib, sys
from tests.contract.test_killed_fillings import fill

fill(pathlib.Path(sys.argv[1]), sys.argv[2])
"""


def rows() -> list[IndexRow]:
    """So many passages, of which each has its own vector."""
    vectors = np.random.default_rng(3).normal(size=(PASSAGES, MODEL.dimension)).astype(np.float32)
    return [row(number, "sana", vector, language=Language.UNKNOWN) for number, vector in enumerate(vectors, 1)]


def shelf(folder: Path, server: PgVectorServer) -> GenerationShelf:
    """A shelf whose vectors are there."""
    return GenerationShelf(folder / "index", 2, utc_now, ServerHome(server))


def fill(folder: Path, url: str) -> None:
    """Publish them all, in small steps."""
    vector_filling.PAGE = 20
    publish(shelf(folder, PgVectorServer(url)), rows(), MODEL)


@pytest.fixture
def server(postgresql: PostgreSQL) -> Iterator[tuple[str, PgVectorServer]]:
    """A database's address, and what keeps vectors there."""
    url = postgresql.new_database()
    made = PgVectorServer(url)
    yield url, made
    made.close()


def _wait_for(table: VectorTable, least: int) -> int:
    deadline = time.monotonic() + 60
    while (count := table.count()) < least:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    return count


def test_a_killed_filling_goes_on_where_it_stopped(
    server: tuple[str, PgVectorServer], tmp_path: Path, pytestconfig: pytest.Config, caplog: pytest.LogCaptureFixture
) -> None:
    """After SIGKILL nothing is current yet; filled again, only the rest is stored, and everything is found."""
    url, pgvector = server
    table = pgvector.table(MODEL)
    table.prepare()
    process = subprocess.Popen(
        [sys.executable, "-c", FILLING, str(tmp_path), url],
        cwd=pytestconfig.rootpath,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    _wait_for(table, 200)
    process.kill()
    process.wait(timeout=30)
    there = table.count()
    assert 200 <= there < PASSAGES
    again = shelf(tmp_path, pgvector)
    assert list(again.kept()) == []
    with caplog.at_level("INFO"):
        publish(again, rows(), MODEL)
    assert f"{PASSAGES} looked at, {PASSAGES - there} stored" in caplog.text
    assert table.count() == PASSAGES
    wanted = rows()[PASSAGES // 2]
    query = Query("muu", Language.UNKNOWN, wanted.vector / np.linalg.norm(wanted.vector))
    found = again.current().candidates(query, Audience.PUBLIC.readable, 20)
    best = found.ids[np.argmax(found.vector)]
    cosines = {each.id: float(each.vector @ query.vector) for each in rows()}
    assert best == max(cosines, key=lambda number: cosines[number])
