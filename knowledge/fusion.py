"""One score from three: cosine and two BM25 scores, standardised, and weighed by whether the languages agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Language
from knowledge.ports import Candidates


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each standardised score counts."""

    vector: float
    lemma: float
    gram: float


SAME_LANGUAGE = Weights(vector=0.34, lemma=0.22, gram=0.44)
OTHER_LANGUAGE = Weights(vector=0.80, lemma=0.05, gram=0.15)
"""Across languages only names, numbers and codes are shared: words that look alike mislead."""


def fuse(candidates: Candidates, question: Language) -> NDArray[np.float32]:
    """The fused score of every candidate, comparable within one question only; shape (candidates,).

    Scores are standardised over all candidates, then weighed by the pair of languages of question and passage.
    """
    parts = np.stack([_standardise(values) for values in (candidates.vector, candidates.lemma, candidates.gram)], 1)
    weights = np.array([_row(_weights(question, language)) for language in candidates.languages], dtype=np.float32)
    fused: NDArray[np.float32] = (parts * weights.reshape(-1, 3)).sum(axis=1).astype(np.float32)
    return fused


def _weights(question: Language, passage: Language) -> Weights:
    unsure = Language.UNKNOWN in {question, passage}
    return SAME_LANGUAGE if unsure or question is passage else OTHER_LANGUAGE


def _row(weights: Weights) -> tuple[float, float, float]:
    return (weights.vector, weights.lemma, weights.gram)


def _standardise(values: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = float(values.std()) if len(values) else 0.0
    centred: NDArray[np.float32] = values - values.mean() if len(values) else values
    return centred / np.float32(spread) if spread > 0 else np.zeros_like(values)
