"""Shelves whose vectors are in files, in a real PostgreSQL, or in Milvus's own local server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.adapters.generations import GenerationShelf
from knowledge.adapters.milvus_server import MilvusServer
from knowledge.adapters.pgvector_server import PgVectorServer
from knowledge.adapters.served_vectors import ServerHome
from knowledge.adapters.vector_files import FileHome
from knowledge.ports import Clock, VectorKind
from tests.conftest import PostgreSQL

OpenShelf = Callable[[Path, int, Clock], GenerationShelf]
"""Opens the shelf of a folder: how many generations it keeps, and its clock. Shelves of one folder share a server."""


class ManyServers:
    """A server of its own for each folder of generations, as each installation has one."""

    def __init__(self, kind: VectorKind, folder: Path, request: pytest.FixtureRequest) -> None:
        self._kind = kind
        self._folder = folder
        self._request = request
        self._servers: dict[Path, PgVectorServer | MilvusServer] = {}

    def shelf(self, folder: Path, keep: int, clock: Clock) -> GenerationShelf:
        """A shelf whose vectors are kept by a server of this kind."""
        if self._kind is VectorKind.FAISS:
            return GenerationShelf(folder, keep, clock, FileHome())
        if folder not in self._servers:
            self._servers[folder] = self._server()
        return GenerationShelf(folder, keep, clock, ServerHome(self._servers[folder]))

    def close(self) -> None:
        """Hang up everywhere."""
        for server in self._servers.values():
            server.close()

    def _server(self) -> PgVectorServer | MilvusServer:
        if self._kind is VectorKind.PGVECTOR:
            postgresql: PostgreSQL = self._request.getfixturevalue("postgresql")
            return PgVectorServer(postgresql.new_database())
        return MilvusServer(str(self._folder / f"milvus-{len(self._servers)}.db"), "")
