"""An embedding model that embeds each text once, however often it is looked at while models are fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Language, ModelIdentity
from knowledge.ports import Embedder, Vectors


class RememberingEmbedder:
    """See `knowledge.ports.Embedder`."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._questions: dict[str, NDArray[np.float32]] = {}
        self._passages: dict[str, NDArray[np.float32]] = {}

    @property
    def identity(self) -> ModelIdentity:
        """Of the model itself."""
        return self._embedder.identity

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """As the model did the first time."""
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        self._passages.update(zip(new, self._embedder.embed_passages(new), strict=True))
        return np.stack([self._passages[text] for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """As the model did the first time."""
        if text not in self._questions:
            self._questions[text] = self._embedder.embed_query(text)
        return self._questions[text]

    @property
    def language_means(self) -> Mapping[Language, NDArray[np.float32]]:
        """Of the model itself."""
        return self._embedder.language_means
