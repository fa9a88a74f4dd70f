"""Vectors for texts that have none yet, kept in SQL chunk by chunk so that nothing is embedded twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge.model import TextHash
from knowledge.ports import Embedder, UnitOfWorkFactory

CHUNK = 32
"""Texts embedded between two commits: what a SIGKILL can cost."""


def embed_missing(
    texts: Mapping[TextHash, str], uow: UnitOfWorkFactory, embedder: Embedder, embedded: Callable[[int], None]
) -> int:
    """Embed and store what the store lacks; returns how many were embedded, told in steps to `embedded`."""
    with uow.reading() as work:
        missing = work.vectors.missing(texts.keys(), embedder.identity)
    # Texts of like length share a batch, so that none is padded to the longest.
    ordered = sorted(missing, key=lambda key: (len(texts[key]), key))
    for start in range(0, len(ordered), CHUNK):
        chunk = ordered[start : start + CHUNK]
        vectors = embedder.embed_passages([texts[key] for key in chunk])
        with uow() as work:
            work.vectors.put(dict(zip(chunk, vectors, strict=True)), embedder.identity)
            work.commit()
        embedded(len(chunk))
    return len(ordered)
