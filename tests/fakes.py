"""Small stand-ins for what tests cannot afford: a clock that is set, and an embedding model without weights."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Language, ModelIdentity
from knowledge.ports import Vectors

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
COMMON = 1.5
"""Length of the direction that all texts share: unrelated texts come to about .7, as with real models."""


class SetClock:
    """A `knowledge.ports.Clock` that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time that was set."""
        return self.now

    def advance(self, **by: float) -> datetime:
        """Move on by a `timedelta`; returns the new time."""
        self.now += timedelta(**by)
        return self.now


class SmallEmbedder:
    """A `knowledge.ports.Embedder` of hashed words and character trigrams: shared letters bring texts together."""

    def __init__(self, dimension: int = 32, revision: str = "1") -> None:
        self._identity = ModelIdentity("small", revision, dimension)
        self.embedded: list[str] = []
        """Every passage that was embedded, in order: what shows that nothing is embedded twice."""

    @property
    def identity(self) -> ModelIdentity:
        """Name, revision and dimension."""
        return self._identity

    @property
    def language_means(self) -> Mapping[Language, NDArray[np.float32]]:
        """It knows no languages."""
        return {}

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension)."""
        self.embedded.extend(texts)
        if not texts:
            return np.zeros((0, self._identity.dimension), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one text, shape (dimension,)."""
        own = np.zeros(self._identity.dimension)
        for word in text.casefold().split():
            bounded = f"^{word}$"
            for feature in (bounded, *(bounded[at : at + 3] for at in range(len(bounded) - 2))):
                digest = zlib.crc32(feature.encode())
                own[1 + digest % (self._identity.dimension - 1)] += 1 if digest & 0x80000000 else -1
        length = float(np.linalg.norm(own))
        whole = own / length if length else own
        whole[0] = COMMON
        return np.asarray(whole / np.linalg.norm(whole), dtype=np.float32)
