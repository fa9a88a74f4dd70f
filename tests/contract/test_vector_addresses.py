"""Servers of vectors that cannot be used: each told in one sentence that names no address."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from knowledge.adapters.milvus_server import MilvusServer
from knowledge.adapters.pgvector_server import PgVectorServer
from knowledge.errors import SolmuError, VectorsError
from knowledge.model import ModelIdentity
from knowledge.settings import Settings, load_settings
from knowledge.wiring import open_shelf, utc_now
from tests.conftest import PostgreSQL
from tests.vector_servers import ManyServers

MODEL = ModelIdentity("small", "1", 4)
NOBODY = "127.0.0.1:1"


@pytest.fixture
def count() -> Iterator[Callable[[str], int]]:
    """How many vectors a database has."""
    servers = []

    def count_vectors(url: str) -> int:
        servers.append(PgVectorServer(url))
        return servers[-1].table(MODEL).count()

    yield count_vectors
    for server in servers:
        server.close()


def test_pgvector_wants_postgresql(tmp_path: Path) -> None:
    """With SQLite the sentence says which setting to change."""
    with pytest.raises(VectorsError, match=r"needs a PostgreSQL database; set SOLMU_DATABASE_URL to one\.$"):
        open_shelf(Settings(data_dir=tmp_path, vectors="pgvector"), utc_now)


def test_milvus_wants_an_address(tmp_path: Path) -> None:
    """Without one the sentence says which setting is missing."""
    with pytest.raises(VectorsError, match=r"needs the server's address; set SOLMU_VECTORS_URL\.$"):
        open_shelf(Settings(data_dir=tmp_path, vectors="milvus"), utc_now)


@pytest.mark.parametrize("address", [f"http://{NOBODY}", "nonsense://somewhere", "no address at all"])
def test_where_no_milvus_answers(address: str) -> None:
    """A wrong address, in form or in fact, is told of by the settings' names and not shown."""
    with pytest.raises(VectorsError, match=r"SOLMU_VECTORS_URL and SOLMU_VECTORS_TOKEN are right") as caught:
        MilvusServer(address, "a-secret")
    assert address not in str(caught.value)
    assert "a-secret" not in str(caught.value)


def test_where_no_postgresql_answers(count: Callable[[str], int]) -> None:
    """The sentence shows neither address nor password."""
    with pytest.raises(VectorsError, match=r"^PostgreSQL cannot be asked for vectors \(OperationalError\)") as caught:
        count(f"postgresql://somebody:a-secret@{NOBODY}/solmu")
    assert NOBODY not in str(caught.value)
    assert "a-secret" not in str(caught.value)


def test_without_the_extension_the_sentence_says_what_to_ask_for(
    count: Callable[[str], int], postgresql: PostgreSQL
) -> None:
    """Who may not create it is told what an administrator has to run."""
    url = postgresql.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE plain LOGIN")
    with pytest.raises(VectorsError, match=r"have an administrator run CREATE EXTENSION vector there"):
        count(f"{url}&options=-crole%3Dplain")


def test_a_model_without_vectors_says_what_to_run(count: Callable[[str], int], postgresql: PostgreSQL) -> None:
    """A database that no index was filled into is no empty index."""
    with pytest.raises(VectorsError, match=r"no vectors of this model; run `python -m indexer vectors fill`\.$"):
        count(postgresql.new_database())


def test_a_milvus_without_vectors_says_so(milvus: ManyServers, tmp_path: Path) -> None:
    """The same where there is no collection."""
    with pytest.raises(VectorsError, match=r"^Milvus has no vectors of this model; run `python -m indexer vectors"):
        milvus.server(tmp_path).table(MODEL).count()


def test_another_home_of_vectors_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt one stops the program, and the token is never shown."""
    assert "a-secret" not in repr(Settings(vectors_token="a-secret", vectors_url="https://a-secret.example.org"))
    monkeypatch.setenv("SOLMU_VECTORS", "pinecone")
    with pytest.raises(SolmuError, match=r"^SOLMU_VECTORS cannot be used: .*'faiss', 'pgvector' or 'milvus'"):
        load_settings()


def test_who_keeps_vectors_in_files_pays_for_no_client(tmp_path: Path) -> None:
    """A process with FAISS imports neither client, nor what comes with them."""
    code = (
        "import sys, pathlib; from knowledge.settings import Settings; from knowledge.wiring import open_shelf, utc_now"
        "; open_shelf(Settings(data_dir=pathlib.Path(sys.argv[1])), utc_now)"
        "; sys.exit(', '.join({'pymilvus', 'pgvector', 'grpc'} & set(sys.modules)) or None)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=60)
