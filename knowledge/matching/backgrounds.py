"""What the texts of a language have in common, taken out of their vectors so that languages can be compared.

Models put the texts of a language, and those of one field, beside each other. The embedding model knows its languages
by their means over parallel questions; the field shows in the ecosystem's own use cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Language
from knowledge.ports import Vectors

ENOUGH = 20
"""Texts of a language from which their own mean counts as much as that of all languages together."""


def background(
    means: Mapping[Language, NDArray[np.float32]], vectors: Vectors, languages: Sequence[Language]
) -> Mapping[Language, NDArray[np.float32]]:
    """The mean of each language: the model's own, moved to where the given texts lie; each of shape (dimension,).

    The fewer texts a language has, the more it is moved as all are.
    """
    spoken = np.array(languages, dtype=object)
    start = _start(means, vectors.shape[1])
    apart = vectors - np.array([start[language] for language in languages]).reshape(vectors.shape)
    field = apart.sum(axis=0) / (len(apart) + ENOUGH)
    moved = {}
    for language in Language:
        own = apart[spoken == language]
        moved[language] = (start[language] + (own.sum(axis=0) + ENOUGH * field) / (len(own) + ENOUGH)).astype(
            np.float32
        )
    return moved


def freed(vectors: Vectors, languages: Sequence[Language], means: Mapping[Language, NDArray[np.float32]]) -> Vectors:
    """The vectors without their language's mean, of unit length; one that is the mean itself becomes zero."""
    if not len(vectors):
        return vectors
    rest = vectors - np.stack([means[language] for language in languages])
    length = np.linalg.norm(rest, axis=1, keepdims=True)
    unit: Vectors = np.divide(rest, length, out=np.zeros_like(rest), where=length > 0).astype(np.float32)
    return unit


def _start(means: Mapping[Language, NDArray[np.float32]], dimension: int) -> Mapping[Language, NDArray[np.float32]]:
    """The model's means; for a language that it does not know, the mean of those."""
    every = np.mean(list(means.values()), axis=0) if means else np.zeros(dimension, dtype=np.float32)
    return {language: means.get(language, every) for language in Language}
