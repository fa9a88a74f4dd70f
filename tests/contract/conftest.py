"""What the contract tests of the indexes share: a shelf on each kind of home for vectors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.ports import VectorKind
from tests.vector_servers import ManyServers, OpenShelf


@pytest.fixture(params=list(VectorKind), scope="module")
def open_shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenShelf]:
    """On each kind of home for vectors in turn."""
    servers = ManyServers(request.param, tmp_path_factory.mktemp("servers"), request)
    yield servers.shelf
    servers.close()
