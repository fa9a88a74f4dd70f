"""Shelves whose vectors are in files, in a real PostgreSQL, or in Milvus's own local server."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from pymilvus import MilvusClient

from knowledge.adapters import pgvector_server
from knowledge.adapters.generations import GenerationShelf
from knowledge.adapters.milvus_server import MilvusServer
from knowledge.adapters.pgvector_server import PgVectorServer
from knowledge.adapters.served_vectors import ServerHome
from knowledge.adapters.vector_files import FileHome
from knowledge.ports import Clock, VectorKind

OpenShelf = Callable[[Path, int, Clock], GenerationShelf]
"""Opens the shelf of a folder: how many generations it keeps, and its clock. Shelves of one folder share a server."""


class ManyServers:
    """A database, or schema, of its own for each folder of generations, as each installation has one."""

    def __init__(self, kind: VectorKind, postgresql: str = "", milvus: Path = Path()) -> None:
        self._kind = kind
        self._postgresql = postgresql
        self._path = str(milvus)
        self._servers: dict[Path, PgVectorServer | MilvusServer] = {}
        self._patch = pytest.MonkeyPatch()
        # However few passages a test has, they are found by the graph, as many would be.
        self._patch.setattr(pgvector_server, "INDEXED_FROM", 1)

    def server(self, folder: Path) -> PgVectorServer | MilvusServer:
        """The server of a folder of generations."""
        if folder not in self._servers:
            name = f"of_{len(self._servers)}"
            self._servers[folder] = self._pgvector(name) if self._postgresql else self._milvus(name)
        return self._servers[folder]

    def shelf(self, folder: Path, keep: int, clock: Clock) -> GenerationShelf:
        """A shelf whose vectors are kept by a server of this kind."""
        home = FileHome() if self._kind is VectorKind.FAISS else ServerHome(self.server(folder))
        return GenerationShelf(folder, keep, clock, home)

    def release(self, folder: Path) -> None:
        """Have Milvus hold none of that folder's vectors ready, as after its restart."""
        name = f"of_{list(self._servers).index(folder)}"
        client = MilvusClient(self._path, db_name=name)
        for collection in client.list_collections():
            client.release_collection(collection)
        client.close()

    def close(self) -> None:
        """Hang up everywhere."""
        self._patch.undo()
        for server in self._servers.values():
            server.close()

    def _pgvector(self, name: str) -> PgVectorServer:
        with psycopg.connect(self._postgresql, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(name)))
        options = f"-csearch_path={name},public -cenable_seqscan=off"
        return PgVectorServer(f"{self._postgresql}&options={quote(options)}")

    def _milvus(self, name: str) -> MilvusServer:
        self._client.create_database(name)
        return MilvusServer(self._path, "", name)

    @cached_property
    def _client(self) -> MilvusClient:
        return MilvusClient(self._path)
