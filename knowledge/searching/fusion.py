"""One score from many: the log-odds that a passage answers, by how its words and its vectors fit the question."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.learned import learned
from knowledge.model import Language
from knowledge.ports import SENTENCE_COLUMNS, Candidates

FEATURES = ("lift", *(f"sentence_{column}" for column in SENTENCE_COLUMNS), "lemma", "gram")
"""The lifts of the passage's vector and of its sentences', and words as shares of their ideal."""


def fuse(candidates: Candidates, question: Language) -> NDArray[np.float32]:
    """The fused score of every candidate, comparable across languages within one question; shape (candidates,).

    Within a language words tell most; across languages only names, numbers and loanwords are shared, so that a model of
    its own weighs the same features there.
    """
    described = features(candidates)
    cases = language_pairs(candidates, question)
    fused = np.zeros(len(described), dtype=np.float32)
    for case, model in learned("fusion").items():
        fused[cases == case] = model.log_odds(described[cases == case])
    return fused


def language_pair(question: Language, passage: Language) -> str:
    """Which of two models applies: `same`, also where a language is not known, or `other`."""
    return "same" if question is passage or Language.UNKNOWN in {question, passage} else "other"


def language_pairs(candidates: Candidates, question: Language) -> NDArray[np.str_]:
    """The pair of the question with every candidate; shape (candidates,)."""
    return np.array([language_pair(question, language) for language in candidates.languages], dtype=np.str_)


def features(candidates: Candidates) -> NDArray[np.float64]:
    """What the models look at, in the order of FEATURES; shape (candidates, features)."""
    words = (candidates.lemma / candidates.lemma_ideal, candidates.gram / candidates.gram_ideal)
    return np.column_stack([candidates.lift, candidates.sentences, *words]).astype(np.float64)
