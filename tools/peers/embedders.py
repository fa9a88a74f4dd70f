"""The embedding model as every engine gets it: from the vectors made before, or by sentence-transformers itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tools.peers.workload import MODEL, VECTORS, read_vectors


class PeerEmbedder(Protocol):
    """Texts to vectors of unit length; `seconds` is the time spent in here so far."""

    seconds: float

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Of passages or of parts of them; of shape (len(texts), dimension)."""
        ...

    def question(self, text: str) -> NDArray[np.float32]:
        """Of shape (dimension,)."""
        ...


class KnownVectors:
    """Vectors that were made once for all engines: what an engine takes beyond embedding is then all that varies."""

    def __init__(self, folder: Path) -> None:
        self.seconds = 0.0
        self._passages = read_vectors(folder / VECTORS, "passages", "sentences")
        self._questions = read_vectors(folder / VECTORS, "questions")

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Raises KeyError for a text that nobody embedded: then an engine changed it."""
        started = time.perf_counter()
        vectors = np.stack([self._passages[text] for text in texts])
        self.seconds += time.perf_counter() - started
        return vectors

    def question(self, text: str) -> NDArray[np.float32]:
        """Raises as `passages`."""
        started = time.perf_counter()
        vector = self._questions[text]
        self.seconds += time.perf_counter() - started
        return vector


class LoadedModel:
    """The exported model in sentence-transformers' default engine, loaded here and now."""

    def __init__(self, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - its import is part of a cold start

        self.seconds = 0.0
        self._model = SentenceTransformer(str(folder / MODEL), device="cpu")

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """With the model's own prompt for documents."""
        started = time.perf_counter()
        vectors = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        self.seconds += time.perf_counter() - started
        return np.asarray(vectors)

    def question(self, text: str) -> NDArray[np.float32]:
        """With the model's own prompt for questions."""
        started = time.perf_counter()
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        self.seconds += time.perf_counter() - started
        return np.asarray(vector)
