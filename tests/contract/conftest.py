"""What the contract tests of the indexes share: shelves on each kind of home for vectors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.ports import VectorKind
from tests.vector_servers import ManyServers, OpenShelf


@pytest.fixture(scope="session")
def faiss() -> ManyServers:
    """Files, which need no server."""
    return ManyServers(VectorKind.FAISS)


@pytest.fixture(scope="session")
def pgvector(request: pytest.FixtureRequest) -> Iterator[ManyServers]:
    """A real PostgreSQL with pgvector."""
    servers = ManyServers(VectorKind.PGVECTOR, postgresql=request.getfixturevalue("postgresql").new_database())
    yield servers
    servers.close()


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ManyServers]:
    """Milvus's own local server."""
    servers = ManyServers(VectorKind.MILVUS, milvus=tmp_path_factory.mktemp("milvus") / "milvus.db")
    yield servers
    servers.close()


@pytest.fixture(params=list(VectorKind), scope="session")
def open_shelf(request: pytest.FixtureRequest) -> OpenShelf:
    """On each kind of home for vectors in turn."""
    servers: ManyServers = request.getfixturevalue(request.param.value)
    return servers.shelf


@pytest.fixture(params=[VectorKind.PGVECTOR, VectorKind.MILVUS], scope="session")
def servers(request: pytest.FixtureRequest) -> ManyServers:
    """Each kind of server in turn."""
    made: ManyServers = request.getfixturevalue(request.param.value)
    return made
