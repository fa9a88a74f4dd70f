"""Vectors for texts and their sentences that have none yet, kept in SQL so that nothing is embedded twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import EmbeddedTexts
from knowledge.model import TextHash
from knowledge.ports import Embedder, UnitOfWorkFactory, Vectors

CHUNK = 32
"""Passages embedded between two commits: what a SIGKILL can cost."""


def embed_missing(
    texts: Mapping[TextHash, EmbeddedTexts],
    uow: UnitOfWorkFactory,
    embedder: Embedder,
    embedded: Callable[[int], None],
) -> int:
    """Embed and store what the store lacks; returns how many passages that were, told in steps to `embedded`."""
    with uow.reading() as work:
        whole = work.vectors.missing(texts.keys(), embedder.identity)
        parted = work.vectors.missing_sentences(texts.keys(), embedder.identity)
    # Texts of like length share a batch, so that none is padded to the longest.
    ordered = sorted(whole | parted, key=lambda key: (len(texts[key].passage), key))
    for start in range(0, len(ordered), CHUNK):
        chunk = ordered[start : start + CHUNK]
        made = _embed(
            embedder,
            [texts[key].passage for key in chunk if key in whole],
            [text for key in chunk if key in parted for text in texts[key].sentences],
        )
        with uow() as work:
            vectors = {key: made[texts[key].passage] for key in chunk if key in whole}
            work.vectors.put(vectors, embedder.identity)
            sentences = {
                key: _stacked([made[text] for text in texts[key].sentences], embedder.identity.dimension)
                for key in chunk
                if key in parted
            }
            work.vectors.put_sentences(sentences, embedder.identity)
            work.commit()
        embedded(len(chunk))
    return len(ordered)


def _embed(embedder: Embedder, passages: Sequence[str], sentences: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The vector of each text; equal texts, such as headings and the heads of tables, are embedded once."""
    made: dict[str, NDArray[np.float32]] = {}
    # Each kind by itself: in one batch the short ones would be padded to the long ones.
    for texts in (passages, sentences):
        new = [text for text in dict.fromkeys(texts) if text not in made]
        if new:
            made.update(zip(new, embedder.embed_passages(new), strict=True))
    return made


def _stacked(vectors: Sequence[NDArray[np.float32]], dimension: int) -> Vectors:
    return np.stack(vectors) if vectors else np.zeros((0, dimension), dtype=np.float32)
