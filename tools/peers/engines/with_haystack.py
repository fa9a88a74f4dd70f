"""Haystack as its tutorial on hybrid retrieval has it, without the re-ranking model, which none of the others has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from haystack import Document, Pipeline, component
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy

from tools.peers.embedders import LoadedModel, PeerEmbedder
from tools.peers.workload import Passage

CANDIDATES = 50
"""What each retriever brings up before they are joined."""


@component
class _TextEmbedder:
    def __init__(self, inner: PeerEmbedder) -> None:
        self._inner = inner

    @component.output_types(embedding=list[float])
    def run(self, text: str) -> dict[str, list[float]]:
        return {"embedding": [float(value) for value in self._inner.question(text)]}


@component
class _DocumentEmbedder:
    def __init__(self, inner: PeerEmbedder) -> None:
        self._inner = inner

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        vectors = self._inner.passages([str(document.content) for document in documents]).tolist()
        for document, vector in zip(documents, vectors, strict=True):
            document.embedding = vector
        return {"documents": documents}


class Haystack:
    """Its in-memory store, saved as JSON."""

    def __init__(self, folder: Path, language: str) -> None:
        del language  # Its BM25 knows none.
        folder.mkdir(parents=True, exist_ok=True)
        self._path = str(folder / "store.json")

    def load_model(self, workload: Path) -> PeerEmbedder:
        """By sentence-transformers."""
        return LoadedModel(workload)

    def build(self, passages: Sequence[Passage], embedder: PeerEmbedder) -> None:
        """The indexing pipeline, then to disk."""
        self._connect(InMemoryDocumentStore(), embedder)
        self._index(passages)

    def open(self, embedder: PeerEmbedder | None) -> None:
        """The store from disk, the pipelines anew."""
        if embedder is None:
            message = "Haystack is given its model from outside"
            raise ValueError(message)
        self._connect(InMemoryDocumentStore.load_from_disk(self._path), embedder)

    def replace(self, passage: Passage) -> None:
        """Overwrite by id, then to disk."""
        self._index([passage])

    def search(self, text: str, count: int) -> list[str]:
        """Joined by reciprocal ranks."""
        result = self._asking.run({"embedder": {"text": text}, "words": {"query": text}})
        return [str(document.id) for document in result["joiner"]["documents"][:count]]

    def _index(self, passages: Sequence[Passage]) -> None:
        documents = [Document(id=passage.id, content=passage.indexed) for passage in passages]
        self._writing.run({"embedder": {"documents": documents}})
        self._store.save_to_disk(self._path)

    def _connect(self, store: Any, embedder: PeerEmbedder) -> None:
        self._store = store
        self._writing = Pipeline()
        self._writing.add_component("embedder", _DocumentEmbedder(embedder))
        self._writing.add_component("writer", DocumentWriter(store, policy=DuplicatePolicy.OVERWRITE))
        self._writing.connect("embedder", "writer")
        self._asking = Pipeline()
        self._asking.add_component("embedder", _TextEmbedder(embedder))
        self._asking.add_component("meaning", InMemoryEmbeddingRetriever(store, top_k=CANDIDATES))
        self._asking.add_component("words", InMemoryBM25Retriever(store, top_k=CANDIDATES))
        self._asking.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=CANDIDATES))
        self._asking.connect("embedder.embedding", "meaning.query_embedding")
        self._asking.connect("meaning", "joiner")
        self._asking.connect("words", "joiner")
