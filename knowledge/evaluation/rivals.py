"""What matching is measured against: BM25 over lemmas, and the bare cosine of vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from knowledge.language.analysis import lemma_terms
from knowledge.model import Language

SATURATION, LENGTH = 1.2, 0.75
"""The usual k1 and b (Robertson and Zaragoza, 2009)."""
Texts = Sequence[tuple[str, Language]]


def bm25(asked: Texts, texts: Texts) -> NDArray[np.float64]:
    """BM25 of each text for each that is asked, every lemma of it once; shape (asked, texts)."""
    columns: dict[str, int] = {}
    there, wanted = _counts(texts, columns), _counts(asked, columns)
    there = sparse.csr_array((there.data, there.indices, there.indptr), shape=(len(texts), len(columns)))
    having = np.bincount(there.indices, minlength=len(columns))
    rarity = np.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
    length = np.asarray(there.sum(axis=1)).ravel()
    slack = SATURATION * (1 - LENGTH + LENGTH * length / length.mean())
    rows = np.repeat(np.arange(len(texts)), np.diff(there.indptr))
    there.data = there.data * (SATURATION + 1) / (there.data + slack[rows])
    found: NDArray[np.float64] = (wanted.sign() @ (there * rarity).tocsr().T).toarray()
    return found


def cosines(asked: NDArray[np.float32], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """The cosine of each vector with each that is asked, of unit length; shape (asked, vectors)."""
    return np.asarray(asked @ vectors.T, dtype=np.float64)


def _counts(texts: Texts, columns: dict[str, int]) -> sparse.csr_array:
    """How often each lemma stands in each text; lemmas that `columns` lacks are added to it."""
    counted = [Counter(lemma_terms(text, language)) for text, language in texts]
    numbers = [columns.setdefault(term, len(columns)) for counts in counted for term in counts]
    amounts = np.array([float(count) for counts in counted for count in counts.values()])
    return sparse.csr_array((amounts, numbers, np.cumsum([0, *map(len, counted)])), shape=(len(texts), len(columns)))
