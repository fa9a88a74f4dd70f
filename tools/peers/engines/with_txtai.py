"""txtai as its documentation recommends for search by words and meaning: `hybrid`, with the content stored."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from txtai import Embeddings

from tools.peers.embedders import LoadedModel, PeerEmbedder
from tools.peers.workload import Passage

QUERY, DATA = "query: ", "passage: "
"""txtai names the model's prompts in its own configuration; here they tell questions from passages."""
# The function below is named in the saved index; txtai looks it up only where that is allowed.
os.environ["ALLOW_RESOLVE_TRANSFORM"] = "True"
_embedder: list[PeerEmbedder] = []


def transform(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of texts that carry a prompt, by the embedder in use."""
    embedder = _embedder[0]
    if texts[0].startswith(QUERY):
        return np.stack([embedder.question(text.removeprefix(QUERY)) for text in texts])
    return embedder.passages([text.removeprefix(DATA) for text in texts])


class Txtai:
    """SQLite, FAISS and BM25, all of them txtai's."""

    def __init__(self, folder: Path, language: str) -> None:
        del language  # Its tokeniser knows none.
        self._path = str(folder / "index")
        self._embeddings = Embeddings()

    def load_model(self, workload: Path) -> PeerEmbedder:
        """By sentence-transformers."""
        return LoadedModel(workload)

    def build(self, passages: Sequence[Passage], embedder: PeerEmbedder) -> None:
        """Index and save."""
        _embedder[:] = [embedder]
        self._embeddings = Embeddings(
            method="external",
            transform=f"{transform.__module__}.transform",
            instructions={"query": QUERY, "data": DATA},
            hybrid=True,
            content=True,
        )
        self._embeddings.index([(passage.id, passage.indexed, None) for passage in passages])
        self._embeddings.save(self._path)

    def open(self, embedder: PeerEmbedder | None) -> None:
        """Load."""
        _embedder[:] = [embedder] if embedder else []
        self._embeddings.load(self._path)

    def replace(self, passage: Passage) -> None:
        """Upsert and save."""
        self._embeddings.upsert([(passage.id, passage.indexed, None)])
        self._embeddings.save(self._path)

    def search(self, text: str, count: int) -> list[str]:
        """Both indexes at equal weight."""
        return [str(hit["id"]) for hit in self._embeddings.search(text, count)]
